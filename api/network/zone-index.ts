/**
 * The zones of one level, ready to be asked by position: which zone holds a place, which boundaries are near.
 * It stands here and not in geometry/ because it needs a spatial index, and geometry/ imports nothing.
 */
import Flatbush from 'flatbush';
import { extentOf } from '../geometry/extent.ts';
import { nearestOnSegment } from '../geometry/locate.ts';
import { inPolygon } from '../geometry/polygon.ts';
import type { MultiPolygon, Polygon } from '../geometry/polygon.ts';
import type { ZoneSource } from '../geometry/zones-beside.ts';

/**
 * @param zones their polygons as flat rings in metres; the position in this list is the number of the zone. Where two of
 *   one level overlap, the place belongs to the one that stands first (the overlap itself is reported elsewhere).
 */
export function createZoneIndex(zones: readonly MultiPolygon[]): ZoneSource {
  const parts: { zone: number; polygon: Polygon }[] = [];
  const edges: number[] = [];
  const edgeZones: number[] = [];
  for (const [zone, polygons] of zones.entries()) {
    for (const polygon of polygons) {
      parts.push({ zone, polygon });
      for (const ring of polygon) {
        for (let i = 0; i < ring.length; i += 2) {
          const next = i + 2 < ring.length ? i + 2 : 0;
          if (ring[i] === ring[next] && ring[i + 1] === ring[next + 1]) continue; // a closed ring's last step
          edges.push(ring[i]!, ring[i + 1]!, ring[next]!, ring[next + 1]!);
          edgeZones.push(zone);
        }
      }
    }
  }
  const flatEdges = Float64Array.from(edges);
  const partBoxes = packed(parts.map(({ polygon }) => extentOf(polygon[0]!)));
  const edgeBoxes = packed(edgeZones.map((_, edge) => extentOf(flatEdges, 4 * edge, 4 * edge + 4)));
  const edgesIn: ZoneSource['edgesIn'] = (...box) => edgeBoxes?.search(...box) ?? [];

  return {
    edges: flatEdges,
    edgesIn,
    zoneAt(x, y) {
      const near = partBoxes?.search(x, y, x, y) ?? [];
      const holding = near.filter((part) => inPolygon(parts[part]!.polygon, x, y));
      return holding.length === 0 ? -1 : parts[Math.min(...holding)]!.zone;
    },
    nearestZone(x, y, within) {
      let nearest = within;
      let zone = -1;
      for (const edge of edgesIn(x - within, y - within, x + within, y + within)) {
        const ends = flatEdges.subarray(4 * edge, 4 * edge + 4);
        const t = nearestOnSegment(ends, 0, x, y);
        const distance = Math.hypot(ends[0]! + t * (ends[2]! - ends[0]!) - x, ends[1]! + t * (ends[3]! - ends[1]!) - y);
        const found = edgeZones[edge]!;
        if (distance < nearest || (distance === nearest && (zone === -1 || found < zone))) {
          nearest = distance;
          zone = found;
        }
      }
      return zone;
    },
  };
}

/** A packed tree over boxes; undefined for none, because Flatbush refuses to hold nothing. */
function packed(boxes: readonly (readonly [number, number, number, number])[]): Flatbush | undefined {
  if (boxes.length === 0) return undefined;
  const tree = new Flatbush(boxes.length);
  for (const box of boxes) tree.add(...box);
  tree.finish();
  return tree;
}
