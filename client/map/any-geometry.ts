/** Geometry as the API gives it, whatever it is: a stretch is a line, a hole between zones a polygon, a fault may be a point. */
import GeoJSON from 'ol/format/GeoJSON.js';
import type Geometry from 'ol/geom/Geometry.js';
import type { Gap } from '../../api/coverage/coverage.contract.ts';

export type AnyGeometry = Gap['geometry'];

const format = new GeoJSON();

/** For the map, in Mercator metres. */
export const onMap = (geometry: AnyGeometry): Geometry =>
  format.readGeometry(geometry, { featureProjection: 'EPSG:3857' }) as Geometry;

type Nested = number | readonly Nested[];

/** All its positions, longitude and latitude. */
export function positionsOf({ coordinates }: AnyGeometry): number[][] {
  const found: number[][] = [];
  const walk = (nested: Nested): void => {
    if (typeof nested === 'number') return;
    if (typeof nested[0] === 'number') found.push([...(nested as number[])]);
    else for (const inner of nested) walk(inner);
  };
  walk(coordinates);
  return found;
}
