/**
 * Roads from a file: lines with an id, a name and a class. Where the class is OpenStreetMap's `highway`, the rows are ways,
 * pieces of streets, and are joined into roads first; else every row is a road as it stands.
 */
import { createHash } from 'node:crypto';
import type { Position as JsonPosition } from 'geojson';
import { planCarryOver } from '../assignments/carry-over.ts';
import { touch } from '../database/change-log.ts';
import type { Position } from '../geometry/crs.ts';
import { metres } from '../http/units.ts';
import { replaceIssues } from '../issues/take-issues.ts';
import {
  refreshRoadNodes,
  stageRoads,
  writeStagedRoads,
  type RoadDraft,
  type RoadStatus,
} from '../roads/take-roads.ts';
import { refreshSegments } from '../segments/segments.ts';
import { deriveZoneStretches } from '../zones/zones.ts';
import { number, RowRefused, statusWords, text, word, wordFor, type Cells } from './cells.ts';
import { roadClassOf } from './files/road-class.ts';
import type { SourceRow } from './files/source-file.ts';
import type { ImportKind, ImportOptions, ImportWork, Outcome, Refusal } from './import-kind.ts';
import { joinDrafts } from './join-drafts.ts';
import { noticeShiftFromRoads, noticeShiftOfMoved } from './notice-shift.ts';
import { outOfReach, stretchNote } from './reach.ts';

/** A row of the file: a road, or a piece of one. */
export type RoadPiece = Omit<RoadDraft, 'external_id'> & {
  external_id: string | null;
  /** The word that the class was read from. */
  word: string | null;
  class_known: boolean;
  /** The row is a way of OpenStreetMap. */
  way: boolean;
};

export const importRoads: ImportKind<RoadPiece> = {
  touches: ['roads'],
  read: readPieces,
  passed: (rows) =>
    `${rows.toLocaleString('en')} lines are no roads (they have no highway tag, or one such as platform) and were passed over.`,
  async write(work, pieces) {
    const inReach = withinReach(work, pieces);
    const ways = identified(inReach.kept.filter(({ way }) => way));
    const joined = joinDrafts(ways);
    const roads = [...joined.roads, ...identified(inReach.kept.filter(({ way }) => !way))];
    const distinct = withoutRepeats(roads);
    const shift = await noticeShiftFromRoads(
      work.trx,
      roads.flatMap(({ line }) => [line[0]!, line.at(-1)!]),
      work.crs,
    );
    const written = await writeRoads(work, distinct.kept);
    return {
      ...written,
      refused: [...inReach.refused, ...joined.refused, ...distinct.refused, ...written.refused],
      notes: [
        ...joinedNote(ways.length, joined.roads.length),
        ...unknownWords(pieces),
        ...[
          shift,
          stretchNote(
            work.reach,
            roads.map(({ line }) => line[0]!),
          ),
        ].filter((note) => note !== null),
        ...written.notes,
      ],
    };
  },
};

/** Values of highway that are on the map but are nothing that somebody keeps as a street. */
const noStreet = new Set([
  'platform',
  'rest_area',
  'services',
  'elevator',
  'via_ferrata',
  'raceway',
  'crossing',
  'bus_stop',
  'abandoned',
  'razed',
  'traffic_signals',
  'street_lamp',
]);
const notYet = new Set(['construction', 'proposed', 'planned']);

function readPieces(row: SourceRow, cells: Cells, options: ImportOptions): RoadPiece[] {
  const way = isWay(row);
  const written = text(cells, 'class');
  if (way && (written === null || noStreet.has(written))) return [];
  const planned = way && notYet.has(written!);
  // A street under construction says in a tag of that name what it will be: highway=construction, construction=primary.
  const { class: roadClass, known } = roadClassOf(planned ? (row.properties[written!] ?? written) : written);
  const given = options.status ? wordFor(options.status, 'status', statusWords) : null;
  const piece = {
    row: row.row,
    external_id: text(cells, 'external_id'),
    name: text(cells, 'name'),
    other_names: names(text(cells, 'other_names', 1000)),
    class: roadClass,
    status: planned
      ? ('planned' as RoadStatus)
      : (word(cells, 'status', statusWords) ?? given ?? ('handed_over' as RoadStatus)),
    layer: number(cells, 'layer', -20, 20) ?? 0,
    oneway: /^(yes|true|1|-1|t|y|是|单行|单向)$/i.test(text(cells, 'oneway') ?? ''),
    properties: {},
    word: written,
    class_known: known,
    way,
  };
  const lines = linesOf(row);
  return lines.map((line, index) => ({
    ...piece,
    line,
    external_id: piece.external_id !== null && index > 0 ? `${piece.external_id}#${index + 1}` : piece.external_id,
  }));
}

/** OpenStreetMap's own tag; a file that carries our class beside it says itself what its roads are. */
const isWay = ({ properties }: SourceRow): boolean =>
  ('highway' in properties || '@id' in properties) && !('class' in properties && 'external_id' in properties);

const names = (written: string | null): string[] =>
  written === null
    ? []
    : [
        ...new Set(
          written
            .split(/[;；]/)
            .map((name) => name.trim())
            .filter(Boolean),
        ),
      ];

/** One line, or several: parts that follow each other become one. */
function linesOf({ geometry }: SourceRow): Position[][] {
  if (geometry?.type === 'LineString') return [cleaned(geometry.coordinates)];
  if (geometry?.type === 'MultiLineString') {
    const parts = followed(geometry.coordinates.filter(({ length }) => length > 0).map(cleaned));
    if (parts.length > 0) return parts;
  }
  const came = geometry ? (geometry.type === 'MultiLineString' ? 'an empty one' : `a ${geometry.type}`) : 'no geometry';
  throw new RowRefused(`a LineString or MultiLineString was expected, ${came} came`);
}

