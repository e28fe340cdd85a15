/**
 * Blind spots of the kind `unregistered`: ways that people walk and report from where no registered road is (R8), as
 * standing faults. What is found is the kernel's (network/unregistered.ts); here is what it is asked about, and what makes
 * a gathering the same one when it is looked at again with one walk more.
 */
import type { Knex } from 'knex';
import { sqlFile } from '../database/sql-file.ts';
import { readWkbLine } from '../geometry/read-wkb.ts';
import { lineToWkb, pairs, ringToWkb } from '../geometry/wkb.ts';
import { lookForUnregistered } from '../network/unregistered.ts';
import type { LoneReport, OffRoadLine, Unregistered } from '../network/unregistered.ts';
import { currentNetwork } from '../roads/road-network.ts';
import { inSlices } from './in-slices.ts';

/** A row of standing_faults. */
export type UnregisteredFault = {
  fault: Unregistered['fault'];
  key: string;
  road_id: null;
  other_road_id: null;
  span: null;
  zone_ids: number[];
  /** Of the proposed line. */
  length_cm: number;
  /** Of the area, where no line can be proposed. */
  area_m2: number | null;
  /** Hexadecimal well-known binary in the district's CRS: a LineString, or a Polygon. */
  wkb: string;
  details: {
    walks: number;
    chiefs: number;
    reports: number;
    first: string;
    last: string;
    confidence: Unregistered['confidence'];
    /** Of the roads that the proposed line leads to. */
    road_ids: number[];
  };
  /** When the walk or report came that made it enough. */
  since: Date;
  since_roads: number[];
};

/** A walk of last year says little about the lanes of today, where estates are built. */
const EVIDENCE_DAYS = 180;

const evidenceAsked = sqlFile<Omit<OffRoadLine, 'coordinates'> & { wkb: Buffer }>(
  new URL('./unregistered-evidence.sql', import.meta.url),
);
const againAsked = sqlFile<{ number: number; key: string; since: Date }>(
  new URL('./unregistered-again.sql', import.meta.url),
);

/** @param to looks at the evidence of the 180 days before. */
export async function findUnregistered(db: Knex, to: Date = new Date()): Promise<UnregisteredFault[]> {
  const from = new Date(to.getTime() - EVIDENCE_DAYS * 86_400_000);
  const walks = (await evidenceAsked(db, { from, to })).map(({ wkb, ...walk }) => ({
    ...walk,
    coordinates: readWkbLine(wkb),
  }));
  const reports = await db('issues')
    .where({ verdict: 'no_road' })
    .whereNot({ status: 'void' })
    .where('reported_at', '>=', from)
    .where('reported_at', '<', to)
    .select<LoneReport[]>(
      'id as report',
      db.raw('extract(epoch from reported_at)::double precision as at_s, st_x(geom) as x, st_y(geom) as y'),
    );
  if (walks.length + reports.length === 0) return [];
  const { network } = await currentNetwork(db);
  return knownAgain(db, await inSlices(lookForUnregistered(network, walks, reports)));
}

/** Rows, with key and beginning of those in force that they are. */
async function knownAgain(db: Knex, found: readonly Unregistered[]): Promise<UnregisteredFault[]> {
  const rows = found.map(rowOf);
  const keys = new Set(
    await db('standing_faults').where({ kind: 'unregistered' }).whereRaw('upper_inf(validity)').pluck<string[]>('key'),
  );
  const known = new Map<number, { key: string; since: Date }>();
  const taken = new Set<string>();
  const asked = JSON.stringify(rows.map(({ wkb }, number) => ({ number, wkb })));
  for (const { number, key, since } of keys.size === 0 ? [] : await againAsked(db, { found: asked })) {
    if (known.has(number) || taken.has(key)) continue;
    known.set(number, { key, since });
    taken.add(key);
  }
  return rows.map((row, number) => {
    const same = known.get(number);
    if (same) return { ...row, ...same };
    const key = firstFree(placeOf(found[number]!), keys);
    keys.add(key);
    return { ...row, key };
  });
}

function rowOf(one: Unregistered): Omit<UnregisteredFault, 'key'> {
  // Whole centimetres: what lies behind them is no knowledge.
  const coordinates = one.coordinates.map((value) => Math.round(value * 100) / 100);
  const isLine = one.fault === 'walked';
  return {
    fault: one.fault,
    road_id: null,
    other_road_id: null,
    span: null,
    zone_ids: [],
    length_cm: Math.round(100 * one.length_m),
    area_m2: isLine ? null : Math.round(areaOf(coordinates)),
    wkb: isLine ? lineToWkb(pairs(coordinates)) : ringToWkb(coordinates),
    details: {
      walks: one.patrols.length,
      chiefs: one.chiefs.length,
      reports: one.reports.length,
      first: new Date(1000 * one.first_s).toISOString(),
      last: new Date(1000 * one.last_s).toISOString(),
      confidence: one.confidence,
      road_ids: one.road_ids,
    },
    since: new Date(1000 * one.since_s),
    since_roads: [],
  };
}

/** Its middle vertex in whole metres: a name that says where it was when it was first seen. */
function placeOf({ coordinates }: Unregistered): string {
  const middle = 2 * (coordinates.length >> 2);
  return `${Math.round(coordinates[middle]!)} ${Math.round(coordinates[middle + 1]!)}`;
}

function firstFree(key: string, keys: ReadonlySet<string>): string {
  for (let number = 2, free = key; ; number++) {
    if (!keys.has(free)) return free;
    free = `${key} ${number}`;
  }
}

/** Of a closed ring, counterclockwise. */
function areaOf(ring: readonly number[]): number {
  let twice = 0;
  for (let i = 0; i + 3 < ring.length; i += 2) twice += ring[i]! * ring[i + 3]! - ring[i + 2]! * ring[i + 1]!;
  return twice / 2;
}
