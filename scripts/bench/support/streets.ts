/** The roads that benchmarks run on: real ones where ../shared/data is there, else a grid. */
import { lineLengthCm } from '../../../api/geometry/line.ts';
import type { RoadInput } from '../../../api/network/network.ts';
import { dataFile, readStreets } from '../../../test/support/read-streets.ts';
import { road } from '../../../test/support/streets.ts';

/** 92,667 pieces of the streets of Wuhan in EPSG:4547, or as many of a grid. */
export async function wuhan(): Promise<{ name: string; roads: RoadInput[] }> {
  const file = dataFile('wuhan-2024/roads.osm.pbf');
  return file ? { name: 'Wuhan 2024', roads: await readStreets(file, 'EPSG:4547') } : grid(215);
}

/** 19,198 ways of inner Beijing in EPSG:4548, or as many pieces of a grid. */
export async function beijing(): Promise<{ name: string; roads: RoadInput[] }> {
  const file = dataFile('beijing-2013/roads.geojson');
  return file ? { name: 'Beijing 2013', roads: await readStreets(file, 'EPSG:4548', undefined, classOf) } : grid(98);
}

/** What a district would call a back street or alley; what is for motors alone; everything else is a branch road. */
function classOf({ highway }: Record<string, unknown>): string {
  if (['residential', 'service', 'living_street', 'track', 'unclassified'].includes(String(highway))) return 'alley';
  return /motorway|trunk|_link/.test(String(highway)) ? 'other' : 'branch';
}

/** Pieces of 80 m between the corners of a crooked grid. */
function grid(corners: number): { name: string; roads: RoadInput[] } {
  const at = (column: number, row: number): [number, number] => [
    500_000 + 80 * column + 20 * Math.sin(row),
    4_000_000 + 80 * row + 20 * Math.sin(column),
  ];
  const roads: RoadInput[] = [];
  for (let row = 0; row < corners; row++) {
    for (let column = 0; column < corners; column++) {
      const here = at(column, row);
      for (const there of [at(column + 1, row), at(column, row + 1)]) {
        roads.push(road(roads.length + 1, [...here, ...there]));
      }
    }
  }
  return { name: `grid of ${corners} × ${corners}, no real data here`, roads };
}

/** The same roads fewer or more times: the westernmost part of them, or copies side by side. */
export function scaled(roads: readonly RoadInput[], times: number): RoadInput[] {
  if (times <= 1) {
    const fromWest = roads.toSorted((a, b) => a.coordinates[0]! - b.coordinates[0]!);
    return fromWest.slice(0, Math.round(roads.length * times));
  }
  return Array.from({ length: times }, (_, copy) =>
    roads.map((one) => {
      const coordinates = Float64Array.from(one.coordinates, (value, i) =>
        i % 2 === 0 ? value + 200_000 * copy : value,
      );
      return { ...one, id: one.id + copy * 1_000_000, coordinates, length_cm: lineLengthCm(coordinates) };
    }),
  ).flat();
}

/** Positions up to 20 m from the streets in x and in y, as reports are: x, y, x, y, … */
export function positionsNear(roads: readonly RoadInput[], count: number, random: () => number): Float64Array {
  const positions = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const { coordinates } = roads[Math.floor(random() * roads.length)]!;
    const v = 2 * Math.floor(random() * (coordinates.length / 2 - 1));
    const t = random();
    positions[2 * i] = coordinates[v]! + t * (coordinates[v + 2]! - coordinates[v]!) + 40 * (random() - 0.5);
    positions[2 * i + 1] =
      coordinates[v + 1]! + t * (coordinates[v + 3]! - coordinates[v + 1]!) + 40 * (random() - 0.5);
  }
  return positions;
}
