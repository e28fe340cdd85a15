import { assignRoad } from './people/assignments.ts';
import type { Assignment } from './people/assignments.ts';
import { buildHouses } from './land/buildings.ts';
import { fillPosts, start as since } from './people/chiefs.ts';
import {
  assignmentsCsv,
  chiefsCsv,
  clusterFeature,
  collection,
  greenFeature,
  issuesCsv,
  roadFeature,
  waterFeature,
  zoneFeature,
} from './files.ts';
import { finishRoads } from './streets/finished-roads.ts';
import { drawFrontages } from './streets/frontage.ts';
import { gapsOn } from './people/gaps.ts';
import { greensOf } from './land/greens.ts';
import { hardPlaces } from './reports/hard-places.ts';
import { reportIssues } from './reports/issues.ts';
import { dealOutLand } from './land/land-parcels.ts';
import { emptyNetwork } from './drawing/network.ts';
import { mindsOf } from './patrols/held.ts';
import { keepDuties } from './patrols/keep-duties.ts';
import { patrolsNdjson, walkMissingLane, walkPatrols } from './patrols/patrols.ts';
import { streetsOf } from './patrols/walk.ts';
import { keyPointsCsv, placeKeyPoints } from './reports/key-points.ts';
import { place, toWgs84 } from './plan/place.ts';
import { chanceFor } from './drawing/random.ts';
import { settle } from './streets/settlement.ts';
import { boxOf, keyOf } from './drawing/shapes.ts';
import { drawSkeleton } from './streets/skeleton.ts';
import { nameStreets } from './streets/street-names.ts';
import { runsOf } from './land/territory.ts';
import { growVillages } from './streets/villages.ts';
import { drawWalks } from './streets/walks.ts';
import { watersOf } from './land/waters.ts';
import { zonesFrom } from './land/zones.ts';
import type { Zone } from './land/zones.ts';

/** The whole demo district as file name → content. The same seed gives the same bytes. */
export function generateDistrict(seed: number = place.seed): Record<string, string> {
  const chance = (use: string) => chanceFor(seed, use);
  const network = emptyNetwork();
  drawSkeleton(network, chance('field limits'));
  const blocks = settle(network, chance('blocks'));
  growVillages(network, chance('villages'));
  drawFrontages(network);
  drawWalks(network);
  nameStreets(network, chance('names'));

  const roads = finishRoads(network);
  const roadEnds = new Set(
    roads.flatMap(({ line }) => [line.points[0], line.points.at(-1)].flatMap((end) => (end ? [keyOf(end)] : []))),
  );
  const zones = zonesFrom(dealOutLand(network), roadEnds);
  const { chiefs, posts } = fillPosts(zones, chance('chiefs'));
  const gapChance = chance('gaps');
  const assignments = roads
    .flatMap((road) => assignRoad(road, runsOf(road, zones), gapsOn(road, gapChance), posts))
    .map((assignment, i): Assignment => ({ ...assignment, externalId: `A${String(i + 1).padStart(5, '0')}` }));

  const waters = watersOf(network, chance('waters'));
  const greens = greensOf(network, blocks, waters, chance('greens'));
  const keptFree = [...waters, ...greens.filter((green) => green.kind !== 'farmland')].map(({ ring }) => ring);
  const clusters = buildHouses(network, blocks, keptFree, chance('houses'));
  const issues = reportIssues(roads, hardPlaces(roads, greens, chance('hard places')), chance('issues'));

  const streets = streetsOf(roads);
  const minds = mindsOf(streets, roads, assignments);
  const rounds = walkPatrols(streets, chiefs, minds, chance('patrols'));
  const early = [...rounds, ...walkMissingLane(roads, rounds.length + 1, chance('missing lane'))];
  // Nobody walks where a street is only planned.
  const open = roads.filter(({ status }) => status !== 'planned');
  const openStreets = streetsOf(open);
  const points = placeKeyPoints(open, chance('key points'));
  const dailyWork = keepDuties(
    openStreets,
    chiefs,
    mindsOf(openStreets, open, assignments),
    points,
    early,
    chance('duties'),
  );
  const patrols = [...early, ...dailyWork];

  const counts = {
    roads: roads.length,
    zones: zones.length,
    chiefs: chiefs.length,
    assignments: assignments.length,
    issues: issues.length,
    key_points: points.length,
    patrols: patrols.length,
  };
  return {
    'roads.geojson': collection(roads.map(roadFeature)),
    'zones.geojson': collection(zones.map(zoneFeature)),
    'chiefs.csv': chiefsCsv(chiefs),
    'assignments.csv': assignmentsCsv(assignments),
    'issues.csv': issuesCsv(issues),
    'key-points.csv': keyPointsCsv(points),
    'patrols.ndjson': patrolsNdjson(patrols),
    'water.geojson': collection(waters.map(waterFeature)),
    'green.geojson': collection(greens.map(greenFeature)),
    'buildings.geojson': collection(clusters.map(clusterFeature)),
    'district.json': describe(seed, zones, counts),
  };
}

function describe(seed: number, zones: readonly Zone[], counts: Record<string, number>): string {
  const box = boxOf((zones[0] as Zone).ring);
  const [west, south] = toWgs84([box.minEast, box.minNorth], 6);
  const [east, north] = toWgs84([box.maxEast, box.maxNorth], 6);
  const { code, name, nameEn, srid, referenceDate, timeZone } = place;
  const facts = {
    code,
    name,
    name_en: nameEn,
    srid,
    time_zone: timeZone,
    reference_date: referenceDate,
    since,
    bounds: [west, south, east, north],
    centre: toWgs84([-60, -20], 6),
    seed,
    counts,
  };
  return `${JSON.stringify(facts, null, 2)}\n`;
}
