/** Zones of one level that overlap, leave a hole in what is around them, or reach out of it, as standing faults. */
import type { Knex } from 'knex';
import { placedZoneFaults } from '../zones/zones.queries.ts';
import type { StandingFault } from './standing-faults.ts';

export async function lookAtZones(db: Knex): Promise<StandingFault[]> {
  const faults = await placedZoneFaults(db);
  return faults.map(({ fault, zone_ids, names, area_m2, wkb }) => ({
    fault,
    key: [fault, ...zone_ids].join(' '),
    road_id: null,
    other_road_id: null,
    span: null,
    zone_ids,
    length_cm: 0,
    area_m2,
    wkb,
    details: { names },
    since: null,
    since_roads: [],
  }));
}
