/** Imports on the wire: what came in, what was taken, what was not and why. */
import { z } from 'zod';
import { crsName, id } from '../http/shapes.ts';

export const importKind = z.enum(['roads', 'zones', 'chiefs', 'assignments', 'issues']).meta({ id: 'ImportKind' });
export type ImportKind = z.infer<typeof importKind>;

export const importQuery = z.object({
  kind: importKind,
  name: z.string().min(1).max(255).meta({ description: 'The file name, for the format and the report.' }),
  crs: crsName.optional(),
  encoding: z.enum(['utf-8', 'gbk']).optional(),
  layer: z.string().max(200).optional(),
  columns: z.string().max(2000).optional().meta({
    description: 'Which column is what: name=道路名称,class=等级. What is not given is guessed and reported.',
  }),
  level: z.string().max(20).optional().meta({ description: 'For zones without a level column.' }),
  status: z
    .string()
    .max(20)
    .optional()
    .meta({ description: 'For roads without a status column; default handed_over.' }),
});
export type ImportQuery = z.infer<typeof importQuery>;

export const importReport = z
  .object({
    id: id.nullable(),
    kind: importKind,
    file: z.string(),
    format: z.string(),
    crs: z.string(),
    encoding: z.string().nullable(),
    columns: z.record(z.string(), z.string()),
    notes: z.array(z.string()),
    rows: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int(),
    rejected: z.number().int(),
    rejections: z.array(z.object({ row: z.number().int(), reason: z.string() })).meta({
      description: 'Every rejected row, its number in the file and the reason (the first 1,000 on the wire).',
    }),
    needs_decision: z.array(z.string()).meta({ description: 'What could not be carried over to a redrawn road.' }),
    length_m: z.number().nullable(),
    seconds: z.number(),
    actor: z.string(),
    at: z.string(),
  })
  .meta({ id: 'ImportReport' });
export type ImportReport = z.infer<typeof importReport>;
export const importList = z.object({ imports: z.array(importReport) }).meta({ id: 'ImportList' });
