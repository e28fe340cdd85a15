/** Faults of the road inventory (api/network/inventory-faults.ts) as standing faults. */
import type { Knex } from 'knex';
import { substring } from '../geometry/substring.ts';
import { linesToWkb, lineToWkb, pointToWkb } from '../geometry/wkb.ts';
import { metres } from '../http/units.ts';
import type { Disconnected } from '../network/disconnected.ts';
import { inventoryFaults } from '../network/inventory-faults.ts';
import type { InventoryFaults } from '../network/inventory-faults.ts';
import type { Network } from '../network/network.ts';
import { currentNetwork } from '../roads/road-network.ts';
import { inSlices } from './in-slices.ts';
import type { StandingFault } from './standing-faults.ts';

export async function lookAtInventory(db: Knex): Promise<StandingFault[]> {
  const { network } = await currentNetwork(db);
  const faults = await inSlices(inventoryFaults(network));
  return inSlices(standingFaults(network, faults));
}

/** Rows from one pause to the next. */
const ROWS_AT_ONCE = 200;

function* standingFaults(network: Network, faults: InventoryFaults): Generator<void, StandingFault[]> {
  const rows: StandingFault[] = [];
  for (const fault of ['unnamed', 'short'] as const) {
    for (const road of faults[fault]) {
      const { road_id, span } = wholeRoad(network, road);
      rows.push(stretchFault(network, { fault, key: `${fault} ${road_id}`, road, span }));
      if (rows.length % ROWS_AT_ONCE === 0) yield;
    }
  }
  const numbered = numbering();
  for (const { road, other, from_cm, to_cm, distance_m } of faults.duplicate) {
    const other_road_id = network.roadIds[other]!;
    const key = numbered(`duplicate ${network.roadIds[road]} ${other_road_id}`);
    const details = { distance_m: centimetric(distance_m) };
    rows.push(stretchFault(network, { fault: 'duplicate', key, road, span: [from_cm, to_cm], other_road_id, details }));
  }
  for (const { road, other, at_cm, other_at_cm, x, y, distance_m } of faults.end_gap) {
    const end = at_cm === 0 ? 'start' : 'end';
    const key = `end_gap ${network.roadIds[road]} ${end}`;
    const details = { end, at_m: metres(at_cm), other_at_m: metres(other_at_cm), distance_m: centimetric(distance_m) };
    rows.push(pointFault(network, { fault: 'end_gap', key, road, other, x, y, details }));
  }
  for (const { x, y, ...crossing } of inOrderOfIds(network, faults.crossing)) {
    const { road, other, at_cm, other_at_cm } = crossing;
    const key = numbered(`crossing ${network.roadIds[road]} ${network.roadIds[other]}`);
    const details = { at_m: metres(at_cm), other_at_m: metres(other_at_cm) };
    rows.push(pointFault(network, { fault: 'crossing', key, road, other, x, y, details }));
    if (rows.length % ROWS_AT_ONCE === 0) yield;
  }
  for (const part of faults.disconnected) rows.push(partFault(network, part));
  return rows;
}

const nothing = { other_road_id: null, zone_ids: [], area_m2: null, since: null };

type StretchAsked = {
  fault: string;
  key: string;
  road: number;
  span: [from_cm: number, to_cm: number];
  other_road_id?: number;
  details?: object;
};

function stretchFault(network: Network, asked: StretchAsked): StandingFault {
  const { fault, key, road, span, other_road_id = null, details = {} } = asked;
  const road_id = network.roadIds[road]!;
  const [from, to] = span;
  const whole = from === 0 && to === network.roadLengths_cm[road]!;
  const line = lineOf(network, road);
  return {
    ...nothing,
    fault,
    key,
    road_id,
    other_road_id,
    span,
    length_cm: to - from,
    wkb: lineToWkb(positions(whole ? line : substring(line, from, to, network.roadLengths_cm[road]))),
    details: { ...details },
    since_roads: other_road_id === null ? [road_id] : [road_id, other_road_id],
  };
}

type PointAsked = { fault: string; key: string; road: number; other: number; x: number; y: number; details: object };

function pointFault({ roadIds }: Network, { fault, key, road, other, x, y, details }: PointAsked): StandingFault {
  const [road_id, other_road_id] = [roadIds[road]!, roadIds[other]!];
  return {
    ...nothing,
    fault,
    key,
    road_id,
    other_road_id,
    span: null,
    length_cm: 0,
    wkb: pointToWkb([x, y]),
    details: { ...details },
    since_roads: [road_id, other_road_id],
  };
}

/** A part that hangs on nothing is one fault, told of its road with the least id. */
function partFault(network: Network, { roads, length_m, nearest }: Disconnected): StandingFault {
  const ids = roads.map((road) => network.roadIds[road]!).toSorted((a, b) => a - b);
  return {
    ...nothing,
    fault: 'disconnected',
    key: `disconnected ${ids[0]}`,
    road_id: ids[0]!,
    other_road_id: nearest && network.roadIds[nearest.other]!,
    span: null,
    length_cm: Math.round(100 * length_m),
    wkb: linesToWkb(roads.map((road) => positions(lineOf(network, road)))),
    details: {
      roads: ids.length,
      road_ids: ids,
      distance_m: nearest && centimetric(nearest.distance_m),
      other_at_m: nearest && metres(nearest.other_at_cm),
    },
    since_roads: ids,
  };
}

/** Each with its two roads in the order of their ids, and in the order in which the first one comes to them. */
function inOrderOfIds({ roadIds }: Network, crossings: InventoryFaults['crossing']): InventoryFaults['crossing'] {
  return crossings
    .map((one) =>
      roadIds[one.road]! < roadIds[one.other]!
        ? one
        : { ...one, road: one.other, other: one.road, at_cm: one.other_at_cm, other_at_cm: one.at_cm },
    )
    .toSorted((a, b) => roadIds[a.road]! - roadIds[b.road]! || a.at_cm - b.at_cm);
}

/** Tells several faults of one pair of roads apart: "…" is the first, "… 2" the second. */
function numbering(): (key: string) => string {
  const counts = new Map<string, number>();
  return (key) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? key : `${key} #${count}`;
  };
}

const wholeRoad = (network: Network, road: number): { road_id: number; span: [number, number] } => ({
  road_id: network.roadIds[road]!,
  span: [0, network.roadLengths_cm[road]!],
});

const lineOf = ({ xy, roadVertices }: Network, road: number): Float64Array =>
  xy.subarray(2 * roadVertices[road]!, 2 * roadVertices[road + 1]!);

const positions = (line: ArrayLike<number>): [number, number][] =>
  Array.from({ length: line.length / 2 }, (_, v) => [line[2 * v]!, line[2 * v + 1]!]);

/** Metres to the centimetre. */
const centimetric = (m: number): number => Math.round(100 * m) / 100;
