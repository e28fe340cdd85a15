/** Tiles from the database: one SQL function a layer gives the rows, the engine or Node packs them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Context } from '../context.ts';
import { ensureStanding } from '../coverage/standing-faults.ts';
import { dataVersions } from '../database/change-log.ts';
import type { Database } from '../database/connect.ts';
import { askedIssues } from '../issues/asked-issues.ts';
import { ensureCurrent } from '../segments/segments.ts';
import { encodeMvt, type TileFeature } from './encode-mvt.ts';
import { layerNames, MAXZOOM, tileLayers, type LayerName, type TileJson, type TileLayer } from './tiles.contract.ts';

export type TilePlace = { z: number; x: number; y: number };
/** Filters of a layer, parsed by its contract. */
export type TileFilters = Record<string, string | number | undefined>;

/** A Mapbox Vector Tile; no bytes where there is nothing. */
export async function makeTile(
  db: Database,
  name: LayerName,
  place: TilePlace,
  filters: TileFilters,
): Promise<Uint8Array> {
  const layer: TileLayer = tileLayers[name];
  if (place.z < layer.minzoom) return new Uint8Array(0);
  const params = await parameters(db, name, filters);
  return (await packs(db)) ? packInDatabase(db, name, place, params) : packInNode(db, name, place, params);
}

/** The rows of a tile: the fields that the contract names, and `geom` in tile units. */
export function tileRows(name: LayerName, geom: string): string {
  return `select ${Object.keys(tileLayers[name].fields).join(', ')}, ${geom} from tile_${name}(?, ?, ?, ?::jsonb)`;
}

export async function packInDatabase(
  db: Database,
  name: LayerName,
  { z, x, y }: TilePlace,
  params: object,
): Promise<Uint8Array> {
  const { rows } = await db.raw<{ rows: { mvt: Uint8Array | null }[] }>(
    `select st_asmvt(tile, '${name}', 4096, 'geom') as mvt from (${tileRows(name, 'geom')}) tile`,
    [z, x, y, JSON.stringify(params)],
  );
  return rows[0]?.mvt ?? new Uint8Array(0);
}

export async function packInNode(
  db: Database,
  name: LayerName,
  { z, x, y }: TilePlace,
  params: object,
): Promise<Uint8Array> {
  const { rows } = await db.raw<{ rows: (TileFeature['properties'] & { geometry: Uint8Array })[] }>(
    tileRows(name, 'st_asbinary(geom) as geometry'),
    [z, x, y, JSON.stringify(params)],
  );
  return encodeMvt(
    name,
    rows.map(({ geometry, ...properties }) => ({ geometry, properties }) as TileFeature),
  );
}

const packing = new WeakMap<Database, Promise<boolean>>();

/** Whether the engine has ST_AsMVT: asked once a process. The embedded one is built without protobuf. */
function packs(db: Database): Promise<boolean> {
  const known = packing.get(db);
  if (known) return known;
  const asked = db
    .raw(`select st_asmvt(probe, 'probe', 4096, 'geom') from (select st_point(1, 1) as geom) probe`)
    .then(() => true)
    .catch((error: { code?: string }) => {
      if (error.code === 'XX000' || error.code === '42883') return false; // no protobuf, or no such function
      packing.delete(db);
      throw error;
    });
  packing.set(db, asked);
  return asked;
}

async function parameters(db: Database, name: LayerName, filters: TileFilters): Promise<object> {
  if (name !== 'issues') return filters;
  const { codes, statuses, ...asked } = await askedIssues(db, filters);
  // As array literals: both are digits or known words, and a cast lets PostgreSQL look into asked_issues.
  const literal = (words: string[] | null): string | null => words && `{${words.join(',')}}`;
  return { ...asked, verdict: filters.verdict, codes: literal(codes), statuses: literal(statuses) };
}

const functions = new URL('../../migrations/functions/', import.meta.url);
/** How tiles are drawn: another release draws the same data otherwise. */
const drawing = readdirSync(functions)
  .filter((file) => /_tile(_\w+)?\.sql$/.test(file))
  .toSorted()
  .map((file) => readFileSync(new URL(file, functions), 'utf8'))
  .join();

/**
 * Changes whenever a tile of the layer may: with the kinds of data it stands on, the way it is drawn, and the district
 * (two districts served on one port after each other must not share a browser's cache).
 */
export async function tileVersion({ db, config }: Context, name: LayerName): Promise<string> {
  const layer: TileLayer = tileLayers[name];
  if (layer.as_of_now) await ensureCurrent(db);
  if (layer.stands_on.includes('standing')) await ensureStanding(db);
  const versions = await dataVersions(db);
  const born = await db('change_log')
    .orderBy('id')
    .first<{ at: Date; today: string } | undefined>('at', db.raw('current_date as today'));
  const day = layer.changes_daily ? born?.today : null;
  const parts = [drawing, config.district, born?.at.getTime(), day, ...layer.stands_on.map((kind) => versions[kind])];
  return createHash('sha1').update(parts.join(' ')).digest('base64url').slice(0, 12);
}

/** @param base where the reader reached us; @param query the filters to pass on, as they came. */
export async function makeTileJson(
  context: Context,
  name: LayerName,
  base: string,
  query: TileFilters,
): Promise<TileJson> {
  const layer: TileLayer = tileLayers[name];
  const version = await tileVersion(context, name);
  const search = new URLSearchParams({ v: version });
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && key !== 'v') search.set(key, String(value));
  const bounds = await boundsOf(context.db);
  const { minzoom, description, fields } = layer;
  return {
    tilejson: '3.0.0',
    name,
    description,
    version: `1.0.0+${version.replace(/[^0-9A-Za-z-]/g, '-')}`,
    scheme: 'xyz',
    tiles: [`${base}/tiles/${name}/{z}/{x}/{y}.mvt?${search}`],
    minzoom,
    maxzoom: MAXZOOM,
    ...(bounds && { bounds }),
    vector_layers: [{ id: name, description, minzoom, maxzoom: MAXZOOM, fields }],
  };
}

/** The box around roads and zones; tiles outside it need not be asked for. */
async function boundsOf(db: Database): Promise<TileJson['bounds'] | null> {
  const { rows } = await db.raw<{ rows: { bounds: [number, number, number, number] | null }[] }>(`
    select case when box is not null then array[st_xmin(box), st_ymin(box), st_xmax(box), st_ymax(box)] end as bounds
    from (
      -- Sides are cut every kilometre before they are transformed: they are curves in degrees.
      select st_extent(st_transform(st_segmentize(st_setsrid(outline, (select srid from district)), 1000), 4326)) as box
      from (
        select st_extent(geom)::geometry as outline from roads
        union all select st_extent(geom)::geometry from zones
        union all select st_extent(geom)::geometry from issues
      ) outlines
    ) boxes`);
  return rows[0]!.bounds;
}

export const isLayer = (name: string): name is LayerName => (layerNames as string[]).includes(name);
