/**
 * Which zone each metre of a road lies in, per side.
 *
 * The rule, for zones that tile a plane and a road as a line with two sides:
 *
 * 1. A plain crossing cuts both sides where the centreline crosses the boundary, to the centimetre.
 * 2. A boundary that runs along the road makes it a boundary street, and each side takes the zone of its own side. It
 *    runs along where the places 15 m (`offset_m`) to the left and to the right lie in different zones over 60 m or
 *    more (four offsets: a straight boundary that makes less than 27° with the road). Two such runs between the same
 *    two zones with less than 60 m between them are one: the boundary strays there and comes back. On a road shorter
 *    than 60 m the offset shrinks to a quarter of its length, so that the rule keeps its meaning.
 * 3. No slivers: what is shorter than 10 m joins its neighbour, as at a corner where three zones meet, or where the
 *    end of a road pokes across a boundary.
 * 4. A hole stays a hole: metres in no zone are zone -1, the blind spot "unzoned". Ten metres of it or more are never
 *    absorbed, and fewer only at an end or between metres of one zone. No hole is a slit narrower than 1 m between two
 *    polygons that ought to touch, nor a strip left free along a boundary street while each side has its zone.
 *
 * Why not simply the centreline: a boundary drawn along a street wanders from side to side of it, and the centreline
 * changes zones at each turn. 300 streets of 1 km with the boundary drawn along them, 4, 6 and 10 m off in root mean
 * square, should be two stretches each, one a side (test/geometry/zones-along.test.ts repeats the middle column):
 *
 *     stretches a street              4 m     6 m    10 m
 *     the centreline's zones         12.1    12.2    12.3
 *     rule 2 without coming back      2.01    2.45    8.05
 *     the rule as it stands           2.00    2.06    3.96
 *     the same with offset 10 m       2.16    3.96    9.58   (for lanes, where 15 m is behind the houses)
 */
import { buffered, extentOf } from './extent.ts';
import { distancesAlong } from './line.ts';
import type { FlatLine } from './line.ts';
import { toStretches } from './sided-spans.ts';
import type { Stretch } from './sided-spans.ts';
import { difference, union } from './span.ts';
import type { Span } from './span.ts';
import { joined, sameZones, UNZONED, withoutShortRuns } from './zone-runs.ts';
import type { Run } from './zone-runs.ts';
import { zonesBeside } from './zones-beside.ts';
import type { ZoneSource } from './zones-beside.ts';

/** Metres from the centreline at which a side is judged, unless the caller knows the road to be narrower. */
export const SIDE_OFFSET_M = 15;
/** What is shorter than 10 m is noise. */
export const SHORTEST_CM = 1000;

export type ZoneStretch = Stretch & { zone: number };

/**
 * Stretches that partition both sides of [0, length_cm): each as long as it can be, 'both' where the sides agree, in
 * the order of their starts. `zone` is the number of the zone, or -1.
 *
 * @param line x, y, … in metres, in the CRS of the zones.
 */
export function zonesAlong(
  line: FlatLine,
  length_cm: number,
  zones: ZoneSource,
  offset_m: number = SIDE_OFFSET_M,
): ZoneStretch[] {
  if (zones.edgesIn(...buffered(extentOf(line), offset_m)).length === 0) {
    const zone = zones.zoneAt(line[0]!, line[1]!);
    return [{ from_cm: 0, to_cm: length_cm, sides: 'both', zone }];
  }
  const distances = distancesAlong(line);
  const offset_cm = Math.min(Math.round(offset_m * 100), Math.floor(length_cm / 4));
  const read = (offset: number): Run[] => zonesBeside(line, distances, length_cm, zones, offset);
  const centre = read(0);
  const left = withoutShortRuns(read(offset_cm / 100), SHORTEST_CM);
  const right = withoutShortRuns(read(-offset_cm / 100), SHORTEST_CM);
  const street = boundaryStreet(overlay(left, right), 4 * offset_cm);
  const runs = withoutShortRuns(replaced(centre, street), SHORTEST_CM);
  return [...new Set(runs.flatMap((run) => [run.left, run.right]))]
    .flatMap((zone) => {
      const spansOn = (side: 'left' | 'right'): Span[] =>
        union(runs.filter((run) => run[side] === zone).map((run) => [run.from_cm, run.to_cm]));
      return toStretches({ left: spansOn('left'), right: spansOn('right') }).map((stretch) => ({ ...stretch, zone }));
    })
    .sort((a, b) => a.from_cm - b.from_cm || (a.sides < b.sides ? -1 : 1));
}

/** The left zones of one reading beside the right zones of another. */
function overlay(left: readonly Run[], right: readonly Run[]): Run[] {
  const runs: Run[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const to_cm = Math.min(left[i]!.to_cm, right[j]!.to_cm);
    runs.push({ from_cm: runs.at(-1)?.to_cm ?? 0, to_cm, left: left[i]!.left, right: right[j]!.right });
    if (left[i]!.to_cm === to_cm) i++;
    if (right[j]!.to_cm === to_cm) j++;
  }
  return joined(runs);
}

/**
 * The runs on which the boundary runs along the road, at least `along_cm` of it in one piece, and what lies between two
 * of them where it only strays. A hole between them is no straying.
 */
function boundaryStreet(runs: readonly Run[], along_cm: number): Run[] {
  const apart = runs.filter((run) => run.left !== run.right);
  const long = union(apart.map((run) => [run.from_cm, run.to_cm])).filter(([from, to]) => to - from >= along_cm);
  const street = apart.filter((run) => long.some(([from, to]) => from <= run.from_cm && run.to_cm <= to));
  const strayed = street.flatMap((run, i) => {
    const next = street[i + 1];
    if (!next || !sameZones(run, next) || next.from_cm - run.to_cm >= along_cm) return [];
    const between = { ...run, from_cm: run.to_cm, to_cm: next.from_cm };
    const hidesHole = runs.some(
      (other) => meet(other, between) && (hides(between.left, other.left) || hides(between.right, other.right)),
    );
    return hidesHole ? [] : [between];
  });
  return [...street, ...strayed].sort((a, b) => a.from_cm - b.from_cm);
}

const meet = (a: Run, b: Run): boolean => a.from_cm < b.to_cm && b.from_cm < a.to_cm;
const hides = (zone: number, under: number): boolean => under === UNZONED && zone !== UNZONED;

/** The runs with some of them put over others. */
function replaced(runs: readonly Run[], by: readonly Run[]): Run[] {
  const rest = runs.flatMap((run) =>
    difference(
      [[run.from_cm, run.to_cm]],
      by.map(({ from_cm, to_cm }) => [from_cm, to_cm]),
    ).map(([from_cm, to_cm]) => ({ ...run, from_cm, to_cm })),
  );
  return [...rest, ...by].sort((a, b) => a.from_cm - b.from_cm);
}