function cleaned(coordinates: JsonPosition[]): Position[] {
  const line = coordinates
    .map(([x, y]): Position => [x!, y!])
    .filter(([x, y], index, all) => index === 0 || x !== all[index - 1]![0] || y !== all[index - 1]![1]);
  if (line.length < 2) throw new RowRefused('the line has fewer than two different points');
  return line;
}

/** Parts whose ends meet, in one way or the other, as one line; the order of the file is kept. */
function followed(parts: Position[][]): Position[][] {
  const lines: Position[][] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = last && joinedAt(last, part);
    if (joined) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines;
}

function joinedAt(a: Position[], b: Position[]): Position[] | null {
  const meet = (one: Position, other: Position): boolean => one[0] === other[0] && one[1] === other[1];
  if (meet(a.at(-1)!, b[0]!)) return [...a, ...b.slice(1)];
  if (meet(a.at(-1)!, b.at(-1)!)) return [...a, ...b.toReversed().slice(1)];
  if (meet(a[0]!, b.at(-1)!)) return [...b, ...a.slice(1)];
  if (meet(a[0]!, b[0]!)) return [...b.toReversed(), ...a.slice(1)];
  return null;
}

function withinReach({ reach }: ImportWork, pieces: RoadPiece[]): { kept: RoadPiece[]; refused: Refusal[] } {
  const refused: Refusal[] = [];
  const kept = pieces.filter(({ row, line }) => {
    const reason = line.map((position) => outOfReach(reach, position)).find((found) => found !== null);
    if (reason) refused.push({ row, reason });
    return !reason;
  });
  return { kept, refused };
}

/** Roads without an id of their own get one from what they are, so that the same file finds them again. */
function identified(pieces: RoadPiece[]): RoadDraft[] {
  return pieces.map(({ word: _word, class_known: _known, way: _way, ...draft }) => ({
    ...draft,
    external_id: draft.external_id ?? ownId(draft),
  }));
}

/** Seven decimals: what every format keeps of a degree. */
export function ownId({ name, line }: Pick<RoadPiece, 'name' | 'line'>): string {
  const content = JSON.stringify([name, line.map(([x, y]) => [x.toFixed(7), y.toFixed(7)])]);
  return `h-${createHash('sha256').update(content).digest('hex').slice(0, 20)}`;
}

function withoutRepeats(roads: RoadDraft[]): { kept: RoadDraft[]; refused: Refusal[] } {
  const first = new Map<string, number>();
  const refused: Refusal[] = [];
  const kept = roads.filter(({ row, external_id }) => {
    const before = first.get(external_id);
    if (before === undefined) first.set(external_id, row);
    else
      refused.push({
        row,
        reason: external_id.startsWith('h-')
          ? `the same line and name stand in row ${before} already`
          : `the road ${external_id} stands in row ${before} already`,
      });
    return before === undefined;
  });
  return { kept, refused };
}

/** Everything that stands on roads follows them here, in the order that keeps the database's promises at every step. */
async function writeRoads({ trx, change_id, crs, progress }: ImportWork, drafts: RoadDraft[]): Promise<Outcome> {
  const staged = await stageRoads(trx, drafts, (done) => progress('comparing roads', done, drafts.length));
  const carried = await planCarryOver(trx, change_id, staged.redrawn);
  await carried.beforeRoads();
  progress('writing roads', 0, null);
  const { created, updated } = await writeStagedRoads(trx, change_id);
  await carried.afterRoads();
  const ids = [...created, ...updated];
  const notes: string[] = [];
  if (ids.length > 0) {
    progress('finding where roads meet', 0, null);
    await refreshRoadNodes(trx);
    progress('finding the zones along each road', 0, null);
    await deriveZoneStretches(trx, ids);
    progress('deriving segments', 0, null);
    await refreshSegments(trx, ids);
    progress('placing issues anew', 0, null);
    const moved = await replaceIssues(trx, change_id, ids);
    if (moved > 0) {
      notes.push(`${moved} issues near these roads were placed anew.`);
      await touch(trx, 'issues');
    }
    if (carried.moved > 0) {
      notes.push(`${carried.moved} assignments were carried over to redrawn roads by their position.`);
      await touch(trx, 'assignments');
    }
    const shift = noticeShiftOfMoved(staged.moved, crs);
    if (shift) notes.push(shift);
  }
  return {
    created: created.length,
    updated: updated.length,
    unchanged: staged.unchanged,
    refused: staged.refused,
    notes,
    needs_decision: carried.needs_decision,
    length_m: metres(staged.length_cm),
  };
}

function joinedNote(ways: number, roads: number): string[] {
  return ways > 0
    ? [
        `${ways.toLocaleString('en')} ways were joined into ${roads.toLocaleString('en')} roads, by name and where they go straight on.`,
      ]
    : [];
}

/** Words for classes that no table has, told with how often each came. */
function unknownWords(pieces: RoadPiece[]): string[] {
  const counts = new Map<string, number>();
  for (const { word: written, class_known } of pieces)
    if (!class_known) counts.set(written ?? '', (counts.get(written ?? '') ?? 0) + 1);
  if (counts.size === 0) return [];
  const most = [...counts].toSorted((a, b) => b[1] - a[1]).slice(0, 10);
  return [
    `Class words that are not known, taken as "other": ${most.map(([written, count]) => `${written} (${count})`).join(', ')}${counts.size > 10 ? ' …' : ''}.`,
  ];
}
