import { roadCount } from './lines.ts';
import type { Network } from './network.ts';

export type NetworkSize = { roads: number; vertices: number; megabytes: number };

/** How large a network is: roads that are not gone, and the memory of its arrays. Names and maps of ids come on top, a tenth. */
export function describeNetwork(network: Network): NetworkSize {
  const gone = network.roadGone.reduce((count, is) => count + is, 0);
  let bytes = 0;
  for (const value of [...Object.values(network), ...network.indexes.flatMap((index) => Object.values(index).flat())]) {
    if (ArrayBuffer.isView(value)) bytes += value.byteLength;
  }
  return {
    roads: roadCount(network) - gone,
    vertices: network.xy.length / 2,
    megabytes: Math.round(bytes / 1e5) / 10,
  };
}
