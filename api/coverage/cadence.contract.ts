/** Cadence on the wire: which duties were due, kept and missed (R21-R42). */
import { z } from 'zod';
import { chiefBrief, cursor, idText, limit, lineString, moment, role, roadClass, stretch } from '../http/shapes.ts';
import { period, warning } from './coverage.contract.ts';

const filters = {
  role: role.optional(),
  duty: z.string().max(40).optional(),
  chief_id: idText.optional(),
  zone_id: idText.optional(),
  road_id: idText.optional(),
  known_at: moment.optional(),
};
const span = {
  from: moment.optional().meta({ description: 'Periods that end after it; default seven days before `to`.' }),
  to: moment.optional().meta({ description: 'Periods that end by then; default now.' }),
};

const cadenceTally = {
  due: z.number().int().meta({ description: 'Segments times periods.' }),
  met: z.number().int(),
  missed: z.number().int(),
  required_m: z.number(),
  walked_m: z.number(),
  kept_m: z.number().meta({ description: 'Metres of the segments and periods that were kept.' }),
  short_m: z.number().meta({ description: 'Metres not walked where the duty was missed.' }),
  kept_percent: z.number().nullable().meta({ description: 'kept_m of required_m, rounded down; null: nothing due.' }),
  late_m: z.number().meta({ description: 'Part of walked_m known only from uploads after the period was over.' }),
};

export const cadence = z
  .object({
    from: z.string(),
    to: z.string(),
    total: z.object(cadenceTally),
    groups: z.array(
      z.object({
        key: z.string(),
        name: z.string().nullable(),
        role: role.nullable(),
        period: period.nullable(),
        ...cadenceTally,
      }),
    ),
    warnings: z.array(warning),
  })
  .meta({ id: 'Cadence' });
export type Cadence = z.infer<typeof cadence>;
export const cadenceQuery = z.object({
  ...span,
  ...filters,
  group: z.enum(['none', 'town', 'community', 'chief', 'role', 'duty', 'period']).default('town'),
});
export type CadenceQuery = z.infer<typeof cadenceQuery>;

const cadenceSegment = z
  .object({
    type: z.literal('Feature'),
    geometry: lineString,
    properties: z.object({
      duty: z.string(),
      role,
      period,
      state: z.enum(['met', 'missed', 'due']).meta({ description: 'due: not met yet, and the period is running.' }),
      chief: chiefBrief.nullable(),
      road_name: z.string().nullable(),
      class: roadClass,
      ...stretch,
      length_m: z.number(),
      required_m: z.number(),
      walked_m: z.number(),
      short_m: z.number(),
    }),
  })
  .meta({ id: 'CadenceSegment' });
export type CadenceSegment = z.infer<typeof cadenceSegment>;
export const cadenceSegments = z
  .object({
    type: z.literal('FeatureCollection'),
    features: z.array(cadenceSegment),
    count: z.number().int(),
    short_m: z.number(),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'CadenceSegments' });
export type CadenceSegments = z.infer<typeof cadenceSegments>;
export const cadenceSegmentsQuery = z.object({
  ...span,
  ...filters,
  state: z.enum(['met', 'missed', 'due']).optional(),
  cursor: cursor.optional(),
  limit: limit(200, 1000),
});
export type CadenceSegmentsQuery = z.infer<typeof cadenceSegmentsQuery>;

export const due = z
  .object({
    chief: chiefBrief.extend({ role }),
    at: z.string(),
    duties: z.array(
      z.object({ duty: z.string(), period, required_m: z.number(), walked_m: z.number(), short_m: z.number() }),
    ),
    features: z.array(cadenceSegment).meta({ description: 'What is left to walk, street by street.' }),
    warnings: z.array(warning),
  })
  .meta({ id: 'StillDue' });
export type StillDue = z.infer<typeof due>;
export const dueQuery = z.object({ chief_id: idText, at: moment.optional() });
export type DueQuery = z.infer<typeof dueQuery>;
