/** Zones on the wire: nested by level, with the bureau-led area (R7). */
import { z } from 'zod';
import { id, idText, multiPolygon, zoneLevel } from '../http/shapes.ts';

export const zoneProperties = z
  .object({
    code: z.string(),
    level: zoneLevel,
    name: z.string(),
    parent_id: id.nullable(),
    area_km2: z.number(),
    road_count: z.number().int().meta({ description: 'Roads with at least a metre in the zone, computed (R6).' }),
    road_m: z.number().meta({ description: 'Metres of road in the zone; a side alone counts half.' }),
  })
  .meta({ id: 'ZoneProperties' });

export const zone = z
  .object({ type: z.literal('Feature'), id, geometry: multiPolygon.nullable(), properties: zoneProperties })
  .meta({ id: 'Zone' });
export type Zone = z.infer<typeof zone>;

export const zoneList = z
  .object({ type: z.literal('FeatureCollection'), features: z.array(zone) })
  .meta({ id: 'ZoneList' });
export type ZoneList = z.infer<typeof zoneList>;

export const zoneQuery = z.object({
  level: zoneLevel.optional(),
  parent_id: idText.optional(),
  geometry: z.enum(['true', 'false']).default('true').meta({ description: 'false leaves the outlines out.' }),
});
export type ZoneQuery = z.infer<typeof zoneQuery>;

export const zoneFault = z
  .object({
    fault: z.enum(['overlap', 'hole', 'outside_parent']),
    zone_ids: z.array(id),
    names: z.array(z.string()),
    area_m2: z.number(),
  })
  .meta({ id: 'ZoneFault', description: 'Zones of one level must not overlap and must tile their parent.' });
export const zoneCheck = z.object({ faults: z.array(zoneFault) }).meta({ id: 'ZoneCheck' });
export type ZoneCheck = z.infer<typeof zoneCheck>;
