/** Roads for tests of the network, in metres. */
import { lineLengthCm } from '../../api/geometry/line.ts';
import { locate } from '../../api/geometry/locate.ts';
import { buildNetwork } from '../../api/network/network.ts';
import type { Network, RoadInput } from '../../api/network/network.ts';

/** A branch road on the ground unless told otherwise. */
export function road(id: number, coordinates: number[], more: Partial<RoadInput> = {}): RoadInput {
  return { id, class: 'branch', name: null, layer: 0, coordinates, length_cm: lineLengthCm(coordinates), ...more };
}

export const network = (...roads: RoadInput[]): Network => buildNetwork(roads, 1);

/**
 * A square kilometre of town: branch roads every 250 m, a main road through its middle with a frontage lane 20 m beside
 * it, and in each of the 16 blocks three alleys, one of them a dead end. 77 roads, 32 km.
 */
export function town(random: () => number): RoadInput[] {
  const roads: RoadInput[] = [];
  const add = (roadClass: string, ...coordinates: number[]): void => {
    roads.push(road(roads.length + 1, coordinates, { class: roadClass }));
  };
  for (let i = 0; i <= 4; i++) {
    const at = 250 * i;
    const crossings = [0, 250, 500, 750, 1000];
    add(i === 2 ? 'main' : 'branch', ...crossings.flatMap((x) => [x, at]));
    add('branch', ...crossings.flatMap((y) => [at, y]));
  }
  add('service', 250, 500, 262, 520, 738, 520, 750, 500);
  for (let block = 0; block < 16; block++) {
    const [x, y] = [250 * (block % 4), 250 * Math.floor(block / 4)];
    const [a, b, c] = [60 + 30 * random(), 130 + 30 * random(), 60 + 100 * random()];
    add('alley', x, y + a, x + 120, y + a + 10 * random(), x + 250, y + a);
    add('alley', x, y + b, x + 250, y + b);
    add('alley', x + c, y + b, x + c, y + b + 60);
    add('path', x + c + 20, y + b, x + c + 20, y + 250);
  }
  return roads.map((one) => withVerticesAtEnds(one, roads));
}

/** A road with a vertex wherever another one ends on it, so that they meet. */
function withVerticesAtEnds(one: RoadInput, roads: readonly RoadInput[]): RoadInput {
  const ends = roads.flatMap(({ coordinates: line }) => [
    [line[0]!, line[1]!],
    [line[line.length - 2]!, line[line.length - 1]!],
  ]);
  const coordinates = Array.from(one.coordinates);
  for (const [x, y] of ends) {
    const { offset_m, segment } = locate(coordinates, x!, y!);
    const isVertex = coordinates.some((at, i) => i % 2 === 0 && at === x && coordinates[i + 1] === y);
    if (offset_m < 1e-6 && !isVertex) coordinates.splice(2 * segment + 2, 0, x!, y!);
  }
  return { ...one, coordinates };
}
