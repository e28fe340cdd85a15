/** Chiefs from a list: name, role and what belongs to them. */
import type { Knex } from 'knex';
import { takeChiefs, type ChiefDraft } from '../chiefs/take-chiefs.ts';
import { boolean, requiredText, RowRefused, text, word, type Cells } from './cells.ts';
import type { SourceRow } from './files/source-file.ts';
import type { ImportKind } from './import-kind.ts';
import { roleWords } from './words.ts';

type Draft = Omit<ChiefDraft, 'zone_id'> & { zone_code: string | null };

export const importChiefs: ImportKind<Draft> = {
  touches: ['chiefs'],
  read: (row, cells) => [readChief(row, cells)],
  async write({ trx, change_id }, drafts) {
    const zones = await zoneIds(trx, drafts);
    const unknown = drafts.filter(({ zone_code }) => zone_code !== null && !zones.has(zone_code));
    const chiefs = drafts.map(({ zone_code, ...draft }) => ({
      ...draft,
      zone_id: zone_code === null ? null : (zones.get(zone_code) ?? null),
    }));
    const taken = await takeChiefs(trx, change_id, chiefs);
    const notes =
      unknown.length === 0
        ? []
        : [
            `${unknown.length} chiefs name a zone that is not here (first: ${unknown[0]!.zone_code} in row ${unknown[0]!.row}) and were taken without one; import the zones and then this file again.`,
          ];
    return { ...taken, notes, needs_decision: [], length_m: null };
  },
};

function readChief({ row }: SourceRow, cells: Cells): Draft {
  const role = word(cells, 'role', roleWords);
  if (!role) throw new RowRefused('role is empty');
  return {
    row,
    external_id: text(cells, 'external_id', 100),
    name: requiredText(cells, 'name'),
    role,
    organisation: text(cells, 'organisation'),
    phone: text(cells, 'phone', 40),
    party_branch: text(cells, 'party_branch'),
    party_member: boolean(cells, 'party_member'),
    zone_code: text(cells, 'zone_code', 60),
  };
}

async function zoneIds(trx: Knex, drafts: Draft[]): Promise<Map<string, number>> {
  const codes = [...new Set(drafts.flatMap(({ zone_code }) => zone_code ?? []))];
  const rows = await trx('zones')
    .whereRaw('code = any (?)', [codes])
    .select<{ code: string; id: number }[]>('code', 'id');
  return new Map(rows.map(({ code, id }) => [code, id]));
}
