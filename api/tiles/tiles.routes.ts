/**
 * GET /tiles/{layer}.json and /tiles/{layer}/{z}/{x}/{y}.mvt.
 * An empty tile is 204. A tile asked for with the current version of the data (`v`) may be kept an hour: its address
 * changes with the data. Without it, it is asked for again each time and mostly answered 304.
 */
/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands rejections to the error middleware by itself */
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { DEEPEST_ZOOM, isTile } from '../geometry/tile.ts';
import { parse } from '../http/parse.ts';
import { notFound, Problem } from '../problems.ts';
import { layerNames, tileLayers, type LayerName, type TileLayer } from './tiles.contract.ts';
import { isLayer, makeTile, makeTileJson, tileVersion, type TileFilters, type TilePlace } from './tiles.ts';

export function tileRoutes(context: Context): Router {
  const router = Router();

  router.get('/:layer.json', async (request, response) => {
    const layer = layerOf(request.params.layer);
    const filters = filtersOf(layer, request);
    await requireZone(context, filters.zone_id);
    const base = `${request.protocol}://${request.get('host') ?? `${context.config.host}:${context.config.port}`}`;
    response.set('Cache-Control', 'no-cache').json(await makeTileJson(context, layer, base, filters));
  });

  router.get('/:layer/:z/:x/:y.mvt', async (request, response) => {
    const layer = layerOf(request.params.layer);
    const place = placeOf(request.params);
    const filters = filtersOf(layer, request);
    const version = await tileVersion(context, layer);
    response.set('ETag', `W/"${version}"`);
    response.set('Cache-Control', filters.v === version ? 'private, max-age=3600' : 'no-cache');
    if (request.fresh) response.status(304).end();
    else answerTile(response, await makeTile(context.db, layer, place, filters));
  });

  return router;
}

function answerTile(response: Response, tile: Uint8Array): void {
  if (tile.length === 0) response.status(204).end();
  else response.type('application/vnd.mapbox-vector-tile').end(tile);
}

function layerOf(name: string): LayerName {
  if (isLayer(name)) return name;
  throw notFound('tile layer', name, `The layers are ${layerNames.join(', ')}.`);
}

function placeOf(params: Record<string, string>): TilePlace {
  const [z, x, y] = [params.z!, params.x!, params.y!].map((text) => (/^\d{1,8}$/.test(text) ? Number(text) : NaN));
  if (isTile(z!, x!, y!)) return { z: z!, x: x!, y: y! };
  throw new Problem('invalid', `There is no tile ${params.z}/${params.x}/${params.y}.`, {
    hint: `Expected whole numbers: z from 0 to ${DEEPEST_ZOOM}, x and y from 0 to 2^z - 1, y counted from the north.`,
  });
}

const version = z.object({ v: z.string().max(64).optional() });

function filtersOf(layer: LayerName, { query }: Request): TileFilters {
  const { filters }: TileLayer = tileLayers[layer];
  return parse(filters.extend(version.shape), query, 'query') as TileFilters;
}

/** Asked once for a map and not again for each of its tiles, where nothing is simply nothing. */
async function requireZone({ db }: Context, zone_id: TileFilters[string]): Promise<void> {
  if (zone_id !== undefined && !(await db('zones').where({ id: zone_id }).first('id'))) {
    throw notFound('zone', zone_id, 'The zones are at /api/zones.');
  }
}
