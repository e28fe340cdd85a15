/**
 * The embedded PostGIS in a thread of its own: wire-protocol bytes in, wire-protocol bytes out.
 * In a thread because PGlite computes synchronously; on the main thread a five-second import would stop every request.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { postgis } from '@electric-sql/pglite-postgis';
import { oneReady } from './one-ready.ts';

export type EmbeddedOptions = {
  /** Folder of the cluster; null keeps it in memory (tests). */
  folder: string | null;
  /** Gzipped cluster with PostGIS already created. Made on the first run: initdb and create extension cost 12 s, opening it 3 s. */
  template: string;
};

const port = parentPort!;
const options = workerData as EmbeddedOptions;
const extensions = { postgis, btree_gist };

async function readTemplate(): Promise<Blob | null> {
  try {
    return new Blob([await readFile(options.template)]);
  } catch {
    return null; // absent or unreadable: it is only a cache
  }
}

async function makeTemplate(): Promise<Blob> {
  port.postMessage({ step: 'making the database template (once per machine)' });
  const fresh = await PGlite.create({ extensions });
  await fresh.exec('create extension postgis; create extension btree_gist');
  const dump = await fresh.dumpDataDir('gzip');
  await fresh.close();
  // Written aside and renamed, so that two processes that start at once cannot read half a file.
  await mkdir(dirname(options.template), { recursive: true });
  const aside = `${options.template}.${process.pid}`;
  await writeFile(aside, Buffer.from(await dump.arrayBuffer()));
  await rename(aside, options.template);
  return dump;
}

async function exists(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  );
}

async function open(): Promise<PGlite> {
  const { folder } = options;
  if (folder && (await exists(`${folder}/PG_VERSION`))) return PGlite.create({ dataDir: folder, extensions });
  const template = (await readTemplate()) ?? (await makeTemplate());
  if (!folder) return PGlite.create({ loadDataDir: template, extensions });
  // Laid in a folder aside and renamed: a start that is killed half-way leaves no half cluster behind.
  const aside = `${folder}.new-${process.pid}`;
  const laying = await PGlite.create({ dataDir: aside, loadDataDir: template, extensions });
  await laying.close();
  await rename(aside, folder);
  return PGlite.create({ dataDir: folder, extensions });
}

try {
  const database = await open();
  // One message at a time, in the order they came: a wire connection is a queue.
  let queue: Promise<unknown> = Promise.resolve();
  port.on('message', (message: Uint8Array | 'close') => {
    queue = queue.then(async () => {
      if (message === 'close') {
        await database.close();
        port.postMessage({ closed: true });
        port.close();
        return;
      }
      await database.runExclusive(() =>
        database.execProtocolRawStream(message, {
          onRawData: oneReady(message, (bytes) => {
            const copy = Uint8Array.from(bytes);
            port.postMessage(copy, [copy.buffer]);
          }),
        }),
      );
    });
    queue.catch((error: Error) => port.postMessage({ failed: error.message }));
  });
  port.postMessage({ ready: true });
} catch (error) {
  port.postMessage({ failed: error instanceof Error ? error.message : String(error) });
}
