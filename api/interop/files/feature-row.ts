/** One GeoJSON object, a Feature or a bare geometry, as a row; or why it cannot be one. */
import type { Geometry } from 'geojson';
import { isFeature, isGeometryObject } from 'geojson-validation';
import type { RejectedRow, SourceRow } from './source-file.ts';

export function featureRow(value: unknown, row: number): SourceRow | RejectedRow {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { row, rejected: `a GeoJSON Feature was expected, ${shown(value)} came` };
  const object = value as Record<string, unknown>;
  if (object.type !== 'Feature') return bareGeometry(object, row);
  const faults = [...isFeature(object, true), ...contradictions(object, ['coordinates', 'geometries', 'features'])];
  const geometry = object.geometry as Geometry | null;
  if (geometry) faults.push(...contradictions(geometry, ['geometry', 'properties', 'features']));
  const properties = object.properties;
  if (properties !== null && (typeof properties !== 'object' || Array.isArray(properties)))
    faults.push(`"properties" must be an object or null, ${shown(properties)} came`);
  if (faults.length > 0) return { row, rejected: faults.slice(0, 3).join('; ') };
  return { row, geometry, properties: withId(object.id, properties as Record<string, unknown> | null) };
}

function bareGeometry(object: Record<string, unknown>, row: number): SourceRow | RejectedRow {
  if (object.type === 'FeatureCollection')
    return { row, rejected: 'a FeatureCollection stands where one Feature was expected' };
  const faults = [...isGeometryObject(object, true), ...contradictions(object, ['geometry', 'properties', 'features'])];
  return faults.length > 0
    ? { row, rejected: faults.slice(0, 3).join('; ') }
    : { row, geometry: object as unknown as Geometry, properties: {} };
}

/** RFC 7946, 7.1: members that give one type's meaning to another; which of the two was meant is not ours to guess. */
const contradictions = (object: object, members: string[]): string[] =>
  members
    .filter((member) => member in object)
    .map((member) => `"${member}" does not belong into a ${String((object as { type?: unknown }).type)}`);

/** The id of a Feature stands beside its properties; columns are guessed among properties, so it joins them. */
function withId(id: unknown, properties: Record<string, unknown> | null): Record<string, unknown> {
  const own = properties ?? {};
  const hasOne = id === undefined || id === null || 'id' in own || '@id' in own;
  return hasOne ? own : { id, ...own };
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 60);
