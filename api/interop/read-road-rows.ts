/** A row of a file as the roads it holds, or the pieces of them. */
import type { Position as JsonPosition } from 'geojson';
import type { Position } from '../geometry/crs.ts';
import type { RoadDraft, RoadStatus } from '../roads/take-roads.ts';
import { wholeNumber, RowRefused, text, word, wordFor, type Cells } from './cells.ts';
import { roadClassOf } from './files/road-class.ts';
import type { SourceRow } from './files/source-file.ts';
import type { ImportOptions } from './import-kind.ts';
import { statusWords } from './words.ts';

/** A row of the file: a road, or a piece of one. */
export type RoadPiece = Omit<RoadDraft, 'external_id'> & {
  external_id: string | null;
  /** The word that the class was read from. */
  word: string | null;
  class_known: boolean;
  /** The row is a way of OpenStreetMap. */
  way: boolean;
};

/** Nothing for a way that is no street. @throws RowRefused. */
export function readRoadRow(row: SourceRow, cells: Cells, options: ImportOptions): RoadPiece[] {
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
    layer: wholeNumber(cells, 'layer', -20, 20) ?? 0,
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
