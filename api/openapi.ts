/**
 * The OpenAPI 3.1 document, made from the same declarations that are mounted (api/operations.ts) and the contracts in
 * zod's registry, so it cannot differ from what is served. At /api/openapi.json; to read, at /api/docs.
 */
import { readFileSync } from 'node:fs';
import { Router } from 'express';
import type { z } from 'zod';
import { docsPage } from './docs-page.ts';
import { answers } from './http/answer-problem.ts';
import type { Operation } from './http/operation.ts';
import { convert, mentioned, schemaOf, schemas, type Schema } from './openapi-schemas.ts';
import { operations } from './operations.ts';
import { tileDescriptions } from './tiles/tiles.contract.ts';

export type Parameter = { name: string; in: 'path' | 'query'; required: boolean; description?: string; schema: Schema };
type Content = Record<string, { schema?: Schema; example?: unknown }>;
export type Answer = { description: string; content?: Content };
export type DocumentedOperation = {
  operationId: string;
  tags: [string];
  summary: string;
  description?: string;
  parameters: Parameter[];
  requestBody?: { required: true; content: Content };
  responses: Record<string, Answer | { $ref: string }>;
};
export type OpenApiDocument = {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  security: [];
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Answer> };
};

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** What each tag is about; an operation with another tag does not pass the test. */
const tags: Record<string, string> = {
  roads: 'Roads, the unit of everything (R1), with their measures.',
  zones: 'District, towns, communities, grid cells and the bureau-led area (R7).',
  chiefs: 'People in the six role slots (R13-R16).',
  assignments: 'Who holds which metres in which role, and change sets on them (R61).',
  rules: 'Which roles a road needs and how often each walks it, key points, the working calendar (R5-R8, R21-R42).',
  segments: 'What follows from the assignments: stretches on which everything is constant.',
  coverage: 'Blind spots of every kind: what is required, met and missing (R8, R9).',
  issues: 'Reports, their category and the road they were snapped to (R44-R46).',
  hotspots: 'Where issues come back, and the heat map.',
  patrols: 'Tracks of patrols, the stretches that they prove, and how sure that is (R28, R36, R39).',
  imports: 'Files in, with a report of every row that was refused.',
  tiles: 'Vector tiles with TileJSON.',
  service: 'The service itself.',
};

/** Requests worth copying. A test reads each by its contract. */
export const examples: Record<string, unknown> = {
  post_rules_changes: {
    effective_from: '2027-01-01',
    dry_run: true,
    changes: [
      { op: 'require', role: 'management_l2', class: 'alley', zone_kind: 'town', required: true },
      { op: 'patrol', duty: 'community_patrol', role: 'community_l2', times: 2, per: 'day' },
    ],
  },
  post_key_points: { name: '南门菜市', position: [119.9031, 32.3987], crs: 'wgs84', reach_m: 30 },
  post_key_points_id_end: {},
  post_calendar: { days: [{ day: '2027-01-01', working: false, note: '元旦' }] },
  post_chiefs: {
    name: '李明',
    role: 'community_l2',
    organisation: '桥南社区',
    phone: '027-8888 0001',
    party_member: true,
  },
  patch_chiefs_id: { phone: '027-8888 0002', party_branch: '桥南社区党支部' },
  post_assignments_changes: {
    dry_run: true,
    note: '解放大道 goes to the eastern team',
    changes: [
      { op: 'assign', road_id: 1, from_m: 0, to_m: 420.5, sides: 'both', role: 'town_l1', chief_id: 2, replace: true },
      { op: 'release', road_id: 1, from_m: 420.5, to_m: 600, role: 'town_l1' },
    ],
  },
  patch_issues_id: { status: 'dispatched' },
  post_snap: { position: [120.0012, 30.5003], crs: 'gcj02', accuracy_m: 15 },
  post_issues: {
    position: [120.0012, 30.5003],
    crs: 'wgs84',
    accuracy_m: 8,
    kind: 'matter',
    code: '06010',
    text: '路口有暴露垃圾',
  },
};

