import { stamp } from './reports/calendar.ts';
import type { Assignment } from './people/assignments.ts';
import type { Cluster } from './land/buildings.ts';
import { start } from './people/chiefs.ts';
import type { Chief } from './people/chiefs.ts';
import type { Road } from './streets/finished-roads.ts';
import type { Green } from './land/greens.ts';
import type { Issue } from './reports/settling.ts';
import { toWgs84 } from './plan/place.ts';
import { closed } from './drawing/polygon.ts';
import type { Position, Ring } from './drawing/shapes.ts';
import type { Water } from './land/waters.ts';
import type { Zone } from './land/zones.ts';

/** One feature a line, so that a change in the data reads well in a diff. */
export function collection(features: readonly object[]): string {
  return `{"type":"FeatureCollection","features":[\n${features.map((feature) => JSON.stringify(feature)).join(',\n')}\n]}\n`;
}

export function feature(geometryType: string, coordinates: unknown, properties: object): object {
  return { type: 'Feature', properties, geometry: { type: geometryType, coordinates } };
}

export function roadFeature(road: Road): object {
  const { externalId, name, roadClass, status, line } = road;
  const optional = { ...(line.oneway ? { oneway: true } : {}), ...(line.layer === 0 ? {} : { layer: line.layer }) };
  return feature('LineString', road.positions, {
    external_id: externalId,
    name,
    class: roadClass,
    status,
    ...optional,
  });
}

export function zoneFeature(zone: Zone): object {
  return feature('Polygon', [closedPositions(zone.ring, 7)], {
    code: zone.code,
    parent_code: zone.parentCode,
    level: zone.level,
    name: zone.name,
  });
}

export function waterFeature({ ring, kind, name }: Water): object {
  return feature('Polygon', [closedPositions(ring, 6)], { kind, name });
}

export function greenFeature({ ring, kind, name }: Green): object {
  return feature('Polygon', [closedPositions(ring, 6)], { kind, name });
}

/** One MultiPolygon per block: five thousand houses as features of their own would be twice as many bytes. */
export function clusterFeature({ use, houses }: Cluster): object {
  return feature(
    'MultiPolygon',
    houses.map((house) => [closedPositions(house, 6)]),
    { use },
  );
}

/** Base map shapes have 6 decimals (11 cm), which is finer than a screen. */
function closedPositions(ring: Ring, decimals: number): Position[] {
  return closed(ring).map((point) => toWgs84(point, decimals));
}

export function chiefsCsv(chiefs: readonly Chief[]): string {
  return csv(
    'external_id,name,role,organisation,phone,party_branch,party_member,zone_code',
    chiefs.map((chief) => [
      chief.externalId,
      chief.name,
      chief.role,
      chief.organisation,
      chief.phone,
      chief.partyBranch,
      chief.partyMember,
      chief.zoneCode,
    ]),
  );
}

export function assignmentsCsv(assignments: readonly Assignment[]): string {
  const midnight = (date: string) => `${date}T00:00:00+08:00`;
  return csv(
    'external_id,road_external_id,from_m,to_m,sides,role,chief_external_id,valid_from,valid_to',
    assignments.map(({ externalId, road, fromCm, toCm, sides, role, chiefId, from, to }) => [
      externalId,
      road.externalId,
      metres(fromCm),
      metres(toCm),
      sides,
      role,
      chiefId,
      midnight(from || start),
      to === null ? '' : midnight(to),
    ]),
  );
}

export function issuesCsv(issues: readonly Issue[]): string {
  return csv(
    'external_id,lon,lat,accuracy_m,kind,code,surface,text,status,reported_at,closed_at',
    issues.map((issue, i) => {
      const [lon, lat] = toWgs84(issue.point);
      const { kind, code, surface } = issue.kind;
      const closedAt = issue.closedAt === null ? '' : stamp(issue.closedAt);
      return [
        `I${String(i + 1).padStart(5, '0')}`,
        lon,
        lat,
        issue.accuracyM,
        kind,
        code,
        surface,
        issue.text,
        issue.status,
        stamp(issue.reportedAt),
        closedAt,
      ];
    }),
  );
}

function metres(centimetres: number): string {
  return (centimetres / 100).toFixed(2);
}

/** No value of the demo holds a comma, a quote or a line end, so none needs quoting; one that did would be a mistake here. */
function csv(header: string, rows: readonly (readonly (string | number | boolean)[])[]): string {
  const lines = rows.map((row) => {
    const line = row.map(String);
    if (line.some((value) => /[",\n]/.test(value)))
      throw new Error(`A value of this row would need quotes: ${line.join(' | ')}`);
    return line.join(',');
  });
  return [header, ...lines, ''].join('\n');
}
