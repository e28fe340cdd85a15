/** Roads on the wire. */
import { z } from 'zod';
import { bbox, cursor, id, idText, limit, lineString, roadClass, roadStatus } from '../http/shapes.ts';

export const roadProperties = z
  .object({
    external_id: z.string().nullable(),
    name: z.string().nullable(),
    other_names: z.array(z.string()),
    class: roadClass,
    status: roadStatus,
    layer: z.number().int(),
    oneway: z.boolean(),
    length_m: z.number(),
    geometry_version: z.number().int(),
  })
  .meta({ id: 'RoadProperties' });

export const road = z
  .object({ type: z.literal('Feature'), id, geometry: lineString, properties: roadProperties })
  .meta({ id: 'Road' });
export type Road = z.infer<typeof road>;

export const roadList = z
  .object({ type: z.literal('FeatureCollection'), features: z.array(road), next_cursor: z.string().nullable() })
  .meta({ id: 'RoadList' });
export type RoadList = z.infer<typeof roadList>;

export const roadQuery = z.object({
  bbox: bbox.optional(),
  q: z.string().trim().min(1).max(100).optional().meta({ description: 'Part of a name, or an external id.' }),
  class: roadClass.optional(),
  status: roadStatus.optional(),
  zone_id: idText.optional(),
  cursor: cursor.optional(),
  limit: limit(100, 1000),
});
export type RoadQuery = z.infer<typeof roadQuery>;
