/** Gaps of every kind, in pages, longest first. */
import type { Knex } from 'knex';
import { sqlText } from '../database/sql-file.ts';
import { readCursor, writeCursor } from '../http/paging.ts';
import type { RoadClass, Role } from '../http/shapes.ts';
import { metres, roadMetres, stretchOnWire } from '../http/units.ts';
import { chiefBriefs } from '../segments/segments.queries.ts';
import { askedRoads, askedTime, type AskedTime, type Bindings, type Sql } from './asked.ts';
import type { Gap, GapKind, GapList, GapQuery } from './coverage.contract.ts';
import { ensureStanding, type StandingKind } from './standing-faults.ts';

const gapsFile = sqlText(new URL('./gaps.sql', import.meta.url));

/** Which standing faults a kind of gap shows. */
const standingOf: Record<GapKind, StandingKind[]> = {
  unheld: [],
  unwalked: [],
  unzoned: ['zones'],
  unregistered: ['unregistered'],
  inventory: ['inventory'],
};

export type GapRow = {
  kind: GapKind;
  fault: string | null;
  role: Role | null;
  duty: string | null;
  period_from: Date | null;
  period_to: Date | null;
  road_id: number | null;
  span: string | null;
  sides: string | null;
  weight: number;
  key: string;
  bureau_led: boolean;
  gap_count: number;
  gap_weight: number;
  road_name: string | null;
  road_external_id: string | null;
  class: RoadClass | null;
  town_id: number | null;
  town_name: string | null;
  community_id: number | null;
  community_name: string | null;
  geometry: Gap['geometry'];
  since: Date | null;
  last_holder: string | null;
  chief_id: number | null;
  fault_length_cm: number | null;
  area_m2: number | null;
  other_road_id: number | null;
  zone_ids: number[] | null;
  details: Record<string, unknown> | null;
};

/** GeoJSON of a gap, WGS84. */
const asGeoJson =
  'st_asgeojson(st_transform(coalesce(f.geom, stretch_geom(r.geom, r.length_cm, p.span)), 4326), 7)::json';
/** By it a gap is the same one on the next page, and gaps of one length have an order. */
const keyOfGap = `coalesce(c.standing_key, concat_ws(':', c.kind, c.road_id, c.role, c.duty, coalesce(c.chief_id, 0),
  coalesce(c.town_id, 0), coalesce(c.community_id, 0), lower(c.span), lower(c.sides))) collate "C"`;
/** Rows of a cursor at once: some 0.5 MB. */
const BATCH = 1000;

/**
 * Maximal stretches on which something required is missing, and faults of the inventory.
 * @throws Problem `not_found` for an unknown zone or road, `invalid` for a grid cell or a time still to be known.
 */
export async function listGaps(db: Knex, query: GapQuery): Promise<GapList> {
  await ensureStandingOf(db, query.kind);
  const time = await askedTime(db, query);
  const after = readCursor(query.cursor, ['number', 'string', 'number', 'number']);
  const { sql, bindings } = await gapQuestion(db, query, time);
  const { rows } = await db.raw<{ rows: GapRow[] }>(sql, {
    ...bindings,
    after_weight: after?.[0] ?? null,
    after_key: after?.[1] ?? null,
    limit: query.limit + 1,
  } as Bindings);
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  // The totals are those of the whole list, so a page beyond the last row takes them from its cursor.
  const count = rows[0]?.gap_count ?? Number(after?.[2] ?? 0);
  const weight = rows[0]?.gap_weight ?? Number(after?.[3] ?? 0);
  return {
    type: 'FeatureCollection',
    features: (await gapFeatures(db, kept)).map(({ feature }) => feature),
    count,
    missing_m: roadMetres(weight),
    next_cursor: last && rows.length > query.limit ? writeCursor([last.weight, last.key, count, weight]) : null,
  };
}

/** Looks again at the whole inventory where the kinds that are asked for stand on something that has changed. */
export async function ensureStandingOf(db: Knex, kinds: readonly GapKind[]): Promise<void> {
  const standing = kinds.flatMap((kind) => standingOf[kind]);
  if (standing.length > 0) await ensureStanding(db, standing);
}

export type AskedGaps = Omit<GapQuery, 'cursor' | 'limit'>;
export type StreamedGap = { row: GapRow; feature: Gap };

/**
 * All gaps, longest first, in batches read from a cursor: a city has hundreds of thousands. Call it in a transaction;
 * `ensureStanding` is the caller's.
 * @param geometry what `row.geometry` and the feature's are: an SQL expression on the gap `p`, its fault `f` and road `r`.
 */
