/** A licensed base map, when the district's settings name one. GCJ-02 tiles are laid where they belong. */
import gcoordModule from 'gcoord';
import TileLayer from 'ol/layer/Tile.js';
import LayerGroup from 'ol/layer/Group.js';
import { addCoordinateTransforms, addProjection, fromLonLat, get as projection, toLonLat } from 'ol/proj.js';
import Projection from 'ol/proj/Projection.js';
import XYZ from 'ol/source/XYZ.js';
import type { Settings } from '../../api/settings.contract.ts';
import { order } from '../layers/layer.ts';

type Place = [number, number];
// gcoord's types promise an ES default export inside what is already that object.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

export function baseMapLayer(settings: NonNullable<Settings['base_map']>): LayerGroup {
  if (settings.crs === 'gcj02') registerGcj02();
  const group = new LayerGroup({
    visible: false,
    layers: settings.urls.map(
      (url) =>
        new TileLayer({
          opacity: 0.82,
          source: new XYZ({
            url,
            attributions: settings.attribution,
            projection: settings.crs === 'gcj02' ? 'GCJ02:3857' : 'EPSG:3857',
            maxZoom: 18,
            crossOrigin: 'anonymous',
          }),
        }),
    ),
  });
  group.setZIndex(order.baseMap);
  for (const layer of group.getLayers().getArray()) layer.setZIndex(order.baseMap);
  return group;
}

/**
 * Mercator metres of GCJ-02, as Chinese tile services cut their tiles. OpenLayers cuts and bends the pictures into the
 * view (openlayers#3522); hair-thin seams between tiles remain unless the view itself is in GCJ-02 (openlayers#9146),
 * which would bend every vector instead.
 */
function registerGcj02(): void {
  if (projection('GCJ02:3857')) return;
  const mercator = projection('EPSG:3857')!;
  addProjection(new Projection({ code: 'GCJ02:3857', units: 'm', extent: mercator.getExtent(), global: true }));
  // gcoord knows GCJ-02 in degrees only, so the way leads over degrees.
  addCoordinateTransforms(
    'EPSG:3857',
    'GCJ02:3857',
    ([x, y]) => fromLonLat(gcoord.transform(toLonLat([x!, y!]) as Place, gcoord.WGS84, gcoord.GCJ02)),
    ([x, y]) => fromLonLat(gcoord.transform(toLonLat([x!, y!]) as Place, gcoord.GCJ02, gcoord.WGS84)),
  );
}
