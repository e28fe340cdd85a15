/** What opened, closed and stayed missing between two dates, by set algebra on the gaps of both. */
import type { Knex } from 'knex';
import { sqlText } from '../database/sql-file.ts';
import type { Role } from '../http/shapes.ts';
import { metres, roadMetres, stretchOnWire } from '../http/units.ts';
import { Problem } from '../problems.ts';
import { askedRoads, askedTime, type Bindings } from './asked.ts';
import type { ChangesQuery, CoverageChanges, GapKind } from './coverage.contract.ts';
import { ensureStandingOf } from './gaps.queries.ts';

const changesFile = sqlText(new URL('./changes.sql', import.meta.url));

type Change = 'opened' | 'closed' | 'still';
type Row = {
  change: Change;
  kind: GapKind;
  fault: string | null;
  role: Role | null;
  duty: string | null;
  road_id: number | null;
  span: string | null;
  sides: string | null;
  change_count: number;
  change_weight: number;
  road_name: string | null;
  fault_length_cm: number | null;
  geometry: CoverageChanges['features'][number]['geometry'];
};

/**
 * Each date is judged by its own holders, rules and last periods.
 * @throws Problem `invalid` when the first date is not before the second; `not_found` for an unknown zone.
 */
export async function changesBetween(db: Knex, query: ChangesQuery): Promise<CoverageChanges> {
  await ensureStandingOf(db, query.kind);
  const from = await askedTime(db, { at: query.from });
  const to = await askedTime(db, {
    ...(query.to !== undefined && { at: query.to }),
    ...(query.known_at !== undefined && { known_at: query.known_at }),
  });
  if (from.moment >= to.moment) {
    throw new Problem('invalid', `${query.from} is not before ${query.to ?? 'now'}.`, {
      hint: 'Name the earlier date as from.',
      errors: [{ path: 'from', message: 'before to', came: query.from }],
    });
  }
  const place = await askedRoads(db, query, 'a');
  const text = changesFile.replaceAll(':roads:', place.roads).replaceAll(':in_zone:', place.inZone);
  const { rows } = await db.raw<{ rows: Row[] }>(text, {
    ...place.bindings,
    from: from.moment,
    to: to.moment,
    kept: to.kept,
    known: to.known,
    kinds: query.kind as unknown as Knex.RawBinding,
    role: query.role ?? null,
    class: query.class ?? null,
    zone: query.zone_id ?? null,
    limit: query.limit,
  } as Bindings);
  const tally = (change: Change): CoverageChanges['opened'] => {
    const first = rows.find((row) => row.change === change);
    return { count: first?.change_count ?? 0, length_m: roadMetres(first?.change_weight ?? 0) };
  };
  const [opened, closed, still] = [tally('opened'), tally('closed'), tally('still')];
  return {
    from: from.moment,
    to: to.moment,
    opened,
    closed,
    still,
    features: rows.map((row) => ({ type: 'Feature', geometry: row.geometry, properties: propertiesOf(row) })),
    truncated: rows.length < opened.count + closed.count + still.count,
  };
}

function propertiesOf(row: Row): CoverageChanges['features'][number]['properties'] {
  const { change, kind, fault, role, duty, road_id, road_name, span, sides } = row;
  const stretch = span !== null && sides !== null ? stretchOnWire({ span, sides }) : null;
  return {
    change,
    kind,
    fault,
    role,
    duty,
    road_id,
    road_name,
    from_m: stretch?.from_m ?? null,
    to_m: stretch?.to_m ?? null,
    sides: stretch?.sides ?? null,
    length_m: stretch?.length_m ?? metres(row.fault_length_cm ?? 0),
  };
}
