/** GET /api/hotspots and /api/hotspots/heat. */
import { operation, type Operation } from '../http/operation.ts';
import { heat, heatQuery, hotspotList, hotspotQuery } from './hotspots.contract.ts';
import { heatMap, listHotspots } from './hotspots.queries.ts';

export const hotspotOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/hotspots',
      tag: 'hotspots',
      summary: 'Segments on which trouble recurs, the most issues first',
      description:
        'Every issue on a road counts on the one segment that has its measure and side. Without `status`, void issues are left out. `zone_id` asks for the segments of a district, town, community or bureau-led area.',
      query: hotspotQuery,
      answer: hotspotList,
      problems: [404],
    },
    ({ query, context }) => listHotspots(context.db, query),
  ),
  operation(
    {
      method: 'get',
      path: '/api/hotspots/heat',
      tag: 'hotspots',
      summary: 'Issues per cell of a square grid, for a heat map',
      description:
        'The grid lies in the metric CRS of the district; each cell is answered by its centre. Without `status`, void issues are left out.',
      query: heatQuery,
      answer: heat,
      problems: [404, 413],
    },
    ({ query, context }) => heatMap(context.db, query),
  ),
];
