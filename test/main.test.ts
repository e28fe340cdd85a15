/** The real server as a process of its own: what a person at a terminal sees and does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { serverUrl } from './support/district.ts';
import { ndjson, sendTrack, walk } from './support/patrol-tracks.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

type Started = { process: ChildProcess; url: Promise<string>; output: () => string; ended: Promise<number | null> };

function run(file: string, given: string[], environment: Record<string, string>): Started {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(PORT|HOST|DATABASE_URL|DATA_DIR|DISTRICT.*|DEMO|INIT_CWD|NODE_OPTIONS)$/.test(name),
    ),
  );
  const child = spawn(process.execPath, ['--import=tsx', join(root, file), ...given], {
    cwd: root,
    env: { ...clean, PORT: '0', DEMO: 'no', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /at (http:\/\/\S+?) /.exec(output)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => reject(new Error(`ended before it served: ${output}`)));
  });
  url.catch(() => {}); // many tests want it to end
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  running.add(child);
  return { process: child, url, output: () => output, ended };
}

const running = new Set<ChildProcess>();
const start = (environment: Record<string, string>): Started => run('api/main.ts', [], environment);

async function addChief(url: string): Promise<number> {
  const answer = await fetch(`${url}/api/chiefs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'A', role: 'community_l2' }),
  });
  return ((await answer.json()) as { id: number }).id;
}

const road = (external_id: string, length_m: number): string =>
  JSON.stringify({
    type: 'Feature',
    properties: { external_id, name: 'Test Street', class: 'main', status: 'handed_over' },
    geometry: {
      type: 'LineString',
      coordinates: [
        [120, 31.6],
        [120 + length_m / 94_900, 31.6],
      ],
    },
  });

const post = (url: string, body: string): Promise<Response> =>
  fetch(`${url}/api/imports?kind=roads&name=roads.geojson`, { method: 'POST', body });
const roadCount = async (url: string): Promise<number> =>
  ((await (await fetch(`${url}/api/roads`)).json()) as { features: unknown[] }).features.length;

describe('the server as a process', function () {
  this.timeout(300_000); // each start is 5 s on an idle machine, and more where others work
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'luzhang-main-'));
  });
  afterEach(async () => {
    for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
    running.clear();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const refuses = async (environment: Record<string, string>): Promise<string> => {
    const { ended, output } = start(environment);
    expect(await ended, output()).to.equal(1);
    // Steps that took long have lines of their own above.
    return output()
      .replace(/^ +[…✓].*\n/gm, '')
      .trim();
  };

  it('names every wrong setting in a line and does not start', async () => {
    const said = await refuses({ PORT: 'eighty', DISTRICT_TIME_ZONE: 'Beijing' });
    expect(said.split('\n')).to.deep.equal([
      'PORT is "eighty"; expected a whole number from 0 to 65535',
      'DISTRICT_TIME_ZONE is "Beijing"; expected an IANA name such as Asia/Shanghai',
    ]);
  });

  it('says in a sentence that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const said = await refuses({ DATA_DIR: folder, PORT: port });
    other.close();
    expect(said).to.match(new RegExp(`^Port ${port} on 127.0.0.1 is taken by another program; .*$`));
  });

  it('says in a sentence that the data folder cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await refuses({ DATA_DIR: join(folder, 'file', 'data') })).to.match(
      /^The data folder .* cannot be written \(.*\); make it writable .*DATA_DIR\.$/,
    );
    if (process.getuid?.() === 0) return; // root may write where it is forbidden
    await chmod(folder, 0o500);
    expect(await refuses({ DATA_DIR: folder })).to.include('cannot be written');
    await chmod(folder, 0o700);
  });

  it('says in a sentence that the coordinate system is not one in metres', async () => {
    expect(await refuses({ DATA_DIR: folder, DISTRICT_SRID: '4326' })).to.match(
      /^DISTRICT_SRID is 4326, which is not in metres; expected .*$/,
    );
  });

  it('says in a sentence that Mercator metres are none', async () => {
    expect(await refuses({ DATA_DIR: folder, DISTRICT_SRID: '3857' })).to.match(
      /^DISTRICT_SRID is 3857, a Mercator whose metres are too short off the equator; expected .*$/,
    );
  });

  it('says in a sentence that the demo district lies out of reach of the coordinate system', async () => {
    // 4534 is the meridian 75° E, the demo lies at 119.9° E.
    const said = await refuses({ DATA_DIR: folder, DISTRICT_SRID: '4534', DEMO: 'yes' });
    expect(said).to.include('lies beyond the reach').and.include('EPSG:4534').and.not.include('    at ');
    expect(said.split('\n')).to.have.length(1);
  });

  it('says in a sentence that a database server is not there', async () => {
    const said = await refuses({ DATABASE_URL: 'postgresql://somebody:secret@127.0.0.1:1/none' });
    expect(said).to.match(/^DATABASE_URL postgresql:\/\/somebody:…@127.0.0.1:1\/none cannot be reached .*$/);
  });

  it('serves, refuses a second one on its folder by name, lets the import command through its API, and stops on Ctrl-C', async () => {
    const server = start({ DATA_DIR: folder });
    const url = await server.url;
    const health = (await (await fetch(`${url}/api/health`)).json()) as { status: string };
    expect(health.status).to.equal('ok');

    const second = await refuses({ DATA_DIR: folder });
    expect(second).to.include(`process ${server.process.pid}`).and.include(url);
    expect(second.split('\n')).to.have.length(1);

    await writeFile(join(folder, 'roads.geojson'), road('r1', 500));
    const command = run('scripts/import.ts', ['roads', join(folder, 'roads.geojson')], { DATA_DIR: folder });
    expect(await command.ended, command.output()).to.equal(0);
    expect(command.output()).to.include(`The server at ${url} owns the data folder`).and.include('1 created');
    expect(await roadCount(url)).to.equal(1);

    server.process.kill('SIGINT');
    expect(await server.ended).to.equal(0);
    // The folder is free again: the command now opens it by itself.
    await writeFile(join(folder, 'roads.geojson'), road('r2', 500));
    const alone = run('scripts/import.ts', ['roads', join(folder, 'roads.geojson')], { DATA_DIR: folder });
    expect(await alone.ended, alone.output()).to.equal(0);
    expect(alone.output()).to.not.include('owns the data folder');
  });

  it('keeps what it acknowledged through kill -9, and starts again on the folder of the dead', async () => {
    const first = start({ DATA_DIR: folder });
    const url = await first.url;
    for (const number of [1, 2, 3]) {
      const answer = await post(url, road(`r${number}`, 100 * number));
      expect(answer.status, await answer.text()).to.equal(200);
    }
    const chief_id = await addChief(url);
    const track = ndjson(walk('2026-05-01T08:00:00+08:00', 120, (second) => [1.4 * second, -2500]));
    const patrol = await sendTrack(url, track, { external_id: 'kept', chief_id });
    expect(patrol.status, JSON.stringify(patrol.body)).to.equal(201);
    const unanswered = [
      post(url, road('late', 900)).catch(() => null),
      sendTrack(url, track, { external_id: 'late', chief_id }).catch(() => null),
    ];
    await wait(30);
    first.process.kill('SIGKILL');
    await Promise.all([first.ended, ...unanswered]);

    const again = await start({ DATA_DIR: folder }).url;
    const kept = (await (await fetch(`${again}/api/roads`)).json()) as {
      features: { properties: { external_id: string } }[];
    };
    const ids = kept.features.map(({ properties }) => properties.external_id).filter((id) => id !== 'late');
    expect(ids).to.deep.equal(['r1', 'r2', 'r3']);
    const same = await sendTrack(again, track, { external_id: 'kept', chief_id });
    expect(same.status).to.equal(200);
    expect(same.body.walked_m).to.equal(patrol.body.walked_m);
    expect((await sendTrack(again, track, { external_id: 'late', chief_id })).status).to.be.oneOf([200, 201]);
  });

  it('does not mix two districts’ systems in one schema', async function () {
    if (!serverUrl) return this.skip(); // the embedded engine says the same; one is enough
    const environment = { DATABASE_URL: serverUrl, DISTRICT: `main_${process.pid}` };
    const server = start(environment);
    expect((await post(await server.url, road('r1', 500))).status).to.equal(200);
    server.process.kill('SIGTERM');
    expect(await server.ended).to.equal(0);
    expect(await refuses({ ...environment, DISTRICT_SRID: '4548' })).to.match(
      /is kept in EPSG:4549 but DISTRICT_SRID is 4548; .*$/,
    );
    const { default: pg } = await import('pg');
    const client = new pg.Client(serverUrl);
    await client.connect();
    await client.query(`drop schema main_${process.pid} cascade`);
    await client.end();
  });
});
