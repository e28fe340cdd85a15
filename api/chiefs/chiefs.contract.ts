/** Chiefs on the wire: people in the six role slots (R4, R13-R16). */
import { z } from 'zod';
import { cursor, id, idText, limit, role } from '../http/shapes.ts';

const text = z.string().trim().max(200);

export const chief = z
  .object({
    id,
    external_id: z.string().nullable(),
    name: z.string(),
    role,
    organisation: z.string().nullable(),
    phone: z.string().nullable(),
    party_branch: z.string().nullable(),
    party_member: z.boolean(),
    zone_id: id.nullable(),
    zone_name: z.string().nullable(),
    held_m: z.number().meta({ description: 'Metres of road held now; a side alone counts half.' }),
    held_roads: z.number().int(),
  })
  .meta({ id: 'Chief' });
export type Chief = z.infer<typeof chief>;

export const chiefList = z
  .object({ chiefs: z.array(chief), next_cursor: z.string().nullable() })
  .meta({ id: 'ChiefList' });
export type ChiefList = z.infer<typeof chiefList>;

export const chiefQuery = z.object({
  role: role.optional(),
  zone_id: idText.optional().meta({ description: 'Chiefs of this zone or of a zone inside it.' }),
  q: text.min(1).optional(),
  cursor: cursor.optional(),
  limit: limit(200, 1000),
});
export type ChiefQuery = z.infer<typeof chiefQuery>;

export const newChief = z
  .object({
    external_id: text.min(1).nullable().default(null),
    name: text.min(1),
    role,
    organisation: text.nullable().default(null),
    phone: z.string().trim().max(40).nullable().default(null),
    party_branch: text.nullable().default(null),
    party_member: z.boolean().default(false),
    zone_id: id.nullable().default(null),
  })
  .strict()
  .meta({ id: 'NewChief' });
export type NewChief = z.infer<typeof newChief>;

/** A chief keeps its role: another role is another slot, so another row. */
export const chiefChange = z
  .object({
    name: text.min(1),
    organisation: text.nullable(),
    phone: z.string().trim().max(40).nullable(),
    party_branch: text.nullable(),
    party_member: z.boolean(),
    zone_id: id.nullable(),
  })
  .partial()
  .strict()
  .meta({ id: 'ChiefChange' });
export type ChiefChange = z.infer<typeof chiefChange>;
