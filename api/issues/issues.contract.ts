/** Snapping and issues on the wire. The verdict is honest: matched, ambiguous or no_road (R35, R44-R46). */
import { z } from 'zod';
import {
  bbox,
  crsName,
  cursor,
  id,
  idText,
  limit,
  longitudeLatitude,
  moment,
  point,
  roadClass,
} from '../http/shapes.ts';

export const surface = z.enum(['ground', 'facade', 'roof']).meta({ id: 'Surface', description: 'R44-R46.' });
export const categoryKind = z.enum(['part', 'matter']).meta({ id: 'CategoryKind', description: '部件 or 事项.' });
export const issueStatus = z
  .enum(['reported', 'filed', 'dispatched', 'resolved', 'closed', 'void'])
  .meta({ id: 'IssueStatus' });
export type IssueStatus = z.infer<typeof issueStatus>;

export const category = z
  .object({
    kind: categoryKind,
    code: z.string(),
    class_code: z.string(),
    class_name_zh: z.string(),
    class_name_en: z.string(),
    name_zh: z.string(),
    name_en: z.string(),
    surface,
  })
  .meta({ id: 'Category' });
export const categoryList = z.object({ categories: z.array(category) }).meta({ id: 'CategoryList' });
export type CategoryList = z.infer<typeof categoryList>;

/** What is known about where something is. The position is in the CRS it declares: degrees, or metres for a projected one. */
const observed = {
  position: z.tuple([z.number(), z.number()]).meta({ description: '[x, y] or [longitude, latitude] in `crs`.' }),
  crs: crsName,
  accuracy_m: z
    .number()
    .min(0.001)
    .max(5000)
    .optional()
    .meta({ description: '68 % radius, from a millimetre to 5 km; default 10.' }),
  zone_id: id
    .optional()
    .meta({ description: 'The zone that the report names, as its community; evidence, no filter.' }),
};

export const snapRequest = z
  .object({
    ...observed,
    heading_deg: z.number().min(0).lt(360).optional(),
    road_name: z.string().trim().max(100).optional(),
    text: z.string().trim().max(4000).optional().meta({ description: 'The report; street names in it are evidence.' }),
  })
  .strict()
  .meta({ id: 'SnapRequest' });
export type SnapRequest = z.infer<typeof snapRequest>;

export const candidate = z
  .object({
    road_id: id,
    road_name: z.string().nullable(),
    class: roadClass,
    measure_m: z.number(),
    side: z.enum(['left', 'right']),
    offset_m: z.number(),
    probability: z.number(),
    point: longitudeLatitude.meta({ description: 'The place on the road.' }),
    flags: z.array(z.enum(['corner', 'parallel', 'boundary', 'layer'])),
  })
  .meta({ id: 'Candidate' });
export type Candidate = z.infer<typeof candidate>;

export const verdict = z
  .enum(['matched', 'ambiguous', 'no_road'])
  .meta({ id: 'Verdict', description: 'ambiguous: the first two candidates cannot be told apart.' });

export const snapResult = z
  .object({
    verdict,
    position: longitudeLatitude,
    off_network_probability: z.number(),
    because: z.enum(['corner', 'parallel', 'layer', 'off_network']).nullable().meta({
      description: 'When ambiguous: why the first candidate cannot be told from the second, or from no road.',
    }),
    candidates: z.array(candidate),
    network_version: z.number().int(),
  })
  .meta({ id: 'SnapResult' });
export type SnapResult = z.infer<typeof snapResult>;

export const newIssue = z
  .object({
    external_id: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Made by the client: sending the same report twice is harmless.' }),
    ...observed,
    heading_deg: z.number().min(0).lt(360).optional(),
    kind: categoryKind,
    code: z.string().regex(/^\d{5}$/, 'five digits'),
    surface: surface.optional().meta({ description: 'Default: the surface of the category.' }),
    text: z.string().trim().max(4000).default(''),
    reported_at: z.iso
      .datetime({ offset: true, error: 'expected a time with its offset such as 2026-05-01T08:30:00+08:00' })
      .optional()
      .meta({ description: 'Default: now.' }),
    road_id: id.optional().meta({ description: 'The candidate a person chose; must be among the candidates.' }),
  })
  .strict()
  .meta({ id: 'NewIssue' });
export type NewIssue = z.infer<typeof newIssue>;

export const issueProperties = z
  .object({
    external_id: z.string().nullable(),
    kind: categoryKind,
    code: z.string(),
    category_zh: z.string(),
    category_en: z.string(),
    surface,
    text: z.string(),
    status: issueStatus,
    reported_at: z.string(),
    closed_at: z.string().nullable(),
    accuracy_m: z.number(),
    verdict: z.enum(['matched', 'ambiguous', 'no_road', 'chosen']),
    road_id: id.nullable(),
    road_name: z.string().nullable(),
    measure_m: z.number().nullable(),
    side: z.enum(['left', 'right']).nullable(),
    offset_m: z.number().nullable(),
    candidates: z.array(candidate),
    reported_by: z.string(),
  })
  .meta({ id: 'IssueProperties' });
export const issue = z
  .object({ type: z.literal('Feature'), id, geometry: point, properties: issueProperties })
  .meta({ id: 'Issue' });
export type Issue = z.infer<typeof issue>;
export const issueList = z
  .object({
    type: z.literal('FeatureCollection'),
    features: z.array(issue),
    count: z.number().int(),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'IssueList' });
export type IssueList = z.infer<typeof issueList>;

/** Filters shared by the list, the heat map, the hot spots and the tiles. */
export const issueFilters = {
  kind: categoryKind.optional(),
  code: z.string().max(400).optional().meta({ description: 'One code or several with commas.' }),
  surface: surface.optional(),
  status: z.string().max(100).optional().meta({ description: 'One status or several with commas.' }),
  from: moment.optional().meta({ description: 'Reported at or after.' }),
  to: moment.optional().meta({ description: 'Reported before.' }),
  zone_id: idText.optional(),
};
export const issueQuery = z.object({
  ...issueFilters,
  verdict: z.enum(['matched', 'ambiguous', 'no_road', 'chosen']).optional(),
  road_id: idText.optional(),
  bbox: bbox.optional(),
  cursor: cursor.optional(),
  limit: limit(100, 1000),
});
export type IssueQuery = z.infer<typeof issueQuery>;

export const issueChange = z
  .object({
    status: issueStatus,
    text: z.string().trim().max(4000),
    road_id: id.nullable().meta({ description: 'One of the candidates, chosen by a person; null: on no road.' }),
  })
  .partial()
  .strict()
  .meta({ id: 'IssueChange' });
export type IssueChange = z.infer<typeof issueChange>;
