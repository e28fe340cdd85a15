/**
 * The shapes that many answers share: positions, stretches, pages, problems. One place, so that `from_m` means the
 * same everywhere on the wire: metres along the road from its first point, two decimals (the database keeps centimetres).
 */
import { z } from 'zod';

export const roleKeys = [
  'general',
  'town_l1',
  'management_l1',
  'community_l2',
  'management_l2',
  'sanitation_l2',
] as const;
/** The six role slots of R13-R16. */
export const role = z
  .enum(roleKeys)
  .meta({ id: 'Role', description: 'One of the six role slots of a road (R13-R16).' });
export type Role = z.infer<typeof role>;

export const sides = z
  .enum(['left', 'right', 'both'])
  .meta({ id: 'Sides', description: 'Side(s) of the road, seen in its digitised direction.' });
export type Sides = z.infer<typeof sides>;

export const roadClass = z
  .enum(['main', 'secondary', 'branch', 'alley', 'service', 'path', 'other'])
  .meta({ id: 'RoadClass', description: 'Class of a road; a district maps its own words onto these.' });
export type RoadClass = z.infer<typeof roadClass>;

export const roadStatus = z
  .enum(['planned', 'built', 'handed_over'])
  .meta({ id: 'RoadStatus', description: 'Only handed-over roads are in scope (R5).' });

export const zoneLevel = z
  .enum(['district', 'town', 'community', 'grid', 'bureau'])
  .meta({ id: 'ZoneLevel', description: 'district > town > community > grid; bureau is the bureau-led area (R7).' });
export type ZoneLevel = z.infer<typeof zoneLevel>;

/** Metres along a road on the wire: never negative, at most two decimals (whole centimetres). */
export const measure = z
  .number()
  .min(0)
  .max(10_000_000)
  .refine((metres) => Math.abs(metres * 100 - Math.round(metres * 100)) < 1e-6, 'metres with at most two decimals')
  .meta({ description: 'Metres from the start of the road, whole centimetres.' });

export const id = z.number().int().positive();

/** An id in a path or a query, where everything arrives as text. */
export const idText = z.coerce.number('expected a whole number above 0').int().positive().max(Number.MAX_SAFE_INTEGER);

/** `2026-05-01` (the start of that day in the district's time zone) or a full ISO 8601 time with an offset. */
export const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], {
    error: 'expected a day such as 2026-05-01, or a time with its offset such as 2026-05-01T08:30:00+08:00',
  })
  .meta({ description: 'A day (its start in the district time zone) or an ISO 8601 time with an offset.' });

export const longitudeLatitude = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .meta({ id: 'Position', description: '[longitude, latitude] in WGS84.' });

export const crsName = z
  .string()
  .regex(/^(wgs84|cgcs2000|gcj02|bd09|EPSG:\d{4,6})$/i, 'wgs84, cgcs2000, gcj02, bd09 or EPSG:nnnn')
  .meta({ id: 'CrsName', description: 'Every position declares its coordinate system; nothing is guessed.' });

export const lineString = z
  .object({ type: z.literal('LineString'), coordinates: z.array(longitudeLatitude).min(2) })
  .meta({ id: 'LineString' });
export const multiPolygon = z
  .object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(longitudeLatitude))) })
  .meta({ id: 'MultiPolygon' });
export const point = z.object({ type: z.literal('Point'), coordinates: longitudeLatitude }).meta({ id: 'Point' });

/** `minx,miny,maxx,maxy` in WGS84. */
export const bbox = z
  .string()
  .transform((text, context) => {
    const numbers = text.split(',').map(Number);
    const [minx, miny, maxx, maxy] = numbers;
    const good =
      numbers.length === 4 &&
      numbers.every(Number.isFinite) &&
      minx! < maxx! &&
      miny! < maxy! &&
      minx! >= -180 &&
      maxx! <= 180 &&
      miny! >= -90 &&
      maxy! <= 90;
    if (!good) {
      context.addIssue({ code: 'custom', message: 'four numbers minx,miny,maxx,maxy in WGS84 degrees, min below max' });
      return z.NEVER;
    }
    return numbers as [number, number, number, number];
  })
  .meta({ description: 'minx,miny,maxx,maxy in WGS84 degrees.' });

export const cursor = z.string().max(200).meta({ description: 'The next_cursor of the page before.' });
export const limit = (standard: number, most: number) => z.coerce.number().int().min(1).max(most).default(standard);

export const chiefBrief = z
  .object({ id, name: z.string(), organisation: z.string().nullable(), phone: z.string().nullable() })
  .meta({ id: 'ChiefBrief' });

export const stretch = {
  road_id: id,
  from_m: measure,
  to_m: measure,
  sides,
};

/** @public In the OpenAPI document by its id. RFC 9457; `errors` names each faulty field; `hint` says what to do. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    hint: z.string().optional(),
    instance: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string(), came: z.unknown().optional() })).optional(),
  })
  .loose()
  .meta({ id: 'Problem', description: 'RFC 9457 problem document: what came, what was expected, what to do.' });