/** Builds the document; 20 ms, so it is made once. */
export function openApiDocument(): OpenApiDocument {
  const all = paths([...operations.map(({ description }) => description), ...tileDescriptions]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Luzhang 路长',
      version,
      description:
        'The map of the road chief system. Measures are metres along a road with two decimals (`from_m`, `to_m`), positions WGS84 [longitude, latitude], times ISO 8601; a day alone means its start in the district time zone. Lists are paged: send `next_cursor` back as `cursor` until it is null. Problems are RFC 9457 documents.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This server' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    security: [],
    paths: all,
    components: mentioned(all, { schemas: schemas(), responses: problemResponses() }),
  };
}

type Description = Operation['description'];

function paths(descriptions: Description[]): OpenApiDocument['paths'] {
  const all: OpenApiDocument['paths'] = {};
  for (const description of descriptions) (all[description.path] ??= {})[description.method] = documented(description);
  return all;
}

function documented(described: Description): DocumentedOperation {
  const operationId = nameOf(described);
  const body = requestContent(described, operationId);
  return {
    operationId,
    tags: [described.tag],
    summary: described.summary,
    ...(described.description && { description: described.description }),
    parameters: [...parameters(described.params, 'path'), ...parameters(described.query, 'query')],
    ...(body && { requestBody: { required: true, content: body } }),
    responses: {
      ...goodAnswer(described),
      ...Object.fromEntries(
        [...new Set([400, ...(described.problems ?? []), 500])].map((status) => [
          status,
          { $ref: `#/components/responses/Problem${status}` },
        ]),
      ),
    },
  };
}

/** get /api/roads/{id} → get_roads_id */
function nameOf({ method, path }: Description): string {
  return [method, ...path.replace(/^\/api\//, '').split(/[^\w]+/)].filter(Boolean).join('_');
}

function requestContent({ body, rawBody }: Description, operationId: string): Content | null {
  if (rawBody) return Object.fromEntries(rawBody.map((type: string) => [type, {}]));
  if (!body) return null;
  const example = examples[operationId];
  return { 'application/json': { schema: schemaOf(body), ...(example !== undefined && { example }) } };
}

function goodAnswer({
  answer,
  status,
  alsoOk,
  contentType,
  contents,
}: Description & { contentType?: string }): Record<string, Answer> {
  if (contentType) {
    return {
      200: { description: 'The tile', content: { [contentType]: {} } },
      204: { description: 'Nothing there' },
      304: { description: 'As you have it' },
    };
  }
  if (contents) {
    return { 200: { description: 'Good', content: Object.fromEntries(contents.map((type: string) => [type, {}])) } };
  }
  return {
    [status ?? 200]: {
      description: status === 201 ? 'Made' : 'Good',
      content: { 'application/json': { schema: schemaOf(answer) } },
    },
    ...(alsoOk && {
      [alsoOk.status]: {
        description: alsoOk.description,
        content: { 'application/json': { schema: schemaOf(answer) } },
      },
    }),
  };
}

function parameters(shape: z.ZodType | undefined, where: 'path' | 'query'): Parameter[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = convert(shape) as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(typeof description === 'string' && { description }),
    schema,
  }));
}

function problemResponses(): Record<string, Answer> {
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries([
    ...Object.values(answers).map(({ status, title }) => [
      `Problem${status}`,
      { description: title, content: problem },
    ]),
    ['Problem500', { description: 'A fault of the server; nothing was written', content: problem }],
  ]);
}

/** GET /api/openapi.json and /api/docs. */
export function docsRoutes(): Router {
  let made: OpenApiDocument | undefined;
  const document = (): OpenApiDocument => (made ??= openApiDocument());
  const router = Router();
  router.get('/api/openapi.json', (_request, response) => {
    response.json(document());
  });
  router.get('/api/docs', (request, response) => {
    response.type('html').send(docsPage(document(), `${request.protocol}://${request.get('host') ?? '127.0.0.1'}`));
  });
  return router;
}
