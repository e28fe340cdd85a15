/** What the client needs to know before it draws anything. */
import { z } from 'zod';
import { role, roadClass } from './http/shapes.ts';

export const settings = z
  .object({
    district: z.object({
      key: z.string(),
      name: z.string(),
      name_en: z.string().nullable(),
      srid: z.number().int(),
      time_zone: z.string(),
      bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
      demo: z.boolean(),
    }),
    operator: z.string(),
    roles: z.array(role),
    rules: z.array(z.object({ class: roadClass, role, required: z.boolean() })),
    base_map: z
      .object({
        kind: z.enum(['xyz', 'tianditu']),
        urls: z.array(z.string()),
        attribution: z.string(),
        crs: z.enum(['wgs84', 'gcj02']),
      })
      .nullable(),
    version: z.string(),
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof settings>;
