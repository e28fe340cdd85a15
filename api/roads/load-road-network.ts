/**
 * Reads the road network and what is needed to speak about it out of the tables.
 *
 * Planned roads are left out: nothing happens yet on a road that is not there, and a plan often lies on the street it
 * will replace. Built roads that are not handed over stay in: trouble on them is real, though nobody's duty yet (R5).
 */
import type { Knex } from 'knex';
import { extentOf, type Extent } from '../geometry/extent.ts';
import { sidesToRange, type Side } from '../geometry/side.ts';
import { readRange } from '../http/units.ts';
import { buildNetwork, type Network, type RoadInput } from '../network/network.ts';
import { districtCrs, type DistrictCrs } from './district-crs.ts';

export type RoadNetwork = {
  /** Of the roads in data_versions. */
  version: number;
  zones_version: number;
  network: Network;
  place: DistrictPlace;
  /** The zones on one side of a road, in some words: the same on both sides unless a boundary runs along it there. */
  zoneAt: (road_id: number, measure_cm: number, side: Side) => string;
};

/** Where a district is: its CRS, and the extent of its roads in metres (null while there are none). */
export type DistrictPlace = DistrictCrs & { extent: Extent | null };

/** Which network the tables hold: the object id of `roads` names both the schema and its making. */
export type NetworkState = { key: string; roads: number; zones: number };

export async function networkState(db: Knex): Promise<NetworkState> {
  const { rows } = await db.raw<{ rows: NetworkState[] }>(
    `select 'roads'::regclass::oid::text as key, r.version as roads, z.version as zones
     from data_versions r, data_versions z where r.kind = 'roads' and z.kind = 'zones'`,
  );
  return rows[0]!;
}

export const isOf = (network: RoadNetwork, { roads, zones }: NetworkState): boolean =>
  network.version === roads && network.zones_version === zones;

type RoadRow = { id: number; name: string | null; class: string; layer: number; length_cm: number; wkb: Buffer };

/**
 * Loads the network of a state: 0.8 s of CPU here for 92,667 roads, and as much in the database. Each question sees what
 * is committed when it starts, so all are asked again when a write came between them.
 */
export async function loadNetwork(db: Knex, state: NetworkState): Promise<RoadNetwork> {
  const { rows } = await db.raw<{ rows: RoadRow[] }>(
    `select id, name, class, layer, length_cm, st_asbinary(geom, 'NDR') as wkb
     from roads where status <> 'planned' order by id`,
  );
  const nodes = await nodesByRoad(db);
  const zoneAt = await zonesBesideRoads(db);
  const crs = await districtCrs(db);
  const after = await networkState(db);
  if (after.roads !== state.roads || after.zones !== state.zones) return loadNetwork(db, after);

  const roads = rows.map(({ wkb, ...road }): RoadInput => {
    const passed = nodes.get(road.id);
    return { ...road, coordinates: lineCoordinates(wkb), ...(passed && { nodes: passed }) };
  });
  const network = buildNetwork(roads, state.roads);
  return {
    version: state.roads,
    zones_version: state.zones,
    network,
    place: { ...crs, extent: roads.length > 0 ? extentOf(network.xy) : null },
    zoneAt,
  };
}

/** x, y, x, y, … of a line as little-endian WKB: a byte order, a type, a count, then doubles. */
function lineCoordinates(wkb: Buffer): Float64Array {
  const coordinates = new Float64Array(2 * wkb.readUInt32LE(5));
  for (let i = 0; i < coordinates.length; i += 1) coordinates[i] = wkb.readDoubleLE(9 + 8 * i);
  return coordinates;
}

type Node = { node_id: number; at_cm: number };

async function nodesByRoad(db: Knex): Promise<Map<number, Node[]>> {
  const rows = await db('road_nodes').select<(Node & { road_id: number })[]>('road_id', 'node_id', 'at_cm');
  const nodes = new Map<number, Node[]>();
  for (const { road_id, ...node } of rows) push(nodes, road_id, node);
  return nodes;
}

/** Only stretches on one side are read: a zone on both sides makes no difference between them. */
async function zonesBesideRoads(db: Knex): Promise<RoadNetwork['zoneAt']> {
  const rows = await db('zone_stretches')
    .whereIn('level', ['town', 'community'])
    .whereNot('sides', '[0,2)')
    .orderBy(['road_id', 'zone_id'])
    .select<{ road_id: number; zone_id: number; span: string; sides: string }[]>('road_id', 'zone_id', 'span', 'sides');
  const stretches = new Map<number, { zone_id: number; from: number; to: number; side: number }[]>();
  for (const { road_id, zone_id, span, sides } of rows) {
    const [from, to] = readRange(span);
    push(stretches, road_id, { zone_id, from, to, side: readRange(sides)[0] });
  }
  return (road_id, measure_cm, side) =>
    (stretches.get(road_id) ?? [])
      .filter(
        (stretch) => stretch.from <= measure_cm && measure_cm < stretch.to && stretch.side === sidesToRange(side)[0],
      )
      .map(({ zone_id }) => zone_id)
      .join();
}

function push<Value>(lists: Map<number, Value[]>, key: number, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
