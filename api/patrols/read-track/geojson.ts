/**
 * GeoJSON with times, in the ways in which trackers and converters write it: Points with a `time` among their properties;
 * lines with one time for each position in `coordTimes` (toGeoJSON), `times` or `coordinateProperties.times`.
 * Read bracket by bracket, with one feature in memory at a time; members may come in any order.
 */
import { Problem } from '../../problems.ts';
import type { Gathering } from './gather-fixes.ts';
import { BrokenJson, createJsonReader, type JsonEvents } from './json-events.ts';
import { numberOf } from './ndjson.ts';
import { readTime } from './read-time.ts';

/** What an open bracket is to us, by what it stands in and under which key. */
type Place = 'document' | 'features' | 'feature' | 'geometry' | 'coordinates' | 'properties' | Listed | 'other';
/** What may be told of each position: in a list, or of a Point as a single value. */
type Listed = 'times' | 'accuracy_m' | 'heading_deg' | 'speed_m_s';

const listed = new Map<string, Listed>([
  ...['time', 'times', 'coordTimes', 'timestamp', 'timestamps'].map((name): [string, Listed] => [name, 'times']),
  ...['accuracy_m', 'accuracy', 'accuracies_m', 'accuracies'].map((name): [string, Listed] => [name, 'accuracy_m']),
  ...['heading_deg', 'heading', 'headings'].map((name): [string, Listed] => [name, 'heading_deg']),
  ...['speed_m_s', 'speed', 'speeds'].map((name): [string, Listed] => [name, 'speed_m_s']),
]);
const tracks = new Set(['Point', 'MultiPoint', 'LineString', 'MultiLineString']);
/** Longitude, latitude, height, and what some converters put behind; a list without end would fill the memory. */
const MOST_NUMBERS = 16;

/** Numbers in parts, as the lines of a MultiLineString are: the same parts must come in times as in positions. */
type Parts = { values: number[]; sizes: number[]; open: boolean };
type Feature = { geometry: string; xs: Parts; ys: number[] } & Record<Listed, Parts>;

const noParts = (): Parts => ({ values: [], sizes: [], open: false });
const noFeature = (): Feature => ({
  geometry: '',
  xs: noParts(),
  ys: [],
  times: noParts(),
  accuracy_m: noParts(),
  heading_deg: noParts(),
  speed_m_s: noParts(),
});

/** @throws Problem `invalid` for broken JSON, with the place of the fault; `unreadable` for JSON that is no GeoJSON. */
export async function readGeoJson(texts: AsyncIterable<string>, gathering: Gathering): Promise<void> {
  const features = readFeatures(gathering);
  const reader = createJsonReader(features.events);
  try {
    for await (const text of texts) reader.write(text);
    reader.end();
  } catch (error) {
    if (!(error instanceof BrokenJson)) throw error;
    throw new Problem('invalid', `The GeoJSON is broken: ${error.message}.`, {
      hint: 'The file may have been cut off; one fix a line is application/x-ndjson.',
      cause: error,
    });
  }
  features.finish();
}

function readFeatures(gathering: Gathering): { events: JsonEvents; finish: () => void } {
  const places: Place[] = [];
  let place: Place = 'other';
  let key = '';
  let type = '';
  let feature = noFeature();
  let found = 0;
  let positions = 0;
  let numbers: number[] = [];

  const events: JsonEvents = {
    open(bracket) {
      place = places.length === 0 ? 'document' : inside(place, key, bracket);
      places.push(place);
      numbers = [];
    },
    close() {
      if (place === 'coordinates') {
        if (numbers.length > 0) position(numbers);
        else feature.xs.open = false;
        numbers = [];
      } else if (isListed(place)) feature[place].open = false;
      else if (place === 'feature' || (place === 'document' && type === 'Feature')) finishFeature();
      places.pop();
      place = places.at(-1) ?? 'other';
    },
    key(name) {
      key = name;
    },
    value(value) {
      if (place === 'coordinates') {
        if (numbers.push(numberOf(value)) > MOST_NUMBERS) throw tooManyNumbers(positions + feature.ys.length + 1);
      } else if (isListed(place)) tell(place, value);
      else if (place === 'properties') {
        const name = listed.get(key);
        if (name) tell(name, value);
      } else if (key === 'type' && place === 'document') type = String(value);
      else if (key === 'type' && place === 'geometry') feature.geometry = String(value);
    },
  };

  function position([x = NaN, y = NaN]: number[]): void {
    append(feature.xs, x);
    feature.ys.push(y);
    gathering.requireRoom(positions + feature.ys.length);
  }

  function tell(name: Listed, value: unknown): void {
    append(feature[name], name === 'times' ? readTime(value, 'nothing') : numberOf(value));
    gathering.requireRoom(feature[name].values.length);
  }

  function finishFeature(): void {
    found += 1;
    const { geometry, xs, ys, times } = feature;
    const timed = sameParts(times, xs);
    const sensed = (name: Listed, i: number): number => {
      const { values } = feature[name];
      return values.length === ys.length ? values[i]! : NaN;
    };
    for (const [i, y] of ys.entries()) {
      positions += 1;
      if (!tracks.has(geometry)) gathering.drop('unreadable', positions);
      else if (!timed) gathering.drop('no_time', positions);
      else if (Number.isNaN(times.values[i])) gathering.drop('unreadable_time', positions);
      else {
        const accuracy_m = sensed('accuracy_m', i);
        const [heading_deg, speed_m_s] = [sensed('heading_deg', i), sensed('speed_m_s', i)];
        gathering.add({ time: times.values[i]!, x: xs.values[i]!, y, accuracy_m, heading_deg, speed_m_s }, positions);
      }
    }
    feature = noFeature();
  }

  function finish(): void {
    if (found > 0) return;
    throw new Problem(
      'unreadable',
      `This JSON is ${type ? `a ${type.slice(0, 40)}` : 'no GeoJSON and'} without features.`,
      {
        hint: 'Expected a Feature or FeatureCollection: Points with a time, or lines with coordTimes.',
      },
    );
  }

  return { events, finish };
}

const tooManyNumbers = (position: number): Problem =>
  new Problem('invalid', `Position ${position} of the GeoJSON has more than ${MOST_NUMBERS} numbers.`, {
    hint: 'A line is a list of positions, each a list of two or three numbers: [[x, y], [x, y], …].',
  });

/** The place that a bracket under a key opens. */
function inside(place: Place, key: string, bracket: '{' | '['): Place {
  if (bracket === '[') {
    if (place === 'coordinates' || isListed(place)) return place; // lists in lists
    if (place === 'document' && key === 'features') return 'features';
    if (place === 'geometry' && key === 'coordinates') return 'coordinates';
    return (place === 'properties' && listed.get(key)) || 'other';
  }
  if (place === 'features') return 'feature';
  if ((place === 'document' || place === 'feature') && (key === 'geometry' || key === 'properties')) return key;
  if (place === 'properties' && key === 'coordinateProperties') return 'properties';
  return 'other';
}

const isListed = (place: Place): place is Listed =>
  place === 'times' || place === 'accuracy_m' || place === 'heading_deg' || place === 'speed_m_s';

function append(parts: Parts, value: number): void {
  parts.values.push(value);
  if (parts.open) parts.sizes[parts.sizes.length - 1]! += 1;
  else parts.sizes.push(1);
  parts.open = true;
}

/** One time for each position; of a line in parts, in each part. Times may also come as one list for all parts. */
const sameParts = (times: Parts, positions: Parts): boolean =>
  times.values.length === positions.values.length &&
  (times.sizes.length === 1 || times.sizes.every((size, part) => size === positions.sizes[part]));
