/**
 * Starts the service: the only file with side effects.
 * Settings, data folder, port, database, migrations, demo district, routes, and the address on the screen; in this
 * order, so that what is quickly told (a wrong setting, a taken port) is told before anything slow begins.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { pino } from 'pino';
import { createApp } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { connect, DatabaseUnusable, type Connection } from './database/connect.ts';
import { holdDataFolder, type HeldFolder } from './database/data-folder.ts';
import { migrate } from './database/migrate.ts';
import { isEmpty, loadDemoDistrict } from './interop/load-demo-district.ts';
import { loadCategories } from './issues/load-categories.ts';
import { keepMatched } from './patrols/keep-matched.ts';
import { Problem } from './problems.ts';
import { currentNetwork } from './roads/road-network.ts';
import { stepTeller } from './tell-steps.ts';

/** What has been started, so that it can be stopped in the reverse order. */
type Running = {
  folder?: HeldFolder;
  server?: Server;
  connection?: Connection;
  background?: { stop: () => Promise<void> };
};

/** A request that runs longer than this is cut off at the end. */
const FINISH_REQUESTS_MS = 5_000;
/** A statement that still runs then is not waited for: what is not committed leaves no trace, as after a power cut. */
const GIVE_UP_MS = 8_000;

const running: Running = {};
const began = performance.now();
let stopping: number | null = null;

process.on('SIGINT', stop);
process.on('SIGTERM', stop);
process.on('exit', () => running.folder?.release());
try {
  await start(readConfig(process.env));
} catch (error) {
  console.error(sentence(error));
  process.exit(1);
}

async function start(config: Config): Promise<void> {
  const tell = stepTeller((line) => console.log(line));
  if (!config.database_url) running.folder = await holdDataFolder(config.data_dir);
  const entrance: { listener: RequestListener } = { listener: notYet };
  running.server = await listen(config, (request, response) => entrance.listener(request, response));
  running.connection = await tell('opening the database', (step) =>
    connect({ ...config, folder: config.data_dir, schema: config.district, tell: step }),
  );
  const { db, engine, openAll } = running.connection;
  await tell('bringing the schema up to date', () => migrate(db, { ...config, schema: config.district }));
  await loadCategories(db);
  if (config.demo && (await isEmpty(db))) {
    await tell('loading the demo district', (step) => loadDemoDistrict(db, { actor: config.operator, tell: step }));
  }
  // Now rather than in the first request: a whole city takes seconds, later changes to it 40 ms.
  await tell('reading the roads', () => currentNetwork(db));
  await openAll();
  const log = pino({ level: config.log_level });
  entrance.listener = createApp({ db, engine, config, log });
  running.background = { stop: keepMatched(db, log) };
  const url = addressOf(config, running.server);
  await running.folder?.announce(url);
  console.log(
    `Luzhang serves district "${config.district}" at ${url} (${((performance.now() - began) / 1000).toFixed(1)} s). Ctrl-C stops it.`,
  );
}

/** @throws Error with a sentence when the port is taken or not allowed. */
function listen(config: Config, listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, () => resolve(server));
  });
}

/** The port is held from the beginning, so that a taken one is told at once; until the routes are there it says so. */
function notYet(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '2' });
  const problem = { type: '/api/docs#problem-busy', title: 'Busy', status: 503, detail: 'Luzhang is starting.' };
  response.end(JSON.stringify({ ...problem, hint: 'Ask again in two seconds.' }));
}

function addressOf(config: Config, server: Server): string {
  const { port } = server.address() as AddressInfo;
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Stops listening, lets requests finish, closes the database, gives the folder back. A second Ctrl-C does not wait. */
function stop(signal: NodeJS.Signals): void {
  if (stopping !== null) {
    // One Ctrl-C under npm arrives twice, from the terminal and from npm.
    if (performance.now() - stopping > 500) process.exit(130);
    return;
  }
  stopping = performance.now();
  if (signal === 'SIGINT') console.log('\nStopping.');
  setTimeout(() => process.exit(0), GIVE_UP_MS).unref();
  close(running).then(
    () => process.exit(0),
    (error) => {
      console.error(sentence(error));
      process.exit(1);
    },
  );
}

async function close({ server, connection, folder, background }: Running): Promise<void> {
  const idle = background?.stop();
  if (server) {
    const finished = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), FINISH_REQUESTS_MS);
    await finished;
    clearTimeout(late);
  }
  await idle;
  await connection?.close();
  folder?.release();
}

/** What the operator reads: a sentence for what the operator can mend, the whole trace for a fault of ours. */
function sentence(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DatabaseUnusable) return error.message;
  if (error instanceof Problem) return [error.message, error.hint].filter(Boolean).join(' ');
  const { code, message, stack } = error as NodeJS.ErrnoException;
  const { PORT = '8080', HOST = '127.0.0.1' } = process.env;
  if (code === 'EADDRINUSE')
    return `Port ${PORT} on ${HOST} is taken by another program; stop it, or choose another one: PORT=8081 npm start.`;
  if (code === 'EACCES')
    return `Port ${PORT} on ${HOST} needs rights that this user has not (${message}); choose one above 1023, such as PORT=8080.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST is "${HOST}", which is no address of this machine (${code}); use 127.0.0.1, or 0.0.0.0 for every network.`;
  return stack ?? String(error);
}
