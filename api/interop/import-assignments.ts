/** Assignments from a register: road, from, to, side, role, chief, validity. */
import { takeAssignments, type AssignmentDraft } from '../assignments/take-assignments.ts';
import type { Role } from '../http/shapes.ts';
import { centimetres, metres } from '../http/units.ts';
import { refreshSegments } from '../segments/segments.ts';
import { moment, number, requiredText, RowRefused, text, word, type Cells } from './cells.ts';
import type { SourceRow } from './files/source-file.ts';
import type { ImportKind, ImportWork, Refusal } from './import-kind.ts';
import { roleWords, sidesWords } from './words.ts';

type Draft = Omit<AssignmentDraft, 'road_id' | 'chief_id' | 'role' | 'to_cm'> & {
  road: string;
  chief: string;
  /** null: that of the chief. */
  role: Role | null;
  /** null: to the end of the road. */
  to_cm: number | null;
};

export const importAssignments: ImportKind<Draft> = {
  touches: ['assignments'],
  read: (row, cells) => [readAssignment(row, cells)],
  async write(work, drafts) {
    const { resolved, refused } = await resolve(work, drafts);
    work.progress('writing assignments', 0, resolved.length);
    const { road_ids, ...taken } = await takeAssignments(work.trx, work.change_id, resolved);
    work.progress('deriving segments', 0, null);
    if (road_ids.length > 0) await refreshSegments(work.trx, road_ids);
    return { ...taken, refused: [...refused, ...taken.refused], notes: [], needs_decision: [], length_m: null };
  },
};

function readAssignment({ row }: SourceRow, cells: Cells): Draft {
  const from = number(cells, 'from_m', 0, 10_000_000);
  const to = number(cells, 'to_m', 0, 10_000_000);
  return {
    row,
    external_id: text(cells, 'external_id', 100),
    road: requiredText(cells, 'road_external_id'),
    chief: requiredText(cells, 'chief_external_id'),
    from_cm: centimetres(from ?? 0),
    to_cm: to === null ? null : centimetres(to),
    sides: word(cells, 'sides', sidesWords) ?? 'both',
    role: word(cells, 'role', roleWords),
    valid_from: moment(cells, 'valid_from'),
    valid_to: moment(cells, 'valid_to'),
  };
}

type Road = { id: number; external_id: string; name: string | null; length_cm: number };
type Chief = { id: number; external_id: string; name: string; role: Role };

async function resolve(
  { trx }: ImportWork,
  drafts: Draft[],
): Promise<{ resolved: AssignmentDraft[]; refused: Refusal[] }> {
  const roads = byExternalId(
    await trx('roads')
      // One array and not one binding each: PostgreSQL counts bindings with 16 bits.
      .whereRaw('external_id = any (?)', [[...new Set(drafts.map(({ road }) => road))]])
      .select<Road[]>('id', 'external_id', 'name', 'length_cm'),
  );
  const chiefs = byExternalId(
    await trx('chiefs')
      // One array and not one binding each: PostgreSQL counts bindings with 16 bits.
      .whereRaw('external_id = any (?)', [[...new Set(drafts.map(({ chief }) => chief))]])
      .select<Chief[]>('id', 'external_id', 'name', 'role'),
  );
  const resolved: AssignmentDraft[] = [];
  const refused: Refusal[] = [];
  for (const draft of drafts) {
    try {
      resolved.push(resolveOne(draft, roads, chiefs));
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      refused.push({ row: draft.row, reason: error.message });
    }
  }
  return { resolved, refused };
}

function resolveOne(draft: Draft, roads: Map<string, Road>, chiefs: Map<string, Chief>): AssignmentDraft {
  const road = roads.get(draft.road);
  if (!road) throw new RowRefused(`there is no road ${draft.road} here; import the roads first`);
  const chief = chiefs.get(draft.chief);
  if (!chief) throw new RowRefused(`there is no chief ${draft.chief} here; import the chiefs first`);
  if (draft.role && draft.role !== chief.role) {
    throw new RowRefused(`${chief.name} (${draft.chief}) is ${chief.role}, not ${draft.role}`);
  }
  const to_cm = draft.to_cm ?? road.length_cm;
  if (draft.from_cm >= to_cm || to_cm > road.length_cm) {
    throw new RowRefused(
      `${metres(draft.from_cm)}-${metres(to_cm)} m is no stretch of ${road.name ?? draft.road}, which is ${metres(road.length_cm)} m long`,
    );
  }
  const { road: _road, chief: _chief, ...rest } = draft;
  return { ...rest, road_id: road.id, chief_id: chief.id, role: chief.role, to_cm };
}

const byExternalId = <Row extends { external_id: string }>(rows: Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [row.external_id, row]));
