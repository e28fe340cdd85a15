/** A track as the map draws it: one line in WGS84, with the time and the accuracy of each place. */
import { readCrs } from '../geometry/crs.ts';
import type { PatrolTrack } from './patrols.contract.ts';
import { momentText } from './matched.ts';
import { fixesOf, type RawTrack } from './raw-track.ts';

/** @param crs a text that readCrs understands. */
export function trackOnWire(id: number, raw: RawTrack, crs: string): PatrolTrack {
  const fixes = fixesOf(raw, readCrs(crs).toWgs84);
  return {
    type: 'Feature',
    id,
    geometry: { type: 'LineString', coordinates: fixes.map(({ x, y }) => [degrees(x), degrees(y)]) },
    properties: {
      times: fixes.map(({ at_s }) => momentText(at_s)),
      accuracies_m: fixes.map(({ accuracy_m }) =>
        accuracy_m === undefined ? null : Math.round(accuracy_m * 100) / 100,
      ),
    },
  };
}

/** Seven decimals of a degree are a centimetre. */
const degrees = (value: number): number => Math.round(value * 1e7) / 1e7;
