/** Questions about patrols and their passes. */
import type { Knex } from 'knex';
import { page, readCursor } from '../http/paging.ts';
import type { RoadClass, Role } from '../http/shapes.ts';
import { metres, stretchOnWire } from '../http/units.ts';
import { notFound } from '../problems.ts';
import type { PassList, Patrol, PatrolList, PatrolQuery } from './patrols.contract.ts';
import type { RawTrack } from './raw-track.ts';
import { LEAST_CONFIDENCE } from './store-patrol.ts';

type BriefRow = {
  id: number;
  external_id: string;
  chief: { id: number; name: string; role: Role };
  started_at: Date;
  started_us: number;
  ended_at: Date;
  fixes: number;
  walked_cm: number;
  matched_cm: number;
  flag_count: number;
  stale: boolean;
};
type Row = BriefRow &
  Pick<Patrol, 'dropped' | 'estimate' | 'unmatched' | 'network_version'> & {
    received_at: Date;
    flags: Patrol['genuineness'];
    box: [number, number, number, number];
  };

const brief = `
  t.id, t.external_id, json_build_object('id', c.id, 'name', c.name, 'role', t.role) as chief, t.started_at, t.ended_at,
  -- Microseconds since 1970, the sort key of the cursor: a JavaScript date would cut it to milliseconds.
  (extract(epoch from t.started_at) * 1000000)::bigint as started_us,
  t.fixes, t.walked_cm, t.matched_cm, jsonb_array_length(t.flags) as flag_count,
  t.network_version <> (select version from data_versions where kind = 'roads') or t.roads_digest is null as stale`;

const wanted = `
  from patrols t join chiefs c on c.id = t.chief_id
  where (:chief_id::bigint is null or t.chief_id = :chief_id)
    and (:role::text is null or t.role = :role)
    and (:from::timestamptz is null or t.ended_at >= :from)
    and (:to::timestamptz is null or t.started_at < :to)
    and (:road_id::bigint is null or exists (select from passes p where p.patrol_id = t.id and p.road_id = :road_id))
    and (:west::double precision is null or t.extent && (select asked_area(:west, :south, :east, :north)))`;

/** Patrols, the latest first; `count` is that of the whole list. */
export async function listPatrols(db: Knex, query: PatrolQuery): Promise<PatrolList> {
  const after = readCursor(query.cursor, ['number', 'number']);
  const [west, south, east, north] = query.bbox ?? [null, null, null, null];
  const bindings = {
    chief_id: query.chief_id ?? null,
    role: query.role ?? null,
    from: query.from ?? null,
    to: query.to ?? null,
    road_id: query.road_id ?? null,
    west,
    south,
    east,
    north,
    after_us: after?.[0] ?? null,
    after_id: after?.[1] ?? null,
    limit: query.limit + 1,
  } as Record<string, Knex.RawBinding>;
  const { rows } = await db.raw<{ rows: BriefRow[] }>(
    `select ${brief} ${wanted}
       and (:after_us::bigint is null
         or (t.started_at, t.id) < (timestamptz 'epoch' + :after_us::bigint * interval '1 microsecond', :after_id::bigint))
     order by t.started_at desc, t.id desc
     limit :limit`,
    bindings,
  );
  const counted = await db.raw<{ rows: { count: number }[] }>(`select count(*) as count ${wanted}`, bindings);
  const { rows: kept, next_cursor } = page(rows, query.limit, (row) => [row.started_us, row.id]);
  return { patrols: kept.map(briefOnWire), count: counted.rows[0]!.count, next_cursor };
}

