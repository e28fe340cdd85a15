/**
 * Reads the road network and what is needed to speak about it out of the tables.
 *
 * Planned roads are left out: nothing happens yet on a road that is not there, and a plan often lies on the street it
 * will replace. Built roads that are not handed over stay in: trouble on them is real, though nobody's duty yet (R5).
 */
import { debuglog } from 'node:util';
import type { Knex } from 'knex';
import { extentOf, extentUnion, type Extent } from '../geometry/extent.ts';
import { sidesToRange, type Side } from '../geometry/side.ts';
import { readRange } from '../http/units.ts';
import { describeNetwork } from '../network/describe.ts';
import { inSpatialOrder } from '../network/hilbert.ts';
import { buildNetwork, type Network, type RoadInput } from '../network/network.ts';
import { updateNetwork } from '../network/update.ts';
import { districtCrs, type DistrictCrs } from './district-crs.ts';
import { knownNodes, nodesByRoad, type GivenNodes, type NodeRow } from './given-nodes.ts';
import { changesBetween, readMarks, type RoadMarks } from './road-marks.ts';

export type RoadNetwork = {
  /** Of the roads in data_versions. */
  version: number;
  zones_version: number;
  network: Network;
  /** What its rows were, to notice later which of them have changed. */
  marks: RoadMarks;
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

/** Above this share of changed roads they are all read: a repacked network is as much work as a new one. */
const FEW = 0.05;

const log = debuglog('luzhang');

/**
 * The network of a state: read whole (0.8 s of CPU here for 92,667 roads, and as much in the database), or made out of an
 * earlier one and the roads that have changed since (40 ms, and 0.2 s in the database). Each question sees what is
 * committed when it starts, so all are asked again when a write came between them. NODE_DEBUG=luzhang tells what was done.
 */
export async function loadNetwork(db: Knex, state: NetworkState, earlier: RoadNetwork | null): Promise<RoadNetwork> {
  const start = performance.now();
  const marks = await readMarks(db);
  const changes = earlier && changesBetween(earlier.marks, marks);
  const few = changes && changes.changed.size + changes.removed.length <= FEW * (marks.rows.length / 2);
  const network = few ? await updated(db, earlier.network, changes, state.roads) : await whole(db, state.roads);
  const zoneAt = await zonesBesideRoads(db);
  const crs = await districtCrs(db);
  const after = await networkState(db);
  if (after.roads !== state.roads || after.zones !== state.zones) return loadNetwork(db, after, earlier);
  const how = few ? `${changes.changed.size} changed and ${changes.removed.length} removed` : 'all read';
  log('network %d: %s, %o, %d ms', state.roads, how, describeNetwork(network), Math.round(performance.now() - start));
  return {
    version: state.roads,
    zones_version: state.zones,
    network,
    marks,
    place: { ...crs, extent: extentOfRoads(network) },
    zoneAt,
  };
}

async function whole(db: Knex, version: number): Promise<Network> {
  const { rows } = await db.raw<{ rows: RoadRow[] }>(`${roadsAsked} order by id`);
  const nodes = nodesByRoad(await db('road_nodes').select<NodeRow[]>('road_id', 'node_id', 'at_cm'));
  return buildNetwork(inSpatialOrder(rows.map((row) => roadInput(row, nodes))), version);
}

async function updated(
  db: Knex,
  network: Network,
  { changed, removed }: ReturnType<typeof changesBetween>,
  version: number,
): Promise<Network> {
  if (changed.size + removed.length === 0) return { ...network, version };
  const ids = [...changed];
  const { rows } = await db.raw<{ rows: RoadRow[] }>(`${roadsAsked} and id = any (?) order by id`, [ids]);
  const { rows: nodes } = await db.raw<{ rows: NodeRow[] }>(
    `select road_id, node_id, at_cm from road_nodes
     where node_id in (select node_id from road_nodes where road_id = any (?))`,
    [ids],
  );
  const known = knownNodes(network, nodes, new Set([...changed, ...removed]));
  return updateNetwork(network, { changed: rows.map((row) => roadInput(row, known)), removed }, version);
}

const roadsAsked = `select id, name, class, layer, length_cm, st_asbinary(geom, 'NDR') as wkb
  from roads where status <> 'planned'`;

/** Without nodes a road meets none: they are derived from all roads. */
const roadInput = ({ wkb, ...road }: RoadRow, nodes: GivenNodes): RoadInput => ({
  ...road,
  coordinates: lineCoordinates(wkb),
  nodes: nodes.get(road.id) ?? [],
});

/** Of the roads that are not gone. */
function extentOfRoads({ roadGone, roadVertices, xy }: Network): Extent | null {
  let extent: Extent | null = null;
  for (let road = 0; road < roadGone.length; road++) {
    if (roadGone[road] === 1) continue;
    const own = extentOf(xy, 2 * roadVertices[road]!, 2 * roadVertices[road + 1]!);
    extent = extent ? extentUnion(extent, own) : own;
  }
  return extent;
}

/** x, y, x, y, … of a line as little-endian WKB: a byte order, a type, a count, then doubles. */
function lineCoordinates(wkb: Buffer): Float64Array {
  const coordinates = new Float64Array(2 * wkb.readUInt32LE(5));
  for (let i = 0; i < coordinates.length; i += 1) coordinates[i] = wkb.readDoubleLE(9 + 8 * i);
  return coordinates;
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
