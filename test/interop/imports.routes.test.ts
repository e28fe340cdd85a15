import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createApp } from '../../api/app.ts';
import { importReport } from '../../api/interop/imports.contract.ts';
import { eachEngine } from '../support/district.ts';
import { collection, feature } from '../support/import-text.ts';
import { contextOf } from '../support/server.ts';

const roads = collection(
  feature(
    { external_id: 'a', name: '迎宾大道', class: 'main' },
    {
      line: [
        [0, 0],
        [400, 0],
      ],
    },
  ),
  feature({ external_id: 'b', name: null, class: 'alley' }, { point: [0, 0] }),
);

eachEngine('POST /api/imports', (district) => {
  let folder: string;
  let server: Server;
  let url: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'luzhang-uploads-'));
    const context = contextOf(district());
    server = createServer(createApp({ ...context, config: { ...context.config, data_dir: folder, max_upload_mb: 1 } }));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/imports`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    expect(await readdir(join(folder, 'uploads')).catch(() => []), 'left behind').to.deep.equal([]);
  });

  const send = (query: string, body: BodyInit | null, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}?${query}`, { method: 'POST', body, headers });
  type Problem = { status: number; detail: string; hint?: string; report?: { rejections: { reason: string }[] } };
  const refused = async (answer: Response, status: number): Promise<Problem> => {
    expect(answer.status).to.equal(status);
    expect(answer.headers.get('content-type')).to.include('application/problem+json');
    const problem = (await answer.json()) as Problem;
    expect(problem.hint, problem.detail).to.be.a('string');
    return problem;
  };

  it('takes a file, whatever its content type, and answers with the report', async () => {
    for (const type of ['application/json', 'application/geo+json', 'application/octet-stream']) {
      const answer = await send('kind=roads&name=roads.geojson', roads, { 'Content-Type': type });
      expect(answer.status).to.equal(200);
      const report = importReport.parse(await answer.json());
      expect(report).to.include({ kind: 'roads', file: 'roads.geojson', rows: 2, rejected: 1 });
    }
    const list = (await (await fetch(url)).json()) as { imports: { id: number; unchanged: number }[] };
    expect(list.imports).to.have.length(3);
    expect(list.imports[0]).to.include({ unchanged: 1 });
  });

  it('tells its progress line by line, the report last', async () => {
    const answer = await send('kind=roads&name=roads.geojson', roads, { Accept: 'application/x-ndjson' });
    expect(answer.headers.get('content-type')).to.include('application/x-ndjson');
    const lines = (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, Record<string, unknown>>);
    expect(lines[0]!.progress).to.deep.equal({ step: 'reading the file', done: 0, total: 2 });
    expect(lines.at(-1)!.report).to.include({ rows: 2, unchanged: 1 });
  });

  it('tells a problem in the last line once lines have begun, and as an answer of its own before', async () => {
    const late = await send('kind=zones&name=roads.geojson', roads, { Accept: 'application/x-ndjson' });
    expect(late.status).to.equal(200);
    const last = JSON.parse((await late.text()).trim().split('\n').at(-1)!) as { problem: Problem };
    expect(last.problem.status).to.equal(400);
    expect(last.problem.report!.rejections).to.have.length(2);
    await refused(await send('kind=zones&name=x.geojson', '{"type": "Feat', { Accept: 'application/x-ndjson' }), 415);
  });

  const bad: [what: string, query: string, body: string, status: number, says: RegExp][] = [
    ['an empty body', 'kind=roads&name=x.geojson', '', 400, /empty/],
    ['no kind', 'name=x.geojson', roads, 400, /kind/],
    ['an unknown kind', 'kind=rivers&name=x.geojson', roads, 400, /kind/],
    ['an unknown crs', 'kind=roads&name=x.geojson&crs=EPSG:999999', roads, 400, /EPSG:999999/],
    ['a crs that is none', 'kind=roads&name=x.geojson&crs=xian80', roads, 400, /crs/],
    ['columns that are no pairs', 'kind=roads&name=x.geojson&columns=name', roads, 400, /columns/],
    ['a column that is not in the file', 'kind=roads&name=x.geojson&columns=name=nom', roads, 400, /nom/],
    ['a level that is none', 'kind=zones&name=x.geojson&level=galaxy', roads, 400, /Point|LineString|galaxy/],
    ['a status that is none', 'kind=roads&name=x.geojson&status=ready', roads, 400, /ready/],
    ['half a JSON', 'kind=roads&name=x.geojson', roads.slice(0, 200), 415, /JSON/],
    ['NaN in JSON', 'kind=roads&name=x.geojson', roads.replace('120', 'NaN'), 415, /JSON/],
    ['a web page', 'kind=roads&name=x.geojson', '<!doctype html><html><body>Sign in</body></html>', 415, /HTML/],
    ['a picture', 'kind=roads&name=x.png', '\x89PNG\r\n\x1a\n', 415, /./],
    ['a zip cut short', 'kind=roads&name=x.zip', 'PK\x03\x04rest', 415, /zip|ZIP/],
    [
      'GeoJSON that contradicts itself',
      'kind=roads&name=x.geojson',
      '{"type":"FeatureCollection","features":[],"coordinates":[]}',
      415,
      /contradict/,
    ],
    ['no features', 'kind=roads&name=x.geojson', '{"type":"FeatureCollection","features":[]}', 400, /no rows/],
    [
      'only points for roads',
      'kind=roads&name=x.geojson',
      collection(feature({ external_id: 'p' }, { point: [0, 0] })),
      400,
      /Point came/,
    ],
    [
      'latitude and longitude swapped',
      'kind=roads&name=x.geojson',
      '{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[31.5,120],[31.5,120.1]]}}',
      400,
      /swapped/,
    ],
    [
      'coordinates out of range',
      'kind=roads&name=x.geojson',
      '{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[1200,31.5],[1201,31.5]]}}',
      400,
      /./,
    ],
    [
      'metres without a crs',
      'kind=roads&name=x.geojson',
      '{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[500000,3500000],[500100,3500000]]}}',
      400,
      /./,
    ],
    [
      'a geometry of no coordinates',
      'kind=roads&name=x.geojson',
      '{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[]}}',
      400,
      /./,
    ],
    ['a list of chiefs without roles', 'kind=chiefs&name=x.csv', 'name,phone\nLi,1', 400, /role/],
    ['an unknown role', 'kind=chiefs&name=x.csv', 'name,role\nLi,king', 400, /king/],
    [
      'an unparseable date',
      'kind=assignments&name=x.csv',
      'road_external_id,chief_external_id,valid_from\na,c,yesterday',
      400,
      /yesterday/,
    ],
    ['U+0000 in a name', 'kind=roads&name=x.geojson', roads.replace('迎宾大道', 'a\\u0000b'), 400, /U\+0000/],
  ];
  for (const [what, query, body, status, says] of bad) {
    it(`answers ${what} with a ${status} problem, and writes nothing`, async () => {
      const before = await district().db('change_log').count('* as count');
      const { detail, hint } = await refused(await send(query, body), status);
      expect(`${detail} ${hint}`).to.match(says);
      expect(await district().db('change_log').count('* as count')).to.deep.equal(before);
    });
  }

  it('takes SQL in a name as a name', async () => {
    const name = `Robert'); drop table roads; --`;
    const answer = await send(
      'kind=roads&name=x.geojson',
      collection(
        feature(
          { external_id: 'sql', name, class: 'main' },
          {
            line: [
              [0, 50],
              [100, 50],
            ],
          },
        ),
      ),
    );
    expect(answer.status).to.equal(200);
    expect((await district().db('roads').where({ external_id: 'sql' }).first()).name).to.equal(name);
  });

  it('refuses a file that announces to be too large, without reading it', async () => {
    const { detail } = await refused(await send('kind=roads&name=x.geojson', new Uint8Array(3 * 1024 * 1024)), 413);
    expect(detail).to.equal('The file is larger than 1 MB, and has 3 MB.');
  });

  it('refuses a file that turns out too large on the way', async () => {
    const outgoing = httpRequest(`${url}?kind=roads&name=x.geojson`, {
      method: 'POST',
      headers: { 'Transfer-Encoding': 'chunked' },
    });
    const answered = once(outgoing, 'response');
    for (let chunk = 0; chunk < 40; chunk += 1) outgoing.write(Buffer.alloc(64 * 1024, ' '));
    outgoing.end();
    const [response] = (await answered) as [import('node:http').IncomingMessage];
    expect(response.statusCode).to.equal(413);
    response.resume();
  });

  it('drops an upload that breaks off', async () => {
    const outgoing = httpRequest(`${url}?kind=roads&name=x.geojson`, {
      method: 'POST',
      headers: { 'Content-Length': '100000' },
    });
    outgoing.on('error', () => {});
    outgoing.write(roads.slice(0, 100));
    await new Promise((resolve) => setTimeout(resolve, 100));
    outgoing.destroy();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await fetch(url)).status).to.equal(200);
  });
});
