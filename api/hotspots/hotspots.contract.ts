/** Where trouble recurs: a planar heat map, and counts of recurrence per segment. */
import { z } from 'zod';
import { id, lineString, roadClass, stretch } from '../http/shapes.ts';
import { issueFilters } from '../issues/issues.contract.ts';

export const heatQuery = z.object({
  ...issueFilters,
  cell_m: z.coerce.number().min(5).max(1000).default(25).meta({ description: 'Side of a cell in metres.' }),
});
export type HeatQuery = z.infer<typeof heatQuery>;
export const heat = z
  .object({
    cell_m: z.number(),
    issues: z.number().int(),
    busiest: z.number().int(),
    cells: z
      .array(z.tuple([z.number(), z.number(), z.number().int()]))
      .meta({ description: '[lon, lat, issues] of each cell that has any.' }),
  })
  .meta({ id: 'Heat' });
export type Heat = z.infer<typeof heat>;

export const hotspotQuery = z.object({
  ...issueFilters,
  min_issues: z.coerce.number().int().min(1).default(2),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});
export type HotspotQuery = z.infer<typeof hotspotQuery>;

export const hotspot = z
  .object({
    type: z.literal('Feature'),
    geometry: lineString,
    properties: z.object({
      ...stretch,
      road_name: z.string().nullable(),
      class: roadClass,
      length_m: z.number(),
      community: z.object({ id, name: z.string() }).nullable(),
      issues: z.number().int(),
      open: z.number().int(),
      relapses: z
        .number()
        .int()
        .meta({ description: 'Issues that follow a closed one of the same category within 30 days and 50 m of road.' }),
      per_100_m: z.number(),
      top_code: z.string(),
      top_category_zh: z.string(),
      top_category_en: z.string(),
      last_reported_at: z.string(),
    }),
  })
  .meta({ id: 'Hotspot' });
export type Hotspot = z.infer<typeof hotspot>;
export const hotspotList = z
  .object({ type: z.literal('FeatureCollection'), features: z.array(hotspot), off_road: z.number().int() })
  .meta({ id: 'HotspotList' });
export type HotspotList = z.infer<typeof hotspotList>;
