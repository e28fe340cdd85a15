/** The certificate: as a document, as a page to print, and what was written since one was issued. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { operation, type Operation } from '../http/operation.ts';
import { sendSpooled, writePieces } from '../http/spool.ts';
import {
  certificate,
  certificatePageQuery,
  certificateQuery,
  laterChanges,
  laterChangesQuery,
} from './certificate.contract.ts';
import { certificatePage } from './certificate-page.ts';
import { laterChanges as askLaterChanges } from './certificate.queries.ts';
import { certificateText } from './certificate.ts';

export const certificateOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/coverage/certificate',
      tag: 'coverage',
      summary: 'The certificate: required = met + missing to the centimetre, with every gap and a digest',
      description:
        'Issued only when every identity holds; made in one transaction, so that all its parts see one state. The same moment and the same facts give the same digest. `npm run audit -- verify FILE` derives it anew and says what differs.',
      query: certificateQuery,
      answer: certificate,
      problems: [404],
    },
    async ({ query, context, response }) => {
      await sendSpooled(response, async (path) => {
        await writePieces(path, certificateText(context.db, context.config, query));
        if (process.env.NODE_ENV !== 'production') certificate.parse(JSON.parse(await readFile(path, 'utf8')));
        response.type('json').set('Cache-Control', 'no-store');
      });
      return undefined;
    },
  ),
  operation(
    {
      method: 'get',
      path: '/api/coverage/certificate.html',
      tag: 'coverage',
      summary: 'The certificate as a page to print and sign, with a map; the longest 300 gaps of each kind',
      query: certificatePageQuery,
      contents: ['text/html'],
      answer: z.string(),
      problems: [404],
    },
    async ({ query, context, response }) => {
      const page = await certificatePage(context.db, context.config, query, query.lang);
      response.type('html').set('Cache-Control', 'no-store').send(page);
      return undefined;
    },
  ),
  operation(
    {
      method: 'get',
      path: '/api/coverage/certificate/later',
      tag: 'coverage',
      summary: 'What was changed and which patrols came in since a certificate was issued',
      query: laterChangesQuery,
      answer: laterChanges,
    },
    ({ query, context }) => askLaterChanges(context.db, query),
  ),
];
