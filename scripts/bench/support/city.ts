/**
 * A whole city under responsibility for benchmarks of coverage: roads as they are given, a grid of towns and communities,
 * chiefs in six roles, assignments with known gaps, and a month of patrols. Everything is drawn by a hash of its number,
 * so the same sizes give the same city.
 */
import type { Knex } from 'knex';
import { openChange } from '../../../api/database/change-log.ts';
import type { RoadInput } from '../../../api/network/network.ts';
import { refreshSegments } from '../../../api/segments/segments.ts';
import { deriveZoneStretches } from '../../../api/zones/zones.ts';

export type CitySize = {
  /** Towns on a side of the square; each has 4 × 4 communities. */
  towns: number;
  /** Each role of a road is cut into one to so many pieces. */
  pieces: number;
  patrols: number;
  passesEach: number;
  /** How many days before `until` the patrols began. */
  days: number;
  /** The end of the last patrol day. */
  until: string;
};

const BATCH = 5_000;

/** Fills an empty, migrated schema. */
export async function fillCity(db: Knex, roads: readonly RoadInput[], size: CitySize): Promise<void> {
  const change_id = await openChange(db, { actor: 'benchmark', kind: 'benchmark' });
  await insertRoads(db, roads, change_id);
  await insertZones(db, size, change_id);
  await db.raw('analyze roads, zones');
  await deriveZoneStretches(db, null);
  await db.raw('analyze zone_stretches');
  await insertChiefs(db, change_id);
  await insertAssignments(db, size, change_id);
  await db.raw('analyze chiefs, assignments');
  await refreshSegments(db, null);
  await insertPatrols(db, size, change_id);
  await db.raw('analyze segments, patrols, passes');
}

/** A twentieth are main roads, three twentieths secondary, three tenths alleys, the rest branch roads. */
async function insertRoads(db: Knex, roads: readonly RoadInput[], change_id: number): Promise<void> {
  for (let i = 0; i < roads.length; i += BATCH) {
    const rows = roads.slice(i, i + BATCH).map(({ id, coordinates }) => ({
      id,
      wkt: `LINESTRING(${Array.from({ length: coordinates.length / 2 }, (_, v) => `${coordinates[2 * v]} ${coordinates[2 * v + 1]}`).join(',')})`,
    }));
    await db.raw(
      `insert into roads (id, name, class, geom, change_id)
       select r.id, 'R' || r.id,
         case when r.id % 20 = 0 then 'main' when r.id % 20 < 4 then 'secondary' when r.id % 20 < 10 then 'alley' else 'branch' end,
         st_geomfromtext(r.wkt, (select srid from district)), ?
       from jsonb_to_recordset(?::jsonb) as r (id integer, wkt text)`,
      [change_id, JSON.stringify(rows)],
    );
  }
}

async function insertZones(db: Knex, { towns }: CitySize, change_id: number): Promise<void> {
  const cells = 4 * towns;
  await db.raw(
    `with
     box as (select st_extent(geom) as box from roads),
     frame as (
       select st_xmin(box) - 100 as x, st_ymin(box) - 100 as y,
         (st_xmax(box) - st_xmin(box) + 200) / :cells as dx, (st_ymax(box) - st_ymin(box) + 200) / :cells as dy
       from box
     ),
     cells as (
       select i, j, st_makeenvelope(x + i * dx, y + j * dy, x + (i + 1) * dx, y + (j + 1) * dy, (select srid from district)) as geom
       from frame, generate_series(0, :cells - 1) as i, generate_series(0, :cells - 1) as j
     ),
     towns as (
       insert into zones (code, level, name, geom, change_id)
       select format('T%s.%s', i / 4, j / 4), 'town', format('第%s.%s街道', i / 4, j / 4), st_multi(st_union(geom, 0.001)), :change_id
       from cells group by i / 4, j / 4
       returning id, code
     )
     insert into zones (code, level, name, parent_id, geom, change_id)
     select format('C%s.%s', i, j), 'community', format('第%s.%s社区', i, j), t.id, st_multi(c.geom), :change_id
     from cells c join towns t on t.code = format('T%s.%s', c.i / 4, c.j / 4)`,
    { cells, change_id },
  );
}

async function insertChiefs(db: Knex, change_id: number): Promise<void> {
  await db.raw(
    `insert into chiefs (name, role, zone_id, change_id)
     select z.name || r.position, r.role, z.id, ? from zones z, roles r where exists (select from zone_stretches s where s.zone_id = z.id and s.level = 'community')
     order by z.id, r.position`,
    [change_id],
  );
}

/**
 * Every required role of a road is cut into pieces of equal length; every twelfth piece is held by nobody, and every
 * ninth was held by another one until a month ago.
 */
