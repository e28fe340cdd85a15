/** A walk along High Street of town.ts, as a phone would send it: from its start eastwards at 1.4 m/s, a fix every 5 s. */
import { toWgs84 } from '../../api/geometry/crs.ts';
import type { Database } from '../../api/database/connect.ts';
import { seededRandom } from './shapes.ts';
import { east, north } from './town.ts';

const degrees = toWgs84('EPSG:4549');
export type SentFix = { time: string; position: [number, number]; accuracy_m: number };

/** @param place metres from (east, north), after some seconds of walking. */
export function walk(
  start: string,
  seconds: number,
  place: (second: number) => [number, number] = (second) => [1.4 * second, 0],
  { every_s = 5, noise_m = 3, seed = 1 } = {},
): SentFix[] {
  const random = seededRandom(seed);
  const error = (): number => noise_m * Math.sqrt(3) * (2 * random() - 1);
  return Array.from({ length: Math.floor(seconds / every_s) + 1 }, (_, i) => {
    const [x, y] = place(i * every_s);
    return {
      time: new Date(Date.parse(start) + 1000 * every_s * i).toISOString(),
      position: degrees([east + x + error(), north + y + error()]).map((value) => Math.round(value * 1e7) / 1e7) as [
        number,
        number,
      ],
      accuracy_m: 5,
    };
  });
}

export const ndjson = (fixes: object[]): string => fixes.map((fix) => `${JSON.stringify(fix)}\n`).join('');

export const lineFeature = (fixes: SentFix[]): string =>
  JSON.stringify({
    type: 'Feature',
    geometry: { type: 'LineString', coordinates: fixes.map(({ position }) => position) },
    properties: { coordTimes: fixes.map(({ time }) => time) },
  });

export const gpx = (fixes: SentFix[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">\n<trk><trkseg>\n${fixes
    .map(({ time, position }) => `<trkpt lat="${position[1]}" lon="${position[0]}"><time>${time}</time></trkpt>\n`)
    .join('')}</trkseg></trk></gpx>\n`;

export type Sent = { status: number; body: Record<string, any> }; // oxlint-disable-line typescript/no-explicit-any

/** Posts a track to a running server. */
export async function sendTrack(
  url: string,
  body: string | Buffer<ArrayBuffer>,
  query: { external_id: string; chief_id: number; crs?: string },
  type = 'application/x-ndjson',
): Promise<Sent> {
  const asked = new URLSearchParams({ crs: 'wgs84', ...query, chief_id: String(query.chief_id) });
  const answer = await fetch(`${url}/api/patrols?${asked}`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Sent['body'] };
}

export async function clearPatrols(db: Database): Promise<void> {
  await db('passes').delete();
  await db('patrols').delete();
}