export async function* streamGaps(
  trx: Knex.Transaction,
  query: AskedGaps,
  time: AskedTime,
  geometry = asGeoJson,
): AsyncGenerator<StreamedGap[]> {
  const { sql, bindings } = await gapQuestion(trx, query, time, geometry);
  // All rows will be read; by itself the planner counts on a tenth of a cursor's.
  await trx.raw('set local cursor_tuple_fraction = 1');
  await trx.raw(`declare gaps_asked no scroll cursor for ${sql}`, {
    ...bindings,
    after_weight: null,
    after_key: null,
    limit: null,
  } as unknown as Bindings);
  for (;;) {
    const { rows } = await trx.raw<{ rows: GapRow[] }>(`fetch ${BATCH} from gaps_asked`);
    if (rows.length === 0) break;
    yield await gapFeatures(trx, rows);
  }
  await trx.raw('close gaps_asked');
}

async function gapQuestion(db: Knex, query: AskedGaps, time: AskedTime, geometry = asGeoJson): Promise<Sql> {
  const place = await askedRoads(db, query, 'a');
  const sql = gapsFile
    .replaceAll(':roads:', place.roads)
    .replaceAll(':in_zone:', place.inZone)
    .replaceAll(':geometry:', geometry)
    .replaceAll(':key:', keyOfGap)
    .replaceAll(
      ':in_box:',
      query.bbox
        ? 'f.geom && (select asked_area(:west::double precision, :south::double precision, :east::double precision, :north::double precision))'
        : 'true',
    );
  return {
    sql,
    bindings: {
      ...place.bindings,
      ...time,
      kinds: query.kind as unknown as Knex.RawBinding,
      period: query.period,
      role: query.role ?? null,
      duty: query.duty ?? null,
      class: query.class ?? null,
      fault: query.fault ?? null,
      zone: query.zone_id ?? null,
      road: query.road_id ?? null,
      ...(query.bbox && { west: query.bbox[0], south: query.bbox[1], east: query.bbox[2], north: query.bbox[3] }),
      min_length_cm: Math.round(query.min_length_m * 100),
      older_than_days: query.older_than_days ?? null,
    } as Bindings,
  };
}

async function gapFeatures(db: Knex, rows: GapRow[]): Promise<StreamedGap[]> {
  const chiefs = await chiefBriefs(
    db,
    rows.flatMap(({ chief_id }) => chief_id ?? []),
  );
  return rows.map((row) => ({
    row,
    feature: gapFeature(row, (row.chief_id !== null && chiefs.get(row.chief_id)) || null),
  }));
}

function gapFeature(row: GapRow, chief: Gap['properties']['chief']): Gap {
  const stretch = row.span !== null && row.sides !== null ? stretchOnWire({ span: row.span, sides: row.sides }) : null;
  const town = row.town_id === null ? null : { id: row.town_id, name: row.town_name! };
  const community = row.community_id === null ? null : { id: row.community_id, name: row.community_name! };
  return {
    type: 'Feature',
    geometry: row.geometry,
    properties: {
      key: row.key,
      kind: row.kind,
      fault: row.fault,
      role: row.role,
      duty: row.duty,
      period: row.period_from && { from: row.period_from.toISOString(), to: row.period_to!.toISOString() },
      road_id: row.road_id,
      road_name: row.road_name,
      class: row.class,
      from_m: stretch?.from_m ?? null,
      to_m: stretch?.to_m ?? null,
      sides: stretch?.sides ?? null,
      length_m: stretch?.length_m ?? metres(row.fault_length_cm ?? 0),
      area_m2: row.area_m2,
      town,
      community,
      bureau_led: row.bureau_led,
      since: row.since?.toISOString() ?? null,
      last_holder: row.last_holder,
      who_acts: whoActs(row.kind, { chief, town, bureau_led: row.bureau_led }),
      chief,
      details: {
        ...row.details,
        ...(row.other_road_id !== null && { other_road_id: row.other_road_id }),
        ...(row.zone_ids !== null && row.zone_ids.length > 0 && { zone_ids: row.zone_ids }),
      },
    },
  };
}

/**
 * Whose it is to mend: who holds a stretch walks it; the town finds a holder (R13, R18), in the bureau-led area the bureau
 * (R7); the district draws zones; the register and what is missing in it are the bureau's (R12).
 */
function whoActs(
  kind: GapKind,
  {
    chief,
    town,
    bureau_led,
  }: { chief: Gap['properties']['chief']; town: Gap['properties']['town']; bureau_led: boolean },
): Gap['properties']['who_acts'] {
  if (kind === 'unwalked' && chief) return { kind: 'chief', id: chief.id, name: chief.name };
  if (kind === 'unzoned') return { kind: 'district', id: null, name: null };
  if (kind === 'inventory' || bureau_led) return { kind: 'bureau', id: null, name: null };
  return town ? { kind: 'town', ...town } : { kind: 'district', id: null, name: null };
}
