/** Coverage on the wire: required = held + gap, exact to the centimetre (R8, R9). */
import { z } from 'zod';
import {
  bbox,
  cursor,
  id,
  idText,
  limit,
  lineString,
  moment,
  role,
  roadClass,
  stretch,
  zoneLevel,
} from '../http/shapes.ts';

export const tally = {
  required_m: z.number(),
  held_m: z.number(),
  gap_m: z.number(),
  held_percent: z.number().nullable().meta({ description: 'null where nothing is required.' }),
};
export const roleTally = z.object({ role, ...tally }).meta({ id: 'RoleTally' });

export const coverage = z
  .object({
    at: z.string(),
    road_m: z.number().meta({ description: 'Metres of road looked at, required or not.' }),
    total: z.object(tally).meta({ description: 'Summed over the roles: role-metres.' }),
    roles: z.array(roleTally),
    groups: z.array(
      z.object({
        kind: z.enum(['town', 'community', 'bureau', 'class', 'road']),
        id: id.nullable().meta({ description: 'null: metres in no zone of this kind.' }),
        name: z.string().nullable(),
        level: zoneLevel.nullable(),
        road_m: z.number(),
        ...tally,
        roles: z.array(roleTally),
      }),
    ),
  })
  .meta({ id: 'Coverage', description: 'Metres of road; a side alone counts half.' });
export type Coverage = z.infer<typeof coverage>;

const filters = {
  at: moment.optional(),
  role: role.optional(),
  class: roadClass.optional(),
  zone_id: idText.optional(),
  road_id: idText.optional(),
};
export const coverageQuery = z.object({
  ...filters,
  group: z.enum(['none', 'town', 'community', 'bureau', 'class', 'road']).default('town'),
});
export type CoverageQuery = z.infer<typeof coverageQuery>;

export const gapProperties = z
  .object({
    kind: z.literal('unheld'),
    role,
    ...stretch,
    road_name: z.string().nullable(),
    class: roadClass,
    length_m: z.number(),
    town: z.object({ id, name: z.string() }).nullable().meta({ description: 'Whose it is to fix.' }),
    community: z.object({ id, name: z.string() }).nullable(),
    bureau_led: z.boolean(),
    since: z
      .string()
      .nullable()
      .meta({ description: 'When the last holder of any of its metres ended; null: never held.' }),
    last_holder: z.string().nullable(),
  })
  .meta({ id: 'GapProperties' });
export const gap = z
  .object({ type: z.literal('Feature'), geometry: lineString, properties: gapProperties })
  .meta({ id: 'Gap' });
export type Gap = z.infer<typeof gap>;
export const gapList = z
  .object({
    type: z.literal('FeatureCollection'),
    features: z.array(gap),
    count: z.number().int(),
    gap_m: z.number(),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'GapList' });
export type GapList = z.infer<typeof gapList>;

export const gapQuery = z.object({
  ...filters,
  bbox: bbox.optional(),
  min_length_m: z.coerce.number().min(0).default(0),
  cursor: cursor.optional(),
  limit: limit(100, 1000),
});
export type GapQuery = z.infer<typeof gapQuery>;
