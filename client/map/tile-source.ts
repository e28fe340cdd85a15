/**
 * One of the server's vector tile layers. Its TileJSON says where the tiles are and which version of the data they show;
 * after a write it is read again, and the old tiles stay in sight until the new ones have come.
 */
import MVT from 'ol/format/MVT.js';
import VectorTileSource from 'ol/source/VectorTile.js';
import { get } from '../requests/send.ts';

type TileJson = { tiles: string[]; minzoom?: number; maxzoom?: number };

export type TileSource = {
  source: VectorTileSource;
  /** Reads the version again. */
  refresh: () => Promise<void>;
  /** Narrows the tiles by a query, such as role=general. */
  filter: (query: Record<string, string | number | null>) => void;
};

/** Beyond this zoom the tiles of this zoom are drawn larger; 2 cm of road is a pixel of a z16 tile. */
const closest = 16;

/** `farthest`: the server has no tiles of a smaller zoom; those of this zoom are drawn smaller instead. */
export function tileSource(name: string, farthest = 0): TileSource {
  const source = new VectorTileSource({ format: new MVT(), minZoom: farthest, maxZoom: closest, transition: 0 });
  let failed = false;
  source.on('tileloaderror', () => (failed = true));
  let template: string | null = null;
  let query = '';
  const point = (): void => {
    if (template === null) return;
    const url = query ? `${template}${template.includes('?') ? '&' : '?'}${query}` : template;
    if (source.getUrls()?.[0] !== url) source.setUrl(url);
  };
  const refresh = async (): Promise<void> => {
    const tileJson = await get<TileJson>(`/tiles/${name}.json`);
    const [first] = tileJson.tiles;
    if (!first) return;
    // Seen through a proxy the server may not know its own public address; the path is what counts.
    template = first.replace(/^https?:\/\/[^/]+/, '');
    // Tiles that could not be read are not asked for again by themselves.
    if (failed) source.refresh();
    failed = false;
    point();
  };
  return {
    source,
    refresh,
    filter(asked) {
      const given = Object.entries(asked).filter(([, value]) => value !== null && value !== '');
      query = given.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&');
      point();
    },
  };
}
