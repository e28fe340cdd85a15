/**
 * How large and how slow are the tiles of a running server? Every tile that covers the data, or 60 of them spread over it.
 * npm run bench -- tiles [http://127.0.0.1:8080]
 */
import { tileAt } from '../../api/geometry/tile.ts';
import { layerNames, type TileJson } from '../../api/tiles/tiles.contract.ts';

const base = process.argv.slice(2).find((word) => word.startsWith('http')) ?? 'http://127.0.0.1:8080';
const MOST = 60;

type Measured = { ms: number; bytes: number };

async function measure(address: string): Promise<Measured> {
  const start = performance.now();
  const answer = await fetch(address);
  const bytes = (await answer.arrayBuffer()).byteLength; // unzipped
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return { ms: performance.now() - start, bytes };
}

function tilesOf([west, south, east, north]: NonNullable<TileJson['bounds']>, z: number): { x: number; y: number }[] {
  const [first, last] = [tileAt(z, west, north), tileAt(z, east, south)];
  const all: { x: number; y: number }[] = [];
  for (let x = first.x; x <= last.x; x++) for (let y = first.y; y <= last.y; y++) all.push({ x, y });
  const step = Math.max(1, all.length / MOST);
  return Array.from({ length: Math.min(MOST, all.length) }, (_, i) => all[Math.floor(i * step)]!);
}

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
const row = (...cells: (string | number)[]): void =>
  console.log(cells.map((cell) => String(cell).padStart(11)).join(''));

row('layer', 'zoom', 'tiles', 'median ms', 'worst ms', 'median kB', 'worst kB');
for (const layer of layerNames) {
  const { tiles, bounds, minzoom } = (await (await fetch(`${base}/tiles/${layer}.json`)).json()) as TileJson;
  if (!bounds) continue;
  for (let z = Math.max(minzoom, 8); z <= 16; z++) {
    const measured: Measured[] = [];
    for (const { x, y } of tilesOf(bounds, z)) {
      const address = tiles[0]!.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));
      measured.push(await measure(new URL(new URL(address).pathname + new URL(address).search, base).href));
    }
    const [ms, kB] = [measured.map((each) => each.ms), measured.map((each) => each.bytes / 1000)];
    row(
      layer,
      z,
      measured.length,
      median(ms).toFixed(0),
      Math.max(...ms).toFixed(0),
      median(kB).toFixed(1),
      Math.max(...kB).toFixed(1),
    );
  }
}
