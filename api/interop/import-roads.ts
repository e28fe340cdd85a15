/**
 * Roads from a file: lines with an id, a name and a class. Where the class is OpenStreetMap's `highway`, the rows are ways,
 * pieces of streets, and are joined into roads first; else every row is a road as it stands.
 */
import { createHash } from 'node:crypto';
import { planCarryOver } from '../assignments/carry-over.ts';
import { touch } from '../database/change-log.ts';
import { metres } from '../http/units.ts';
import { replaceIssues } from '../issues/take-issues.ts';
import { refreshRoadNodes, stageRoads, writeStagedRoads, type RoadDraft } from '../roads/take-roads.ts';
import { carryKeyPoints } from '../rules/key-points.ts';
import { refreshSegments } from '../segments/segments.ts';
import { deriveZoneStretches } from '../zones/zones.ts';
import type { ImportKind, ImportWork, Outcome, Refusal } from './import-kind.ts';
import { joinDrafts } from './join-drafts.ts';
import { noticeShiftFromRoads, noticeShiftOfMoved } from './notice-shift.ts';
import { outOfReach, stretchNote } from './reach.ts';
import { readRoadRow, type RoadPiece } from './read-road-rows.ts';

export const importRoads: ImportKind<RoadPiece> = {
  touches: ['roads'],
  read: readRoadRow,
  passed: (rows) =>
    `${rows.toLocaleString('en')} lines are no roads (they have no highway tag, or one such as platform) and were passed over.`,
  async write(work, pieces) {
    const inReach = withinReach(work, pieces);
    const ways = identified(inReach.kept.filter(({ way }) => way));
    if (ways.length > 0) work.progress('joining ways into roads', 0, ways.length);
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
    await carryKeyPoints(trx, updated);
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
