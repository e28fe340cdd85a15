/**
 * Links cut into cells of about equal length, as coarse as a matcher can afford: it asks in which cell a walker was.
 * Cut when first asked for, because a track sees a small part of a city.
 */
import { grown } from './grown.ts';
import type { Links } from './links.ts';
import type { Network } from './network.ts';

export type Cells = {
  /** Forgets all cells if they were cut to another length. */
  cutTo(spacing_m: number): void;
  /** The number of the first cell of a link; its others follow. */
  firstOf(link: number): number;
  /** How many cells a link has that was asked for. */
  readonly counts: Int32Array;
  /** x, y of the middle of a cell. Grows, so it is read anew after firstOf. */
  xy(): Float64Array;
};

export function createCells(network: Network, { lengths, starts }: Links): Cells {
  const { xy, along, roadVertices, passageRoads } = network;
  const counts = new Int32Array(lengths.length);
  const first = new Int32Array(lengths.length).fill(-1);
  let middles = new Float64Array(8192);
  let cells = 0;
  let spacing = 0;

  function cut(link: number): number {
    const n = Math.max(1, Math.round(lengths[link]! / spacing));
    middles = grown(middles, 2 * (cells + n));
    const road = passageRoads[link]!;
    const last = roadVertices[road + 1]! - 2;
    let v = roadVertices[road]!;
    for (let c = 0; c < n; c++) {
      const at = starts[link]! + ((c + 0.5) * lengths[link]!) / n;
      while (v < last && along[v + 1]! < at) v++;
      const run = along[v + 1]! - along[v]!;
      const t = run > 0 ? Math.min(1, (at - along[v]!) / run) : 0;
      middles[2 * (cells + c)] = xy[2 * v]! + t * (xy[2 * v + 2]! - xy[2 * v]!);
      middles[2 * (cells + c) + 1] = xy[2 * v + 1]! + t * (xy[2 * v + 3]! - xy[2 * v + 1]!);
    }
    counts[link] = n;
    first[link] = cells;
    cells += n;
    return first[link];
  }

  return {
    counts,
    xy: () => middles,
    firstOf: (link) => (first[link] === -1 ? cut(link) : first[link]!),
    cutTo(spacing_m) {
      if (spacing_m === spacing) return;
      spacing = spacing_m;
      first.fill(-1);
      cells = 0;
    },
  };
}
