/**
 * GPX 1.0 and 1.1, as events: every trkpt of every trkseg of every trk. Routes and waypoints are plans and places, not
 * a walk. A document type is refused, so there is no entity that could be expanded.
 */
import sax from 'sax';
import { Problem } from '../../problems.ts';
import type { Gathering } from './gather-fixes.ts';
import { readTime } from './read-time.ts';

/** Numbers that a point or its extensions may hold, under the names that trackers use. */
const sensors = new Map([
  ['accuracy', 'accuracy_m'],
  ['horizontalaccuracy', 'accuracy_m'],
  ['speed', 'speed_m_s'],
  ['course', 'heading_deg'],
  ['bearing', 'heading_deg'],
] as const);
type Sensor = 'accuracy_m' | 'speed_m_s' | 'heading_deg';
/** A track point stands four deep; extensions may nest, but not without end. */
const DEEPEST = 100;

type Events = Pick<sax.SAXParser, 'onerror' | 'ondoctype' | 'onopentag' | 'ontext' | 'onclosetag'>;

/** @throws Problem `invalid` with line and column for broken XML, `unreadable` for other XML or a document type. */
export async function readGpx(texts: AsyncIterable<string>, gathering: Gathering): Promise<void> {
  const parser = sax.parser(true, { position: true });
  const counted = { trk: 0, rtept: 0, wpt: 0, trkpt: 0 };
  let depth = 0;
  let text = '';
  let point: ({ x: number; y: number; time: string | null } & Record<Sensor, number>) | null = null;

  const events: Events = {
    onerror(error) {
      throw broken(parser, error);
    },
    ondoctype() {
      throw new Problem('unreadable', 'The XML has a document type (<!DOCTYPE …>); GPX has none.', {
        hint: 'Remove it: entities are never expanded here.',
      });
    },
    onopentag({ name, attributes }) {
      const tag = localName(name);
      if (depth === 0 && tag !== 'gpx') throw notGpx(tag);
      depth += 1;
      if (depth > DEEPEST) throw broken(parser, new Error(`more than ${DEEPEST} elements in each other`));
      text = '';
      if (Object.hasOwn(counted, tag)) counted[tag as keyof typeof counted] += 1;
      if (tag === 'trkpt') {
        const [x, y] = [coordinate(attributes.lon), coordinate(attributes.lat)];
        point = { x, y, time: null, accuracy_m: NaN, speed_m_s: NaN, heading_deg: NaN };
      }
    },
    ontext(more) {
      if (point && text.length < 100) text += more;
    },
    onclosetag(name) {
      depth -= 1;
      if (!point) return;
      const tag = localName(name);
      const sensor = sensors.get(tag as 'accuracy');
      if (tag === 'time' && point.time === null) point.time = text;
      else if (sensor) point[sensor] = coordinate(text);
      else if (tag === 'trkpt') {
        const { time, ...fix } = point;
        point = null;
        if (time === null) return gathering.drop('no_time', counted.trkpt);
        const read = readTime(time, 'utc'); // GPX 1.1: "Univeral Coordinated Time (UTC), not local time"
        if (Number.isNaN(read)) gathering.drop('unreadable_time', counted.trkpt);
        else gathering.add({ time: read, ...fix }, counted.trkpt);
      }
      text = '';
    },
  };
  Object.assign(parser, events);

  for await (const piece of texts) parser.write(piece);
  parser.close();
  if (counted.trkpt === 0) throw noTrack(counted);
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();

const coordinate = (text: unknown): number =>
  typeof text === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : NaN;

function broken(parser: sax.SAXParser, error: Error): Problem {
  const [fault] = error.message.split('\n');
  return new Problem('invalid', `The GPX is broken at line ${parser.line + 1}, column ${parser.column}: ${fault}.`, {
    hint: 'The file may have been cut off. Nothing was kept.',
    cause: error,
  });
}

const notGpx = (root: string): Problem =>
  new Problem('unreadable', `This XML is <${root.slice(0, 40)}> and no GPX.`, {
    hint: 'Export the track as GPX: its first element is <gpx>.',
  });

function noTrack({ trk, rtept, wpt }: { trk: number; rtept: number; wpt: number }): Problem {
  return new Problem(
    'invalid',
    `The GPX has no track points; it has ${trk} tracks, ${rtept} route points and ${wpt} waypoints.`,
    { hint: 'A patrol is a recorded track (trk) with a time for each point; a route is a plan and has none.' },
  );
}
