/**
 * Notices positions that cannot be meant as they stand: swapped columns, degrees read as metres or the reverse,
 * no number, out of range, null island. It only tells; nothing is corrected, because a silent guess that is wrong
 * once puts a street where nobody looks for it.
 */
type Position = readonly [x: number, y: number];
/** minx, miny, maxx, maxy in WGS84 degrees. */
export type Extent = readonly [number, number, number, number];

export type SuspicionKind =
  'swapped' | 'degrees_as_metres' | 'metres_as_degrees' | 'not_a_number' | 'out_of_range' | 'null_island';

export type Suspicion = { kind: SuspicionKind; count: number; first_row: number; message: string };

export type PositionWatch = {
  /** Looks at one position as it came (in its own crs) and as it was understood (WGS84). */
  see: (came: Position, wgs84: Position, row: number) => SuspicionKind | null;
  /** How many positions were seen. */
  seen: () => number;
  /** One entry per kind, the most frequent first. */
  suspicions: () => Suspicion[];
};

/** @param projected whether the declared crs counts in metres or feet; @param near where the district lies, when known. */
export function watchPositions({ projected, near }: { projected: boolean; near?: Extent }): PositionWatch {
  const found = new Map<SuspicionKind, { count: number; first_row: number; example: string }>();
  let seen = 0;
  return {
    see(came, wgs84, row) {
      seen += 1;
      const kind = suspicionOf(came, wgs84, projected, near);
      if (!kind) return null;
      const before = found.get(kind);
      if (before) before.count += 1;
      else found.set(kind, { count: 1, first_row: row, example: `${came[0]}, ${came[1]}` });
      return kind;
    },
    seen: () => seen,
    suspicions: () =>
      [...found]
        .map(([kind, { count, first_row, example }]) => ({
          kind,
          count,
          first_row,
          message: `${count} of ${seen} positions (first in row ${first_row}: ${example}) ${sentences[kind]}`,
        }))
        .sort((a, b) => b.count - a.count),
  };
}

/** What is wrong with a WGS84 position as such, in words, or null: such a row cannot be stored. */
export function impossiblePosition([longitude, latitude]: Position): string | null {
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) return 'a coordinate is not a finite number';
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return null;
  const came = `longitude ${round(longitude)}, latitude ${round(latitude)}`;
  if (Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90)
    return `${came}: beyond ±90 degrees of latitude; longitude and latitude look swapped`;
  return `${came}: beyond ±180 degrees of longitude or ±90 of latitude; is the coordinate system right?`;
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

const sentences: Record<SuspicionKind, string> = {
  swapped:
    'look swapped: as they stand they lie where no street can be, the other way round they would be plausible. ' +
    'Name the columns the right way round and import again (Chinese survey tables write X for north).',
  degrees_as_metres:
    'look like degrees, but the coordinate system given counts in metres. Give the one they are in, such as --crs wgs84.',
  metres_as_degrees:
    'look like metres, but degrees were expected. Say which projected system they are in, such as --crs EPSG:4549.',
  not_a_number: 'are not finite numbers.',
  out_of_range: 'lie beyond ±180 degrees of longitude or ±90 of latitude.',
  null_island: 'are 0, 0 (in the Gulf of Guinea): most often an empty position that was written as zero.',
};

function suspicionOf(came: Position, wgs84: Position, projected: boolean, near?: Extent): SuspicionKind | null {
  const [x, y] = came;
  const [longitude, latitude] = wgs84;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return 'not_a_number';
  if (Math.abs(x) < 1e-6 && Math.abs(y) < 1e-6) return 'null_island';
  if (projected) {
    if (Math.abs(x) <= 180 && Math.abs(y) <= 180) return 'degrees_as_metres';
    if (inSurveyOrder(x, y)) return 'swapped';
  } else if (Math.abs(x) > 1000 || Math.abs(y) > 1000) return 'metres_as_degrees';
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) return 'out_of_range';
  if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90)
    return Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90 ? 'swapped' : 'out_of_range';
  if (near) return !within(near, longitude, latitude) && within(near, latitude, longitude) ? 'swapped' : null;
  // South of 60°S there is no town; of swapped columns from the Americas this is all that shows.
  return latitude < -60 ? 'swapped' : null;
}

/**
 * Chinese survey tables write X for north and Y for east. Gauss-Krüger eastings are 100-900 km, or 13,000 km and more with
 * the zone in front; northings of China are 400-6,000 km. So a first number of 1,000-10,000 km beside such a second one is a northing.
 */
function inSurveyOrder(x: number, y: number): boolean {
  const northing = x >= 1e6 && x <= 1e7;
  const easting = (y >= 1e5 && y <= 9e5) || (y >= 1.3e7 && y <= 4.6e7);
  return northing && easting;
}

const within = ([minX, minY, maxX, maxY]: Extent, x: number, y: number): boolean =>
  x >= minX && x <= maxX && y >= minY && y <= maxY;
