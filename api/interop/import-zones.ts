/** Zones from a file: polygons with a code, a name, a level and the code of the zone around them. */
import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { ZoneLevel } from '../http/shapes.ts';
import { refreshSegments } from '../segments/segments.ts';
import { takeZones, type ZoneDraft } from '../zones/take-zones.ts';
import type { ZoneCheck } from '../zones/zones.contract.ts';
import { checkZones } from '../zones/zones.queries.ts';
import { deriveZoneStretches } from '../zones/zones.ts';
import { requiredText, RowRefused, text, word, wordFor, type Cells } from './cells.ts';
import type { SourceRow } from './files/source-file.ts';
import type { ImportKind, ImportOptions } from './import-kind.ts';
import { noticeShiftOfMoved } from './notice-shift.ts';
import { outOfReach } from './reach.ts';
import { levelWords } from './words.ts';

export const importZones: ImportKind<ZoneDraft> = {
  touches: ['zones'],
  read: (row, cells, options) => [readZone(row, cells, options)],
  async write({ trx, change_id, crs, reach, progress }, drafts) {
    const refused = [
      ...repeated(drafts),
      ...drafts.flatMap((draft) => beyond(draft, (position) => outOfReach(reach, position))),
    ];
    const bad = new Set(refused.map(({ row }) => row));
    const good = drafts.filter(({ row }) => !bad.has(row));
    const taken = await takeZones(trx, change_id, good, (done) => progress('writing zones', done, good.length));
    const shift = noticeShiftOfMoved(taken.moved, crs);
    const notes = [...taken.notes, ...(shift ? [shift] : [])];
    if (taken.created + taken.updated > 0) {
      progress('finding the roads in each zone', 0, null);
      await deriveZoneStretches(trx, null);
      progress('deriving segments', 0, null);
      await refreshSegments(trx, null);
      progress('comparing the zones with each other', 0, null);
      notes.push(...(await faultNotes(trx)));
    }
    return { ...taken, refused: [...refused, ...taken.refused], notes, needs_decision: [], length_m: null };
  },
};

function readZone(row: SourceRow, cells: Cells, options: ImportOptions): ZoneDraft {
  const code = requiredText(cells, 'code', 60);
  const level =
    word(cells, 'level', levelWords) ??
    (options.level ? wordFor(options.level, 'level', levelWords) : levelOfCode(code));
  if (!level)
    throw new RowRefused(
      `its level is not known: there is no level column, and the code ${code} is none of 6, 9 or 12 digits; give --level`,
    );
  return {
    row: row.row,
    code,
    parent_code: text(cells, 'parent_code', 60) ?? parentOfCode(code, level),
    level,
    name: requiredText(cells, 'name'),
    geometry: polygon(row),
    properties: {},
  };
}

function polygon({ geometry }: SourceRow): Polygon | MultiPolygon {
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') {
    throw new RowRefused(
      `a Polygon or MultiPolygon was expected, ${geometry ? `a ${geometry.type}` : 'no geometry'} came`,
    );
  }
  for (const ring of ringsOf(geometry)) {
    const [first, last] = [ring[0], ring.at(-1)];
    if (!first || !last || ring.length < 4 || first[0] !== last[0] || first[1] !== last[1]) {
      throw new RowRefused(`a ring of its outline is not closed or has fewer than 4 points (${ring.length})`);
    }
  }
  if (geometry.coordinates.length === 0) throw new RowRefused('its outline has no points');
  return geometry;
}

const ringsOf = ({ type, coordinates }: Polygon | MultiPolygon): Position[][] =>
  type === 'Polygon' ? coordinates : coordinates.flat();

/**
 * The statistical code of China's divisions has 12 digits: 6 for the district, 3 for the town, 3 for the community, zeros
 * where it ends earlier; it is also written without those zeros. What is longer is a grid cell of a community.
 */
export function levelOfCode(code: string): ZoneLevel | null {
  if (!/^\d+$/.test(code)) return null;
  if (code.length === 6 || /^\d{6}0{6}$/.test(code)) return code.slice(4, 6) === '00' ? null : 'district';
  if (code.length === 9 || /^\d{9}0{3}$/.test(code)) return 'town';
  if (code.length === 12) return 'community';
  return code.length > 12 ? 'grid' : null;
}

/** In the same way of writing as the code itself. */
export function parentOfCode(code: string, level: ZoneLevel): string | null {
  if (levelOfCode(code) !== level) return null;
  if (level === 'grid') return code.slice(0, 12);
  if (level === 'community') return `${code.slice(0, 9)}000`;
  if (level === 'town') return code.length === 12 ? `${code.slice(0, 6)}000000` : code.slice(0, 6);
  return null;
}

function repeated(drafts: ZoneDraft[]): { row: number; reason: string }[] {
  const first = new Map<string, number>();
  return drafts.flatMap(({ row, code }) => {
    const before = first.get(code);
    if (before === undefined) first.set(code, row);
    return before === undefined ? [] : [{ row, reason: `the code ${code} stands in row ${before} already` }];
  });
}

function beyond(
  { row, geometry }: ZoneDraft,
  fault: (position: [number, number]) => string | null,
): { row: number; reason: string }[] {
  for (const ring of ringsOf(geometry)) {
    for (const [x, y] of ring) {
      const reason = fault([x!, y!]);
      if (reason) return [{ row, reason }];
    }
  }
  return [];
}

const faultSentences: Record<ZoneCheck['faults'][number]['fault'], (names: string[], area: string) => string> = {
  overlap: (names, area) => `${names.join(' and ')} overlap by ${area}.`,
  hole: ([parent], area) => `The zones in ${parent} leave ${area} of it uncovered.`,
  outside_parent: ([zone, parent], area) => `${zone} reaches ${area} beyond ${parent}.`,
};

/** Zones of one level should tile the zone around them. That they do not is reported, never mended. */
async function faultNotes(trx: Parameters<typeof checkZones>[0]): Promise<string[]> {
  const { faults } = await checkZones(trx);
  const told = faults
    .slice(0, 10)
    .map(({ fault, names, area_m2 }) => faultSentences[fault](names, `${Math.round(area_m2).toLocaleString('en')} m²`));
  return faults.length > 10
    ? [...told, `${faults.length - 10} more overlaps and holes are listed at /api/zones/check.`]
    : told;
}
