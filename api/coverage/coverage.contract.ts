/** Coverage on the wire: required = met + missing, exact to the centimetre, for every kind of blind spot (R8, R9). */
import { z } from 'zod';
import {
  bbox,
  chiefBrief,
  cursor,
  id,
  idText,
  limit,
  lineString,
  longitudeLatitude,
  measure,
  moment,
  multiPolygon,
  point,
  role,
  roadClass,
  sides,
  zoneLevel,
} from '../http/shapes.ts';

export const gapKinds = ['unheld', 'unwalked', 'unzoned', 'unregistered', 'inventory'] as const;
export const gapKind = z.enum(gapKinds).meta({
  id: 'GapKind',
  description:
    'unheld: a required role is empty. unwalked: a duty was not kept. unzoned: metres in no community, or zones with holes and overlaps. unregistered: people walk or report where no road is registered. inventory: faults of the register itself.',
});
export type GapKind = z.infer<typeof gapKind>;

/** Kinds whose metres add up: of the others nothing is required. */
export const talliedKinds = ['unheld', 'unwalked', 'unzoned'] as const;
export type TalliedKind = (typeof talliedKinds)[number];

export const warning = z
  .object({
    code: z.enum([
      'no_roads',
      'no_zones',
      'no_rules',
      'no_key_points',
      'nothing_required',
      'before_records',
      'not_over',
    ]),
    message: z.string(),
  })
  .meta({ id: 'CoverageWarning', description: 'Why a figure may mean less than it seems to.' });
export type CoverageWarning = z.infer<typeof warning>;

export const tally = {
  required_m: z.number(),
  met_m: z.number(),
  missing_m: z.number(),
  met_percent: z
    .number()
    .nullable()
    .meta({ description: 'Rounded down; null where nothing is required: nothing is not everything.' }),
  tolerated_m: z.number().meta({
    description: 'Part of met_m that was not walked, in segments of which enough was (unwalked only).',
  }),
};
export const roleTally = z.object({ role, ...tally }).meta({ id: 'RoleTally' });

export const period = z
  .object({ from: z.string(), to: z.string() })
  .meta({ id: 'Period', description: 'Half-open: from the first moment up to, not including, the last.' });

export const dutyTally = z
  .object({ duty: z.string(), role, per: z.enum(['day', 'week', 'month']), period, ...tally })
  .meta({ id: 'DutyTally', description: 'A duty, and the period that was looked at.' });

export const coverage = z
  .object({
    kind: z.enum(talliedKinds),
    at: z.string(),
    known_at: z.string().nullable(),
    road_m: z.number().meta({ description: 'Metres of road looked at, required or not.' }),
    total: z.object(tally).meta({ description: 'Summed over roles (and duties): role-metres.' }),
    roles: z.array(roleTally),
    duties: z.array(dutyTally).meta({ description: 'Of kind unwalked.' }),
    groups: z.array(
      z.object({
        kind: z.enum(['town', 'community', 'bureau', 'class', 'road', 'chief']),
        id: id.nullable().meta({ description: 'null: metres in no zone of this kind, or held by nobody.' }),
        name: z.string().nullable(),
        level: zoneLevel.nullable(),
        road_m: z.number(),
        ...tally,
        roles: z.array(roleTally),
      }),
    ),
    warnings: z.array(warning),
  })
  .meta({ id: 'Coverage', description: 'Metres of road; a side alone counts half.' });
export type Coverage = z.infer<typeof coverage>;

const when = {
  at: moment.optional(),
  known_at: moment.optional().meta({
    description: 'What was known then: later assignments, corrections and uploads are left out of account.',
  }),
  period: z.enum(['ended', 'running']).default('ended').meta({
    description: 'Of duties: the last day, week and month that was over, or the one that is running.',
  }),
};
const filters = {
  ...when,
  role: role.optional(),
  class: roadClass.optional(),
  zone_id: idText.optional(),
  road_id: idText.optional(),
};
export const coverageQuery = z.object({
  kind: z.enum(talliedKinds).default('unheld'),
  ...filters,
  group: z.enum(['none', 'town', 'community', 'bureau', 'class', 'road', 'chief']).default('town'),
});
export type CoverageQuery = z.infer<typeof coverageQuery>;

const zoneBrief = z.object({ id, name: z.string() });
const positions = z.array(longitudeLatitude);
/** A stretch is a LineString; what was found by looking at the whole inventory may be anything. */
const anyGeometry = z
  .discriminatedUnion('type', [
    lineString,
    point,
    z.object({ type: z.literal('MultiPoint'), coordinates: positions }),
    z.object({ type: z.literal('MultiLineString'), coordinates: z.array(positions) }),
    z.object({ type: z.literal('Polygon'), coordinates: z.array(positions) }),
    multiPolygon,
  ])
  .meta({ id: 'AnyGeometry' });