/** @throws Problem `not_found`. */
export async function findPatrol(db: Knex, id: number): Promise<Patrol> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select ${brief}, t.received_at, t.dropped, t.estimate, t.flags, t.unmatched, t.network_version,
       -- Seven decimals of a degree are a centimetre.
       array(
         select round(degree::numeric, 7)::double precision
         from unnest(array[st_xmin(degrees), st_ymin(degrees), st_xmax(degrees), st_ymax(degrees)]) with ordinality as box (degree, place)
         order by place
       ) as box
     from patrols t
     join chiefs c on c.id = t.chief_id,
     lateral (select st_transform(t.extent, 4326) as degrees) corners
     where t.id = ?`,
    [id],
  );
  const row = rows[0];
  if (!row) throw noPatrol(id);
  return {
    ...briefOnWire(row),
    received_at: row.received_at.toISOString(),
    dropped: row.dropped,
    estimate: row.estimate,
    genuineness: row.flags,
    unmatched: row.unmatched,
    network_version: row.network_version,
    bbox: row.box,
  };
}

const briefOnWire = (row: BriefRow): PatrolList['patrols'][number] => ({
  id: row.id,
  external_id: row.external_id,
  chief: row.chief,
  started_at: row.started_at.toISOString(),
  ended_at: row.ended_at.toISOString(),
  fixes: row.fixes,
  walked_m: metres(row.walked_cm),
  matched_m: metres(row.matched_cm),
  flags: row.flag_count,
  stale: row.stale,
});

/** The track as it was sent. @throws Problem `not_found`. */
export async function findRawTrack(db: Knex, id: number): Promise<RawTrack & { fixes: number }> {
  const row = await db('patrols')
    .where({ id })
    .first<(RawTrack & { fixes: number }) | undefined>(
      'fixes',
      'sent_crs',
      'sent_times',
      'sent_positions',
      'sent_accuracies_m',
      'sent_headings_deg',
      'sent_speeds_m_s',
    );
  if (!row) throw noPatrol(id);
  return row;
}

type PassRow = {
  patrol_id: number;
  road_id: number;
  span: string;
  sides: string;
  road_name: string | null;
  class: RoadClass;
  from: Date;
  to: Date;
  direction: 'forward' | 'backward' | 'both';
  confidence: number;
  credited: boolean;
  geometry: PassList['features'][number]['geometry'];
};

/** What a patrol walked, in the order of time. @throws Problem `not_found`. */
export async function listPasses(db: Knex, patrol_id: number): Promise<PassList> {
  if (!(await db('patrols').where({ id: patrol_id }).first('id'))) throw noPatrol(patrol_id);
  const { rows } = await db.raw<{ rows: PassRow[] }>(
    `select p.patrol_id, p.road_id, shown.span, p.sides, r.name as road_name, r.class, lower(p.walked) as from,
       upper(p.walked) as to, p.direction, p.confidence, p.credited,
       st_asgeojson(st_transform(stretch_geom(r.geom, r.length_cm, shown.span), 4326), 7)::json as geometry
     from passes p
     join roads r on r.id = p.road_id,
     -- A road that was shortened keeps its old passes until they are matched anew.
     lateral (select p.span * int4range(0, r.length_cm) as span) shown
     where p.patrol_id = ? and not isempty(shown.span)
     order by p.number`,
    [patrol_id],
  );
  return {
    type: 'FeatureCollection',
    features: rows.map(({ geometry, span, sides, from, to, ...row }) => ({
      type: 'Feature',
      geometry,
      properties: {
        ...row,
        ...stretchOnWire({ span, sides }),
        from: from.toISOString(),
        to: to.toISOString(),
      },
    })),
    least_confidence: LEAST_CONFIDENCE,
  };
}

/** The patrols whose tracks share at least 8 hashes, and a quarter, with a sketch: the three nearest. */
export async function patrolsLike(
  db: Knex,
  sketch: number[],
): Promise<{ id: number; started_at: Date; shared: number; of: number }[]> {
  if (sketch.length < 8) return [];
  const { rows } = await db.raw<{ rows: { id: number; started_at: Date; shared: number; of: number }[] }>(
    `select t.id, t.started_at, found.shared, least(cardinality(t.sketch), ?::integer) as of
     from patrols t,
     lateral (select count(*) as shared from unnest(t.sketch) as hash where hash = any (?::bigint[])) found
     where t.sketch && ?::bigint[] and found.shared >= 8 and found.shared * 4 >= least(cardinality(t.sketch), ?::integer)
     order by found.shared desc, t.id
     limit 3`,
    [sketch.length, `{${sketch.join(',')}}`, `{${sketch.join(',')}}`, sketch.length],
  );
  return rows;
}

const noPatrol = (id: number) => notFound('patrol', id, 'The patrols are at /api/patrols.');
