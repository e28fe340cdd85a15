/** geojson-validation ships no types; declared is what we use. With `trace` it answers with what is wrong and where. */
declare module 'geojson-validation' {
  export function isFeature(value: unknown, trace: true): string[];
  export function isGeometryObject(value: unknown, trace: true): string[];
}