export const gapProperties = z
  .object({
    key: z.string().meta({ description: 'Tells gaps of one answer apart.' }),
    kind: gapKind,
    fault: z.string().nullable().meta({
      description:
        'What is wrong, of kinds unzoned (no_community, hole, overlap, outside_parent), unregistered (walked, reported, wandered) and inventory (unnamed, short, duplicate, disconnected, end_gap, crossing).',
    }),
    role: role.nullable(),
    duty: z.string().nullable(),
    period: period.nullable(),
    road_id: id.nullable(),
    road_name: z.string().nullable(),
    class: roadClass.nullable(),
    from_m: measure.nullable(),
    to_m: measure.nullable(),
    sides: sides.nullable(),
    length_m: z.number(),
    area_m2: z.number().nullable(),
    town: zoneBrief.nullable(),
    community: zoneBrief.nullable(),
    bureau_led: z.boolean(),
    since: z.string().nullable().meta({
      description:
        'unheld: when the last holder of any of its metres ended; unwalked: when any of its metres was last walked in that role; null: never. Else when it came to be.',
    }),
    last_holder: z.string().nullable(),
    who_acts: z
      .object({ kind: z.enum(['chief', 'town', 'bureau', 'district']), id: id.nullable(), name: z.string().nullable() })
      .meta({ description: 'Whose it is to mend.' }),
    chief: chiefBrief.nullable().meta({ description: 'Who holds it, of kind unwalked.' }),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'GapProperties' });
export const gap = z
  .object({ type: z.literal('Feature'), geometry: anyGeometry, properties: gapProperties })
  .meta({ id: 'Gap' });
export type Gap = z.infer<typeof gap>;

export const gapList = z
  .object({
    type: z.literal('FeatureCollection'),
    features: z.array(gap),
    count: z.number().int(),
    missing_m: z.number(),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'GapList' });
export type GapList = z.infer<typeof gapList>;

const kindList = z
  .string()
  .default('unheld')
  .transform((text, context) => {
    const kinds = [...new Set(text.split(',').map((word) => word.trim()))];
    const unknown = kinds.find((word) => !(gapKinds as readonly string[]).includes(word));
    if (unknown === undefined) return kinds as GapKind[];
    context.addIssue({ code: 'custom', message: `kinds with commas, of ${gapKinds.join(', ')}` });
    return z.NEVER;
  })
  .meta({ description: `Kinds with commas, of ${gapKinds.join(', ')}.` });

export const gapFilters = {
  kind: kindList,
  ...filters,
  duty: z.string().max(40).optional(),
  fault: z.string().max(40).optional(),
  bbox: bbox.optional(),
  min_length_m: z.coerce.number().min(0).max(10_000_000).default(0),
  older_than_days: z.coerce.number().int().min(0).max(36_500).optional().meta({
    description: 'Only gaps that have been there so many days, or always.',
  }),
};
export const gapQuery = z.object({ ...gapFilters, cursor: cursor.optional(), limit: limit(100, 1000) });
export type GapQuery = z.infer<typeof gapQuery>;

export const gapExportQuery = z.object({
  ...gapFilters,
  format: z.enum(['csv', 'xlsx', 'geojson']),
  language: z.enum(['zh', 'en']).default('zh'),
});
export type GapExportQuery = z.infer<typeof gapExportQuery>;

export const changesQuery = z.object({
  kind: kindList,
  from: moment,
  to: moment.optional(),
  role: role.optional(),
  class: roadClass.optional(),
  zone_id: idText.optional(),
  known_at: moment.optional(),
  limit: limit(200, 1000),
});
export type ChangesQuery = z.infer<typeof changesQuery>;

const changeTally = z.object({ count: z.number().int(), length_m: z.number() });
export const coverageChanges = z
  .object({
    from: z.string(),
    to: z.string(),
    opened: changeTally,
    closed: changeTally,
    still: changeTally.meta({ description: 'Missing at both dates: what got older.' }),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        geometry: anyGeometry,
        properties: z.object({
          change: z.enum(['opened', 'closed', 'still']),
          kind: gapKind,
          fault: z.string().nullable(),
          role: role.nullable(),
          duty: z.string().nullable(),
          road_id: id.nullable(),
          road_name: z.string().nullable(),
          from_m: measure.nullable(),
          to_m: measure.nullable(),
          sides: sides.nullable(),
          length_m: z.number(),
        }),
      }),
    ),
    truncated: z.boolean().meta({ description: 'There are more than were asked for; the tallies count all.' }),
  })
  .meta({ id: 'CoverageChanges', description: 'What opened, what closed and what stayed between two dates.' });
export type CoverageChanges = z.infer<typeof coverageChanges>;
