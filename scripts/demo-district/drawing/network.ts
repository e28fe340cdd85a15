import { crossing, footOnLine } from './polyline.ts';
import { boxesMeet, boxOf, distance, keyOf } from './shapes.ts';
import type { Box, Point } from './shapes.ts';

export type RoadClass = 'main' | 'secondary' | 'branch' | 'alley' | 'service' | 'path' | 'other';
export type RoadStatus = 'planned' | 'built' | 'handed_over';

/** A line of the drawing: a road, or a limit (river, district boundary, ditch) that only divides land. */
export interface Line {
  kind: 'road' | 'limit';
  name: string | null;
  roadClass: RoadClass;
  status: RoadStatus;
  oneway: boolean;
  /** 1 on bridges and flyovers. Lines of different layers meet only where one of them ends. */
  layer: number;
  /** What drew it ('plan', 'branch', 'rows', …): names, chiefs and issues differ by it. */
  origin: string;
  /** The alley, estate or village it belongs to, for names in series. */
  group: string | null;
  points: Point[];
}

export type Draft = Partial<Omit<Line, 'points'>> & { points: readonly Point[] };

/** All lines drawn so far. Wherever two meet at grade, both have a vertex with the very same coordinates. */
export interface Network {
  lines: Line[];
  boxes: Map<Line, Box>;
}

/** Nearer than this to an existing vertex, a new crossing uses that vertex: real networks have no 1 m edges. */
const snapMetres = 2.5;
/** An end this near a line is meant to touch it. */
const touchMetres = 0.5;

export function emptyNetwork(): Network {
  return { lines: [], boxes: new Map() };
}

/** Draws a line and gives it and every line it meets a common vertex at each meeting. */
export function addLine(network: Network, draft: Draft): Line {
  const line: Line = {
    kind: 'road',
    name: null,
    roadClass: 'branch',
    status: 'handed_over',
    oneway: false,
    layer: 0,
    origin: 'plan',
    group: null,
    ...draft,
    points: withoutRepeats(draft.points),
  };
  // Snapping a crossing to a vertex bends the line by up to 2.5 m, which may make it meet another: look again.
  const shared = new Set<string>();
  for (let round = 0; round < 4; round++) {
    const before = line.points.map(keyOf).join(' ');
    for (const other of linesNear(network, boxOf(line.points, 1))) meet(network, line, other, shared);
    line.points = withoutRepeats(line.points);
    if (line.points.map(keyOf).join(' ') === before) break;
  }
  network.lines.push(line);
  network.boxes.set(line, boxOf(line.points));
  return line;
}

export function linesNear(network: Network, box: Box): Line[] {
  return network.lines.filter((line) => boxesMeet(network.boxes.get(line) as Box, box));
}

export function removeLine(network: Network, line: Line): void {
  network.lines.splice(network.lines.indexOf(line), 1);
  network.boxes.delete(line);
}

/** Roads meeting at a place: each with the index of the vertex there. */
export function roadsAt(network: Network, point: Point): { line: Line; index: number }[] {
  const key = keyOf(point);
  return linesNear(network, boxOf([point], 0.01)).flatMap((line) => {
    const index = line.kind === 'road' ? line.points.findIndex((vertex) => keyOf(vertex) === key) : -1;
    return index < 0 ? [] : [{ line, index }];
  });
}

function meet(network: Network, line: Line, other: Line, shared: Set<string>): void {
  for (const hit of meetings(line, other)) {
    const vertex = vertexAt(other, hit);
    passThrough(line, vertex, shared);
    shared.add(keyOf(vertex));
    network.boxes.set(other, boxOf(other.points));
  }
}

function meetings(line: Line, other: Line): Point[] {
  const [mine, theirs] = [line.points, other.points];
  const hits: Point[] = [];
  if (line.layer === other.layer) {
    for (let i = 0; i < mine.length - 1; i++) {
      const [a, b] = [mine[i] as Point, mine[i + 1] as Point];
      const box = boxOf([a, b]);
      for (let j = 0; j < theirs.length - 1; j++) {
        const [c, d] = [theirs[j] as Point, theirs[j + 1] as Point];
        if (!boxesMeet(box, boxOf([c, d]))) continue;
        const hit = crossing(a, b, c, d);
        if (hit !== null) hits.push(hit.point);
      }
    }
  }
  for (const end of [mine[0] as Point, mine.at(-1) as Point]) {
    const foot = footOnLine(end, theirs);
    if (foot.metres < touchMetres) hits.push(foot.point);
  }
  for (const end of [theirs[0] as Point, theirs.at(-1) as Point]) {
    if (footOnLine(end, mine).metres < touchMetres) hits.push(end);
  }
  return hits;
}

/** The line's own vertex near a place on it, made if there is none. */
function vertexAt(line: Line, place: Point): Point {
  const near = line.points.toSorted((a, b) => distance(a, place) - distance(b, place))[0];
  if (near !== undefined && distance(near, place) < snapMetres) return near;
  const foot = footOnLine(place, line.points);
  const vertex = rounded(foot.point);
  line.points.splice(foot.segment + 1, 0, vertex);
  return vertex;
}

/** Makes the line pass through another line's vertex; its own nearest vertex moves there when close and not yet shared. */
function passThrough(line: Line, vertex: Point, shared: ReadonlySet<string>): void {
  const key = keyOf(vertex);
  if (line.points.some((own) => keyOf(own) === key)) return;
  const foot = footOnLine(vertex, line.points);
  for (const index of [foot.segment, foot.segment + 1]) {
    const own = line.points[index] as Point;
    if (distance(own, vertex) < snapMetres + touchMetres && !shared.has(keyOf(own))) {
      line.points[index] = vertex;
      return;
    }
  }
  line.points.splice(foot.segment + 1, 0, vertex);
}

function withoutRepeats(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const exact = rounded(point);
    const before = kept.at(-1);
    if (before === undefined || keyOf(before) !== keyOf(exact)) kept.push(exact);
  }
  return kept;
}

/** Millimetres, so that equal places are equal numbers. */
export function rounded(point: Point): Point {
  return [Math.round(point[0] * 1000) / 1000, Math.round(point[1] * 1000) / 1000];
}
