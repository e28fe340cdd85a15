/** A way as it comes out of a file, and which ways cannot become a road. */
import { createHash } from 'node:crypto';

export type Way = {
  /** Stable id in its source, such as "way/123"; empty when the source has none. */
  id: string;
  /** WGS84 [longitude, latitude]. */
  coordinates: [number, number][];
  name: string | null;
  /** One of our road classes. */
  class: string;
  layer: number;
  oneway: boolean;
  properties: Record<string, unknown>;
};

export type RejectedWay = { id: string; reason: string };

/** Whole units of 1e-7 degrees (1.1 cm), the resolution of OpenStreetMap: equal in them is the same node. */
export const nodeKey = ([longitude, latitude]: readonly [number, number]): string =>
  `${Math.round(longitude * 1e7)},${Math.round(latitude * 1e7)}`;

/**
 * The ways that have a length and are there for the first time, in the order of their ids, and the others with a reason.
 * A way without an id gets one from its line; ids that stand for several lines (the parts of a MultiLineString) are told
 * apart the same way. So ids depend on the file's content only, never on its order.
 */
export function usableWays(ways: Way[]): { usable: Way[]; rejected: RejectedWay[] } {
  const rejected: RejectedWay[] = [];
  const sound: { way: Way; line: string }[] = [];
  for (const way of ways) {
    const reason = degenerate(way.coordinates);
    if (reason) rejected.push({ id: way.id, reason });
    else sound.push({ way, line: canonicalLine(way.coordinates) });
  }
  const lineOf = new Map<string, string>();
  const shared = new Set<string>();
  for (const { way, line } of sound) {
    const known = lineOf.get(way.id);
    if (known === undefined) lineOf.set(way.id, line);
    else if (known !== line) shared.add(way.id);
  }
  const named = sound.map(({ way, line }) => {
    if (way.id === '') return { way: { ...way, id: `line/${hash(line)}` }, line };
    return shared.has(way.id) ? { way: { ...way, id: `${way.id}#${hash(line).slice(0, 8)}` }, line } : { way, line };
  });
  const first = new Map<string, string>();
  const usable: Way[] = [];
  for (const { way, line } of byId(named)) {
    const twin = first.get(line);
    if (twin !== undefined) {
      rejected.push({
        id: way.id,
        reason: twin === way.id ? 'stands in the file twice' : `is the same line as ${twin}`,
      });
      continue;
    }
    first.set(line, way.id);
    usable.push(way);
  }
  return { usable, rejected };
}

function degenerate(coordinates: [number, number][]): string | null {
  if (coordinates.length < 2)
    return `has ${coordinates.length} point${coordinates.length === 1 ? '' : 's'}; a line needs two`;
  if (!coordinates.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y)))
    return 'has a coordinate that is not a finite number';
  const start = nodeKey(coordinates[0]!);
  if (coordinates.every((position) => nodeKey(position) === start)) return 'has no length: all its points are the same';
  return null;
}

/** The same text for a line and its reverse: written from its smaller end. */
function canonicalLine(coordinates: [number, number][]): string {
  const keys = coordinates.map(nodeKey);
  const [first, last] = [keys[0]!, keys.at(-1)!];
  if (first < last) return keys.join(' ');
  if (first > last) return keys.toReversed().join(' ');
  const [forward, backward] = [keys.join(' '), keys.toReversed().join(' ')];
  return forward < backward ? forward : backward;
}

/** Twins in all but direction, name or class are put in one order too, so that the same one of them stays. */
const told = ({ coordinates, name, class: roadClass }: Way): string =>
  `${nodeKey(coordinates[0]!)} ${name} ${roadClass}`;

const hash = (line: string): string => createHash('sha256').update(line).digest('hex').slice(0, 16);

/** Sorts by id, numbers in ids as numbers: way/99 before way/100. Keys are taken apart once: Intl.Collator is 10 times slower. */
function byId<T extends { way: Way }>(items: T[]): T[] {
  const keyed = items.map((item) => ({ item, key: idKey(item.way.id), told: told(item.way) }));
  keyed.sort((a, b) => compareKeys(a.key, b.key) || compareText(a.told, b.told));
  return keyed.map(({ item }) => item);
}

type IdKey = { text: string; prefix: string; number: number };

function idKey(text: string): IdKey {
  const found = /^(\D*)(\d{1,15})$/.exec(text);
  return found ? { text, prefix: found[1]!, number: Number(found[2]) } : { text, prefix: text, number: -1 };
}

const compareKeys = (a: IdKey, b: IdKey): number =>
  compareText(a.prefix, b.prefix) || a.number - b.number || compareText(a.text, b.text);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
