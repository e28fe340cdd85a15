/** What is required and therefore to be walked, in quiet grey; what was walked lies over it. */
import VectorTileLayer from 'ol/layer/VectorTile.js';
import type { Role } from '../../api/http/shapes.ts';
import { notWalked } from '../map/colours.ts';
import { tileSource } from '../map/tile-source.ts';
import { roles } from '../state/state.ts';
import { order, type MapLayer } from './layer.ts';
import { widthByClass } from './roads.ts';

export type ToWalkLayer = MapLayer & {
  /** Of one chief, of one role, or of all. */
  narrow: (filters: { role: Role | null; chief: number | null }) => void;
};

export function toWalkLayer(): ToWalkLayer {
  const segments = tileSource('segments');
  // A tile holds the missing roles as a list, and expressions cannot look into one: the gaps of a role come by itself.
  const gaps = tileSource('gaps');
  const held = new VectorTileLayer({ source: segments.source, zIndex: order.toWalk, style: [] });
  const missing = new VectorTileLayer({ source: gaps.source, zIndex: order.toWalk, style: [] });
  return {
    layers: [held, missing],
    legend: [{ swatch: { shape: 'line', colour: notWalked, width: 3 }, words: (m) => m.legend.notWalked }],
    refresh: async () => {
      await Promise.all([segments.refresh(), gaps.refresh()]);
    },
    narrow({ role, chief }) {
      const asked = role === null ? roles : [role];
      const someone = asked.map((one) => (chief === null ? ['has', one] : ['==', ['get', one], chief]));
      const nobody = role === null && chief === null ? [['has', 'missing']] : [];
      const wanted = [...someone, ...nobody];
      // OpenLayers takes no `any` of one.
      held.setStyle(lines(wanted.length > 1 ? ['any', ...wanted] : wanted[0]!));
      const roleAlone = role !== null && chief === null;
      gaps.filter({ role });
      missing.setStyle(roleAlone ? lines(['has', 'role']) : []);
    },
  };
}

const lines = (filter: unknown[]): object[] => [
  { filter, style: { 'stroke-color': notWalked, 'stroke-width': ['*', 0.42, widthByClass(0.9)] } },
];
