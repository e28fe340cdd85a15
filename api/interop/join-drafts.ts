/** Ways of OpenStreetMap as roads: joined by api/roads/join-ways.ts, with what that does not look at carried along. */
import { joinWays, type JoinedRoad } from '../roads/join-ways.ts';
import type { RoadDraft, RoadStatus } from '../roads/take-roads.ts';
import type { Refusal } from './import-kind.ts';

/** A way with an id of its own. */
export type WayDraft = RoadDraft;

/** Roads, and the rows that are none. Planned and built ways are never one road: only one of them is there (R5). */
export function joinDrafts(ways: WayDraft[]): { roads: RoadDraft[]; refused: Refusal[] } {
  const roads: RoadDraft[] = [];
  const refused: Refusal[] = [];
  for (const status of new Set(ways.map((way) => way.status))) {
    const members = ways.filter((way) => way.status === status);
    const joined = joinWays(
      members.map(({ external_id, line, ...way }) => ({ ...way, id: external_id, coordinates: line })),
    );
    const byId = new Map(members.toReversed().map((way) => [way.external_id, way]));
    const rows = new Map<string, number[]>();
    for (const { external_id, row } of members) rows.set(external_id, [...(rows.get(external_id) ?? []), row]);
    roads.push(...joined.roads.map((road) => draftOf(road, status, byId)));
    // Of rows with one id the first is taken; what is refused is a later one.
    refused.push(
      ...joined.rejected.map(({ id, reason }) => ({
        row: rows.get(id)?.pop() ?? rows.get(plainId(id))?.pop() ?? 0,
        reason: `${id} ${reason}`,
      })),
    );
  }
  return { roads, refused };
}

function draftOf(road: JoinedRoad, status: RoadStatus, byId: Map<string, WayDraft>): RoadDraft {
  const members = road.way_ids.flatMap((id) => byId.get(id) ?? byId.get(plainId(id)) ?? []);
  return {
    row: Math.min(...members.map(({ row }) => row)),
    external_id: road.external_id,
    name: road.name,
    other_names: [...new Set(members.flatMap(({ other_names }) => other_names))].filter((name) => name !== road.name),
    class: road.class as RoadDraft['class'],
    status,
    layer: road.layer,
    oneway: road.oneway,
    line: road.coordinates,
    // Which ways it was made of, so that a later edition of the map can be compared with it.
    properties: road.way_ids.length > 1 ? { ways: road.way_ids } : {},
  };
}

/** Lines that share an id are told apart behind a #. */
const plainId = (id: string): string => id.replace(/#[^#]*$/, '');
