/** GET /api/coverage/gaps/export: all gaps of a filter as a file. */
import { z } from 'zod';
import { operation, type Operation } from '../http/operation.ts';
import { sendSpooled } from '../http/spool.ts';
import { gapExportQuery } from './coverage.contract.ts';
import { contentTypes, exportGaps } from './export-gaps.ts';

export const exportOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/coverage/gaps/export',
      tag: 'coverage',
      summary: 'All gaps of a filter as CSV, .xlsx or GeoJSON, longest first',
      description:
        'CSV and .xlsx have heads in `language` and times in the district time zone; texts that a spreadsheet would take for a formula have an apostrophe in front. GeoJSON is RFC 7946 with the members of /api/coverage/gaps.',
      query: gapExportQuery,
      contents: Object.values(contentTypes),
      answer: z.string(),
      problems: [404],
    },
    async ({ query, context, response }) => {
      await sendSpooled(response, async (path) => {
        response.attachment(await exportGaps(context.db, context.config, query, path));
        response.set('Content-Type', contentTypes[query.format]).set('Cache-Control', 'no-store');
      });
      return undefined;
    },
  ),
];
