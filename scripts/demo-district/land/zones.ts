import { drawBoundaries, outlineOf } from './boundaries.ts';
import type { Parcel } from './land-parcels.ts';
import { contains } from '../drawing/polygon.ts';
import { place } from '../plan/place.ts';
import { boxOf, keyOf } from '../drawing/shapes.ts';
import type { Box, Point, Ring } from '../drawing/shapes.ts';
import { bureauArea, communities, towns } from '../plan/zone-plan.ts';

export interface Zone {
  code: string;
  parentCode: string | null;
  level: 'district' | 'town' | 'community' | 'bureau';
  name: string;
  /** As handed out: a metre or two off the street it follows, as digitised boundaries are. */
  ring: Ring;
  /** As meant: exactly along the streets, for dealing out stretches. */
  exactRing: Ring;
  box: Box;
}

/** District, towns, communities and the bureau's area, from parcels that tile the district. Neighbours share every vertex. */
export function zonesFrom(parcels: readonly Parcel[], fixed: ReadonlySet<string>): Zone[] {
  const codes = communityCodes();
  const drawn = drawBoundaries(parcels, (parcel) => codes[parcel.community] as string, fixed, 'boundaries');
  const zone = (
    level: Zone['level'],
    code: string,
    parentCode: string | null,
    name: string,
    own: Parcel[],
    vertices = drawn,
  ): Zone => {
    const exactRing = outlineOf(own, name);
    const ring = exactRing.map((point) => vertices.get(keyOf(point))).filter((point) => point !== undefined);
    return { level, code, parentCode, name, ring, exactRing, box: boxOf(exactRing) };
  };
  const townOf = (parcel: Parcel) => communities[parcel.community]?.town;
  const led = parcels.filter((parcel) => parcel.inBureauArea);
  const ledBoundary = drawBoundaries(parcels, (parcel) => String(parcel.inBureauArea), fixed, 'bureau area');
  return [
    zone('district', place.code, null, place.name, [...parcels]),
    ...towns.map((town) =>
      zone(
        'town',
        town.code,
        place.code,
        town.name,
        parcels.filter((parcel) => townOf(parcel) === town.code),
      ),
    ),
    ...communities.map((community, i) =>
      zone(
        'community',
        codes[i] as string,
        community.town,
        community.name,
        parcels.filter((parcel) => parcel.community === i),
      ),
    ),
    zone('bureau', bureauArea.code, place.code, bureauArea.name, led, ledBoundary),
  ];
}

/** The zone of a level that holds a point, by the boundaries as meant. */
export function zoneAt(zones: readonly Zone[], level: Zone['level'], point: Point): Zone | null {
  const near = zones.filter(
    (zone) => zone.level === level && point[0] >= zone.box.minEast && point[0] <= zone.box.maxEast,
  );
  return near.find((zone) => contains(zone.exactRing, point)) ?? null;
}

function communityCodes(): string[] {
  const counts = new Map<string, number>();
  return communities.map(({ town }) => {
    const count = (counts.get(town) ?? 0) + 1;
    counts.set(town, count);
    return town + String(count).padStart(3, '0');
  });
}
