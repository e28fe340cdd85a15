/** GET /api/zones and /api/zones/check. */
import { operation, type Operation } from '../http/operation.ts';
import { zoneCheck, zoneList, zoneQuery } from './zones.contract.ts';
import { checkZones, listZones } from './zones.queries.ts';

export const zoneOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/zones',
      tag: 'zones',
      summary: 'Zones by level or parent, with the roads in them',
      query: zoneQuery,
      answer: zoneList,
      problems: [404],
    },
    ({ query, context }) => listZones(context.db, query),
  ),
  operation(
    {
      method: 'get',
      path: '/api/zones/check',
      tag: 'zones',
      summary: 'Do the zones of each level tile their parent: overlaps, holes, overhangs',
      description:
        'Reported, never silently repaired. A part counts from half a metre wide and a square metre large; what is thinner is the noise of borders drawn twice.',
      answer: zoneCheck,
    },
    ({ context }) => checkZones(context.db),
  ),
];
