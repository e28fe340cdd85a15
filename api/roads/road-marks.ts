/**
 * By what it is noticed which roads have changed since the network was made, without triggers and without trusting that
 * every write leaves its number: `xmin`, the transaction that wrote a row, is new for every version of the row. (A change_id
 * is given when a change begins; of two changes at the same time the lower one may be committed later.)
 * A road counts as changed also where it got or lost a node: a new street that ends on it does not touch its row.
 * The marks of 92,667 roads and their nodes take 2.6 MB here and 0.2 s in the database.
 */
import type { Knex } from 'knex';

/** Pairs in the order of road ids. */
export type RoadMarks = {
  /** Id and xmin of each road. */
  rows: Uint32Array;
  /** Road id and measure of each node, along the road. */
  nodes: Uint32Array;
};

export async function readMarks(db: Knex): Promise<RoadMarks> {
  const { rows } = await db.raw<{ rows: { rows: Buffer | null; nodes: Buffer | null }[] }>(
    `select
       (select string_agg(int4send(id) || xidsend(xmin), ''::bytea order by id) from roads where status <> 'planned') as rows,
       (select string_agg(int4send(road_id) || int4send(at_cm), ''::bytea order by road_id, at_cm) from road_nodes) as nodes`,
  );
  return { rows: numbersIn(rows[0]!.rows), nodes: numbersIn(rows[0]!.nodes) };
}

/** PostgreSQL sends numbers with the highest byte first. */
function numbersIn(bytes: Buffer | null): Uint32Array {
  if (!bytes) return new Uint32Array();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Uint32Array(bytes.byteLength / 4);
  for (let i = 0; i < numbers.length; i++) numbers[i] = view.getUint32(4 * i);
  return numbers;
}

/** Ids of roads that are new, of another version or with other nodes, and of those that are gone. */
export function changesBetween(before: RoadMarks, after: RoadMarks): { changed: Set<number>; removed: number[] } {
  const ids = new Set(idsOf(after.rows));
  const changed = new Set([...differing(before.rows, after.rows), ...differing(before.nodes, after.nodes)]);
  for (const id of changed) if (!ids.has(id)) changed.delete(id);
  return { changed, removed: [...idsOf(before.rows)].filter((id) => !ids.has(id)) };
}

function* idsOf(pairs: Uint32Array): Generator<number> {
  for (let i = 0; i < pairs.length; i += 2) yield pairs[i]!;
}

/** Ids of which one list has a pair that the other has not. Both are in order. */
function differing(a: Uint32Array, b: Uint32Array): Set<number> {
  const ids = new Set<number>();
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const order = compare(a, i, b, j);
    if (order < 0) ids.add(a[i]!);
    if (order > 0) ids.add(b[j]!);
    if (order <= 0) i += 2;
    if (order >= 0) j += 2;
  }
  return ids;
}

function compare(a: Uint32Array, i: number, b: Uint32Array, j: number): number {
  if (i >= a.length) return 1;
  if (j >= b.length) return -1;
  return a[i]! - b[j]! || a[i + 1]! - b[j + 1]!;
}
