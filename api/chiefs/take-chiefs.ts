/** Taking chiefs in, many at once: by external id, or by name, role and organisation where a list has no ids. */
import type { Knex } from 'knex';
import { remember } from '../database/change-log.ts';
import type { Role } from '../http/shapes.ts';

export type ChiefDraft = {
  row: number;
  external_id: string | null;
  name: string;
  role: Role;
  organisation: string | null;
  phone: string | null;
  party_branch: string | null;
  party_member: boolean;
  zone_id: number | null;
};

export type TakenChiefs = {
  created: number;
  updated: number;
  unchanged: number;
  refused: { row: number; reason: string }[];
};

type Kept = Omit<ChiefDraft, 'row'> & { id: number; holds: boolean };

const columns = [
  'external_id',
  'name',
  'role',
  'organisation',
  'phone',
  'party_branch',
  'party_member',
  'zone_id',
] as const;

export async function takeChiefs(trx: Knex, change_id: number, drafts: ChiefDraft[]): Promise<TakenChiefs> {
  const kept = await trx('chiefs as c').select<Kept[]>(
    'c.id',
    ...columns.map((column) => `c.${column}`),
    trx.raw('exists (select from assignments a where a.chief_id = c.id) as holds'),
  );
  const byId = new Map(kept.flatMap((chief) => (chief.external_id === null ? [] : [[chief.external_id, chief]])));
  const byPerson = new Map(kept.map((chief) => [person(chief), chief]));
  const result: TakenChiefs = { created: 0, updated: 0, unchanged: 0, refused: [] };
  const added: ChiefDraft[] = [];
  const changed: (ChiefDraft & { id: number })[] = [];
  const seen = new Map<string, number>();
  for (const draft of drafts) {
    const key = draft.external_id === null ? person(draft) : `id ${draft.external_id}`;
    const before = seen.get(key);
    if (before !== undefined) {
      result.refused.push({ row: draft.row, reason: `the same chief stands in row ${before} already` });
      continue;
    }
    seen.set(key, draft.row);
    const known = draft.external_id === null ? byPerson.get(person(draft)) : byId.get(draft.external_id);
    if (!known) added.push(draft);
    // A list without ids does not take away the id that another list gave.
    else if (
      columns.every((column) => draft[column] === known[column] || (column === 'external_id' && draft[column] === null))
    ) {
      result.unchanged += 1;
    } else if (known.role !== draft.role && known.holds) {
      result.refused.push({
        row: draft.row,
        reason: `${known.name} (${draft.external_id}) is ${known.role} here and holds stretches as that; another role is another slot: give it an external_id of its own`,
      });
    } else changed.push({ ...draft, external_id: draft.external_id ?? known.external_id, id: known.id });
  }
  await remember(
    trx,
    change_id,
    'chiefs',
    changed.map(({ id }) => id),
  );
  await trx.raw(
    `update chiefs c set (${columns.join(', ')}, change_id) = (${columns.map((column) => `d.${column}`).join(', ')}, ?)
     from jsonb_populate_recordset(null::chiefs, ?::jsonb) d where d.id = c.id`,
    [change_id, JSON.stringify(changed)],
  );
  await trx.raw(
    `insert into chiefs (${columns.join(', ')}, change_id)
     select ${columns.join(', ')}, ? from jsonb_populate_recordset(null::chiefs, ?::jsonb)`,
    [change_id, JSON.stringify(added)],
  );
  return { ...result, created: added.length, updated: changed.length };
}

const person = ({ name, role, organisation }: Pick<ChiefDraft, 'name' | 'role' | 'organisation'>): string =>
  JSON.stringify([name, role, organisation]);
