/** Segments on the wire: maximal stretches on which zone, community and all six holders are constant. */
import { z } from 'zod';
import {
  bbox,
  chiefBrief,
  cursor,
  id,
  idText,
  limit,
  lineString,
  moment,
  role,
  roadClass,
  stretch,
} from '../http/shapes.ts';

const zoneBrief = z.object({ id, name: z.string() }).meta({ id: 'ZoneBrief' });

export const segmentProperties = z
  .object({
    ...stretch,
    road_name: z.string().nullable(),
    class: roadClass,
    length_m: z.number(),
    town: zoneBrief.nullable(),
    community: zoneBrief.nullable(),
    bureau_led: z.boolean(),
    holders: z.record(role, chiefBrief.nullable()),
    missing: z.array(role).meta({ description: 'Required roles without a holder.' }),
  })
  .meta({ id: 'SegmentProperties' });

export const segment = z
  .object({ type: z.literal('Feature'), geometry: lineString, properties: segmentProperties })
  .meta({ id: 'Segment' });
export type Segment = z.infer<typeof segment>;

export const segmentList = z
  .object({ type: z.literal('FeatureCollection'), features: z.array(segment), next_cursor: z.string().nullable() })
  .meta({ id: 'SegmentList' });
export type SegmentList = z.infer<typeof segmentList>;

export const segmentQuery = z.object({
  road_id: idText.optional(),
  chief_id: idText.optional(),
  zone_id: idText.optional(),
  bbox: bbox.optional(),
  at: moment.optional(),
  cursor: cursor.optional(),
  limit: limit(500, 5000),
});
export type SegmentQuery = z.infer<typeof segmentQuery>;
