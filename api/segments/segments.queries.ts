/** Questions about segments, now (kept rows) or at another moment (derived on the spot). */
import type { Knex } from 'knex';
import { readRange, stretchOnWire } from '../http/units.ts';
import { page, readCursor } from '../http/paging.ts';
import { roleKeys, type RoadClass, type Role } from '../http/shapes.ts';
import { inZone } from '../zones/in-zone.ts';
import { ensureCurrent } from './segments.ts';
import type { Segment, SegmentList, SegmentQuery } from './segments.contract.ts';

/**
 * The rows to read segments from: the kept table for now, the derivation for `at`.
 * `roads` may narrow the derivation to the roads that a filter asks for.
 */
export async function segmentsSource(
  db: Knex,
  at: string | undefined,
  roads?: { sql: string; bindings: Knex.RawBinding[] },
): Promise<{ sql: string; bindings: Knex.RawBinding[] }> {
  if (at === undefined) {
    await ensureCurrent(db);
    return { sql: 'segments', bindings: [] };
  }
  if (!roads) return { sql: 'segments_at(?::timestamptz, null)', bindings: [at] };
  return { sql: `segments_at(?::timestamptz, array(${roads.sql}))`, bindings: [at, ...roads.bindings] };
}

type Brief = { id: number; name: string; organisation: string | null; phone: string | null };
type Row = {
  road_id: number;
  span: string;
  sides: string;
  road_name: string | null;
  class: RoadClass;
  town: { id: number; name: string } | null;
  community: { id: number; name: string } | null;
  bureau_led: boolean;
  missing: Role[];
  geometry: Segment['geometry'];
} & Record<Role, number | null>;

/** Segments in the order of road and measure. */
export async function listSegments(db: Knex, query: SegmentQuery): Promise<SegmentList> {
  const roads = roadFilter(query);
  const source = await segmentsSource(db, query.at, roads);
  const zone = await inZone(db, query.zone_id, 's');
  const after = readCursor(query.cursor, ['number', 'number', 'number']);
  const conditions: { sql: string; bindings: Knex.RawBinding[] }[] = [
    { sql: `s.road_id in (${roads.sql})`, bindings: roads.bindings },
    zone,
  ];
  if (query.chief_id !== undefined) {
    conditions.push({ sql: `? in (${roleKeys.map((role) => `s.${role}`).join(', ')})`, bindings: [query.chief_id] });
  }
  if (after) conditions.push({ sql: '(s.road_id, lower(s.span), lower(s.sides)) > (?, ?, ?)', bindings: after });
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select s.road_id, s.span, s.sides, r.name as road_name, r.class, s.bureau_led, s.missing,
       ${roleKeys.map((role) => `s.${role}`).join(', ')},
       case when t.id is not null then json_build_object('id', t.id, 'name', t.name) end as town,
       case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as community,
       st_asgeojson(st_transform(stretch_geom(r.geom, r.length_cm, s.span), 4326), 7)::json as geometry
     from ${source.sql} s
     join roads r on r.id = s.road_id
     left join zones t on t.id = s.town_id
     left join zones c on c.id = s.community_id
     where ${conditions.map(({ sql }) => sql).join(' and ')}
     order by s.road_id, lower(s.span), lower(s.sides)
     limit ?`,
    [...source.bindings, ...conditions.flatMap(({ bindings }) => bindings), query.limit + 1],
  );
  const { rows: kept, next_cursor } = page(rows, query.limit, (row) => [
    row.road_id,
    readRange(row.span)[0],
    readRange(row.sides)[0],
  ]);
  const chiefs = await chiefBriefs(
    db,
    kept.flatMap((row) => roleKeys.flatMap((role) => row[role] ?? [])),
  );
  return { type: 'FeatureCollection', features: kept.map((row) => segmentFeature(row, chiefs)), next_cursor };
}

function roadFilter({ road_id, bbox }: SegmentQuery): { sql: string; bindings: Knex.RawBinding[] } {
  if (road_id !== undefined) return { sql: 'select id from roads where id = ?', bindings: [road_id] };
  if (!bbox) return { sql: 'select id from roads', bindings: [] };
  // The box is transformed, not the column, so that the index answers.
  return {
    sql: 'select id from roads where geom && (select asked_area(?, ?, ?, ?))',
    bindings: bbox,
  };
}

export async function chiefBriefs(db: Knex, ids: number[]): Promise<Map<number, Brief>> {
  const rows = await db('chiefs')
    .whereIn('id', [...new Set(ids)])
    .select<Brief[]>('id', 'name', 'organisation', 'phone');
  return new Map(rows.map((row) => [row.id, row]));
}

function segmentFeature(row: Row, chiefs: Map<number, Brief>): Segment {
  const holder = (role: Role): Brief | null => (row[role] === null ? null : (chiefs.get(row[role]) ?? null));
  return {
    type: 'Feature',
    geometry: row.geometry,
    properties: {
      road_id: row.road_id,
      road_name: row.road_name,
      class: row.class,
      ...stretchOnWire(row),
      town: row.town,
      community: row.community,
      bureau_led: row.bureau_led,
      holders: Object.fromEntries(roleKeys.map((role) => [role, holder(role)])) as Segment['properties']['holders'],
      missing: row.missing,
    },
  };
}
