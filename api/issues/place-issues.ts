/** Positions onto roads: the kernel's snap, in the words of the wire and as the columns of an issue. */
import type { Knex } from 'knex';
import type { Position } from '../geometry/crs.ts';
import type { RoadClass } from '../http/shapes.ts';
import { centimetres, metres, readRange } from '../http/units.ts';
import { FURTHEST_M, snap, type SnapCandidate, type SnapQuestion } from '../network/snap.ts';
import { Problem } from '../problems.ts';
import { currentNetwork, type RoadNetwork } from '../roads/road-network.ts';
import type { Candidate, SnapResult } from './issues.contract.ts';

/** Where an issue stands on the roads: all null when it is on none. */
export type PlaceOnRoad = {
  verdict: 'matched' | 'ambiguous' | 'no_road' | 'chosen';
  road_id: number | null;
  measure_cm: number | null;
  side: 'left' | 'right' | null;
  offset_cm: number | null;
};

/** A place and what else it could have been, as kept in `issues.candidates`. */
export type Placement = PlaceOnRoad & { candidates: Candidate[] };

/**
 * Snaps many positions. 60 µs each once the network is there.
 * @param positions WGS84 degrees; accuracy_m is the 68 % radius; street names in the text are evidence.
 * @param roads for callers that place in batches after they changed the roads: in such a transaction every
 * `currentNetwork(trx)` reads them all anew, 1 to 2 s for a whole city.
 * @throws Problem `invalid` for a coordinate that is no number.
 */
export async function placeIssues(
  trx: Knex,
  positions: { x: number; y: number; accuracy_m: number; text: string }[],
  roads?: RoadNetwork,
): Promise<Placement[]> {
  const known = roads ?? (await currentNetwork(trx));
  return positions.map(({ x, y, accuracy_m, text }, index) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      throw new Problem('invalid', `Position ${index + 1} is ${x}, ${y}; two numbers were expected.`);
    }
    const snapped = snapAt(known, { position: known.place.fromWgs84([x, y]), accuracy_m, text });
    return { ...placeOf(snapped), candidates: snapped.candidates };
  });
}

export type Snapped = Pick<SnapResult, 'verdict' | 'off_network_probability' | 'because' | 'candidates'>;

/** @param asked position in metres of the district's CRS. */
export function snapAt(
  roads: RoadNetwork,
  asked: {
    position: Position;
    accuracy_m: number;
    heading_deg?: number;
    road_name?: string;
    text?: string;
    inZone?: SnapQuestion['inZone'];
  },
): Snapped {
  const { position, accuracy_m, heading_deg, road_name, text, inZone } = asked;
  const written = [road_name, text].filter(Boolean).join(' ');
  const { verdict, off_network_probability, because, candidates } = snap(roads.network, {
    x: position[0],
    y: position[1],
    accuracy_m,
    ...(heading_deg !== undefined && { heading_deg }),
    ...(inZone && { inZone }),
    text: written,
    zoneAt: roads.zoneAt,
  });
  return {
    verdict,
    off_network_probability: share(off_network_probability),
    because,
    candidates: candidates.map((candidate) => onTheWire(roads, candidate)),
  };
}

/**
 * Tells the places on roads near a position that lie in a zone, on one side at least.
 * @param position metres of the district's CRS.
 * @throws Problem `invalid` for an unknown zone.
 */
export async function placesInZone(
  db: Knex,
  zone_id: number,
  [x, y]: Position,
): Promise<(road_id: number, measure_cm: number) => boolean> {
  if (!(await db('zones').where({ id: zone_id }).first('id'))) {
    throw new Problem('invalid', `There is no zone ${zone_id}.`, {
      hint: 'The zones are at /api/zones.',
      errors: [{ path: 'zone_id', message: 'the id of a zone', came: zone_id }],
    });
  }
  const { rows } = await db.raw<{ rows: { road_id: number; span: string }[] }>(
    `select z.road_id, z.span
     from roads r
     join zone_stretches z on z.road_id = r.id
     where z.zone_id = :zone_id
       and r.geom && st_expand(st_setsrid(st_point(:x, :y), (select srid from district)), :within_m)`,
    { zone_id, x, y, within_m: FURTHEST_M },
  );
  const stretches = rows.map(({ road_id, span }) => ({ road_id, span: readRange(span) }));
  return (road_id, measure_cm) =>
    stretches.some((one) => one.road_id === road_id && one.span[0] <= measure_cm && measure_cm <= one.span[1]);
}

/** An ambiguous issue stands on its likeliest road until a person chooses. */
export function placeOf({ verdict, candidates }: Snapped): PlaceOnRoad {
  const [likeliest] = candidates;
  if (verdict === 'no_road' || !likeliest) return { ...onNoRoad, verdict: 'no_road' };
  return { ...standingOn(likeliest), verdict };
}

/**
 * The place that a person chose among the candidates; null: on no road.
 * @throws Problem `invalid` when the road is not among them.
 */
export function chosenPlace(candidates: Candidate[], road_id: number | null): PlaceOnRoad {
  if (road_id === null) return { ...onNoRoad, verdict: 'chosen' };
  const candidate = candidates.find((each) => each.road_id === road_id);
  if (candidate) return { ...standingOn(candidate), verdict: 'chosen' };
  const named = candidates.map((each) => `${each.road_id} (${each.road_name ?? each.class})`).join(', ');
  throw new Problem(
    'invalid',
    `Road ${road_id} is not among the candidates of this position: ${named || 'it has none'}.`,
    {
      hint: 'Choose one of them, or correct the position.',
      errors: [{ path: 'road_id', message: 'one of the candidates', came: road_id }],
    },
  );
}

const onNoRoad = { road_id: null, measure_cm: null, side: null, offset_cm: null };

const standingOn = ({ road_id, measure_m, side, offset_m }: Candidate): Omit<PlaceOnRoad, 'verdict'> => ({
  road_id,
  measure_cm: centimetres(measure_m),
  side,
  offset_cm: centimetres(offset_m),
});

function onTheWire({ network, place }: RoadNetwork, found: SnapCandidate): Candidate {
  const [longitude, latitude] = place.toWgs84([found.x, found.y]);
  return {
    road_id: found.road_id,
    road_name: network.roadNames[found.road]!,
    class: network.roadClasses[found.road] as RoadClass,
    measure_m: metres(found.measure_cm),
    side: found.side,
    offset_m: metres(centimetres(found.offset_m)),
    probability: share(found.probability),
    point: [degrees(longitude), degrees(latitude)],
    flags: [...found.flags],
  };
}

/** Seven decimals of a degree are a centimetre. */
const degrees = (value: number): number => Math.round(value * 1e7) / 1e7;
const share = (probability: number): number => Math.round(probability * 1e4) / 1e4;
