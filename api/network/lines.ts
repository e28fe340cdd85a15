/**
 * Roads laid out as flat typed arrays: what every road and every vertex has.
 *
 * A road is known by its number, its place in the arrays (not its id). Vertices are numbered through all roads, and
 * segment v runs from vertex v to v + 1 of one road, so a segment needs no table of its own; the last vertex of a road
 * begins none.
 */
import { halfWidth } from './road-width.ts';
import { shared, sharedZeros } from './shared.ts';

export type RoadInput = {
  id: number;
  class: string;
  name: string | null;
  /** 0 on the ground, 1 and more on bridges, -1 and less in tunnels. */
  layer: number;
  /** x, y, x, y, … in a metric CRS. */
  coordinates: ArrayLike<number>;
  /** The road's own length; measures run from 0 to it. */
  length_cm: number;
  /** Where the road meets others. Without them it meets what shares one of its vertices, equal to the millimetre. */
  nodes?: readonly { node_id: number; at_cm: number }[];
};

export type Lines = {
  readonly roadIds: Float64Array;
  readonly roadClasses: readonly string[];
  readonly roadNames: readonly (string | null)[];
  readonly roadLayers: Int16Array;
  readonly roadLengths_cm: Float64Array;
  /** Metres from the centreline to the edge of the street, by class. */
  readonly roadHalfWidths: Float32Array;
  /** Centimetres of measure for each metre of line: 100, but for what rounding and projecting do to a length. */
  readonly roadScales: Float64Array;
  /** The half-width of the widest street. */
  readonly widest_m: number;
  /** Road r has the vertices from roadVertices[r] up to roadVertices[r + 1]. */
  readonly roadVertices: Uint32Array;

  /** x, y of each vertex. */
  readonly xy: Float64Array;
  /** Metres from the start of its road, of each vertex. */
  readonly along: Float64Array;
  readonly vertexRoads: Uint32Array;
};

export const roadCount = (lines: Lines): number => lines.roadIds.length;

/** Metres of line of a road. */
export const lengthOf = (lines: Lines, road: number): number => lines.along[lines.roadVertices[road + 1]! - 1]!;

/** The whole measure at a distance in metres from the start of a road. */
export const measureAt = (lines: Lines, road: number, distance: number): number =>
  Math.round(distance * lines.roadScales[road]!);

/** @throws RangeError for a road without two places, with a coordinate that is no number, or without length. */
export function layOut(roads: readonly RoadInput[]): Lines {
  const roadVertices = sharedZeros(Uint32Array, roads.length + 1);
  for (const [road, input] of roads.entries()) {
    const coordinates = input.coordinates.length;
    if (coordinates < 4 || coordinates % 2 === 1) throw unusable(input, 'not two for each of two places or more');
    roadVertices[road + 1] = roadVertices[road]! + coordinates / 2;
  }
  const vertices = roadVertices[roads.length]!;
  const xy = sharedZeros(Float64Array, 2 * vertices);
  const along = sharedZeros(Float64Array, vertices);
  const vertexRoads = sharedZeros(Uint32Array, vertices);
  const roadScales = sharedZeros(Float64Array, roads.length);
  for (const [road, input] of roads.entries()) {
    const [from, to] = [roadVertices[road]!, roadVertices[road + 1]!];
    xy.set(input.coordinates, 2 * from);
    vertexRoads.fill(road, from, to);
    for (let v = from + 1; v < to; v++) {
      const dx = xy[2 * v]! - xy[2 * v - 2]!;
      const dy = xy[2 * v + 1]! - xy[2 * v - 1]!;
      along[v] = along[v - 1]! + Math.sqrt(dx * dx + dy * dy);
    }
    checkRoad(input, along[to - 1]!);
    roadScales[road] = input.length_cm / along[to - 1]!;
  }
  return {
    roadIds: shared(
      Float64Array,
      roads.map((road) => road.id),
    ),
    roadClasses: roads.map((road) => road.class),
    roadNames: roads.map((road) => road.name),
    roadLayers: shared(
      Int16Array,
      roads.map((road) => road.layer),
    ),
    roadLengths_cm: shared(
      Float64Array,
      roads.map((road) => road.length_cm),
    ),
    roadHalfWidths: shared(
      Float32Array,
      roads.map((road) => halfWidth(road.class)),
    ),
    roadScales,
    widest_m: roads.reduce((widest, road) => Math.max(widest, halfWidth(road.class)), 0),
    roadVertices,
    xy,
    along,
    vertexRoads,
  };
}

function checkRoad(road: RoadInput, length: number): void {
  // A coordinate that is no number makes a length that is none.
  if (road.length_cm > 0 && length > 0 && length < Infinity) return;
  throw unusable(road, `${length} m of line and ${road.length_cm} cm by its record`);
}

const unusable = ({ id, coordinates }: RoadInput, but: string): RangeError =>
  new RangeError(
    `road ${id} has ${coordinates.length} coordinates, ${but}; expected x and y of two places or more, finite and apart`,
  );
