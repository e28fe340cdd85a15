/** Key points on the wire: the places that the general chief inspects (R21). */
import { z } from 'zod';
import { crsName, id, idText, moment, point, sides } from '../http/shapes.ts';

export const keyPoint = z
  .object({
    id,
    external_id: z.string().nullable(),
    name: z.string(),
    road_id: id,
    road_name: z.string().nullable(),
    measure_m: z.number(),
    reach_m: z.number(),
    from_m: z.number(),
    to_m: z.number(),
    sides,
    valid_from: z.string(),
    valid_to: z.string().nullable(),
    geometry: point,
  })
  .meta({ id: 'KeyPoint' });
export type KeyPoint = z.infer<typeof keyPoint>;

export const keyPointList = z.object({ key_points: z.array(keyPoint) }).meta({ id: 'KeyPointList' });
export type KeyPointList = z.infer<typeof keyPointList>;
export const keyPointQuery = z.object({ at: moment.optional(), zone_id: idText.optional() });
export type KeyPointQuery = z.infer<typeof keyPointQuery>;

export const newKeyPoint = z
  .object({
    name: z.string().trim().min(1).max(200),
    external_id: z.string().min(1).max(200).nullable().default(null),
    position: z.tuple([z.number(), z.number()]),
    crs: crsName,
    reach_m: z.number().min(1).max(500).default(25).meta({
      description: 'How much of the road around it is meant, to both ways.',
    }),
  })
  .meta({ id: 'NewKeyPoint' });
export type NewKeyPoint = z.infer<typeof newKeyPoint>;
export const endKeyPoint = z.object({ at: moment.optional() }).meta({ id: 'EndKeyPoint' });
