/** Walks over the positions of any GeoJSON geometry. */
import type { Geometry } from 'geojson';
import type { Position } from '../../geometry/crs.ts';

/** The same geometry with each position replaced; a third number (height) and members beside the coordinates go. */
export function mapPositions(geometry: Geometry, change: (position: Position) => Position): Geometry {
  if (geometry.type === 'GeometryCollection')
    return { type: geometry.type, geometries: geometry.geometries.map((part) => mapPositions(part, change)) };
  return { type: geometry.type, coordinates: mapNested(geometry.coordinates, change) } as Geometry;
}

type Nested = number[] | Nested[];

function mapNested(nested: Nested, change: (position: Position) => Position): Nested {
  if (typeof nested[0] === 'number') return change([nested[0], nested[1] as number]);
  return (nested as Nested[]).map((part) => mapNested(part, change));
}

export function eachPosition(geometry: Geometry, look: (position: Position) => void): void {
  mapPositions(geometry, (position) => {
    look(position);
    return position;
  });
}