async function insertAssignments(db: Knex, { pieces }: CitySize, change_id: number): Promise<void> {
  await db.raw(
    `with
     homes as (
       select distinct on (road_id) road_id, zone_id from zone_stretches where level = 'community' order by road_id, upper(span) - lower(span) desc, zone_id
     ),
     slots as (
       select r.id as road_id, r.length_cm, c.id as chief_id, c.role,
         least(r.length_cm, 1 + (hashint8(r.id::bigint * 8 + o.position) & 1023) % :pieces::integer) as pieces
       from roads r
       join homes h on h.road_id = r.id
       join chiefs c on c.zone_id = h.zone_id
       join roles o on o.role = c.role
       join role_rules u on u.class = r.class and u.role = c.role and u.town_id is null and u.required
     ),
     cut as (
       select s.*, n, int4range((s.length_cm::bigint * n / s.pieces)::integer, (s.length_cm::bigint * (n + 1) / s.pieces)::integer) as span,
         hashint8(s.road_id::bigint * 1000 + s.chief_id % 6 * 100 + n) & 1073741823 as lot
       from slots s, generate_series(0, s.pieces - 1) as n
     )
     insert into assignments (road_id, road_length_cm, span, sides, role, chief_id, validity, change_id)
     select c.road_id, c.length_cm, c.span, '[0,2)', c.role, c.chief_id, v.validity, :change_id
     from cut c, lateral (
       select tstzrange(now() - interval '200 days', now() - interval '30 days') as validity where c.lot % 9 = 0
       union all
       select tstzrange(now() - interval '30 days', null) where c.lot % 9 = 0 and c.lot % 12 <> 0
       union all
       select tstzrange(now() - interval '200 days', null) where c.lot % 9 <> 0 and c.lot % 12 <> 0
     ) v
     where not isempty(c.span)`,
    { pieces, change_id },
  );
}

/**
 * Patrols come in by the order of days. Each walks roads of its chief's community, most of them from end to end; four
 * fifths of it are credited. Every town chief has the management chief of the place along, as the weekly check asks (R24),
 * so a seventh of all come in pairs.
 */
async function insertPatrols(
  db: Knex,
  { patrols, passesEach, days, until }: CitySize,
  change_id: number,
): Promise<void> {
  await db.raw(
    `with
     drawn as (
       select n, :until::timestamptz - (:days - n::bigint * :days / (:patrols::integer * 6 / 7)) * interval '1 day' + interval '8 hours' as starts,
         (select min(id) from chiefs) + ((hashint8(n) & 1073741823) % (select count(*) from chiefs))::integer as chief_id
       from generate_series(0, :patrols::integer * 6 / 7 - 1) as n
     ),
     everyone as (
       select n, starts, chief_id from drawn
       union all
       select :patrols + d.n, d.starts, other.id
       from drawn d join chiefs c on c.id = d.chief_id and c.role = 'town_l1'
       join chiefs other on other.zone_id = c.zone_id and other.role = 'management_l1'
     )
     insert into patrols (id, external_id, chief_id, role, received_at, started_at, ended_at, change_id, content_sha256, sent_crs, fixes,
       sent_times, sent_positions, extent, network_version, least_confidence)
     select p.n, 'P' || p.n, c.id, c.role, p.starts + interval '9 hours', p.starts, p.starts + interval '8 hours', :change_id,
       int4send(p.n), 'wgs84', 2, decode(repeat('00', 16), 'hex'), decode(repeat('00', 32), 'hex'), z.geom, 1, 0.6
     from everyone p
     join chiefs c on c.id = p.chief_id
     join (select id, st_setsrid(st_envelope(geom), (select srid from district)) as geom from zones) z on z.id = c.zone_id`,
    { patrols, days, until, change_id },
  );
  await db.raw(
    `with
     homes as materialized (
       select zone_id, array_agg(road_id order by road_id) as roads, count(*)::integer as count
       from (select distinct zone_id, road_id from zone_stretches where level = 'community') there group by zone_id
     ),
     walks as (
       -- Whoever comes along walks the same roads at the same time.
       select t.id, t.role, n, h.roads[1 + (hashint8(t.id % :patrols * 1000 + n) & 1073741823) % h.count] as road_id, t.started_at,
         hashint8(t.id % :patrols * 1000 + n + 500) & 1073741823 as lot
       from patrols t join chiefs c on c.id = t.chief_id join homes h on h.zone_id = c.zone_id, generate_series(0, :passesEach - 1) as n
     )
     insert into passes (patrol_id, role, number, road_id, span, walked, direction, confidence, credited)
     select w.id, w.role, w.n, w.road_id,
       case when w.lot % 4 = 0 then int4range(r.length_cm / 4, r.length_cm) else int4range(0, r.length_cm) end,
       tstzrange(w.started_at + w.n * interval '4 minutes', w.started_at + w.n * interval '4 minutes' + interval '3 minutes', '[]'),
       'forward', case when w.lot % 5 = 0 then 0.5 else 0.9 end, w.lot % 5 <> 0
     from walks w join roads r on r.id = w.road_id
     where r.length_cm > 1
     order by w.started_at, w.id, w.n`,
    { patrols, passesEach },
  );
}
