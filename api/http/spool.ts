/**
 * What takes long to make goes into a temporary file first: a fault on the way is then a plain problem and not half an
 * answer, and a slow reader holds no transaction open (embedded, there is one connection for all).
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Sends the file that `make` writes at the path it is given. A reader who goes away is no fault. */
export async function sendSpooled(response: Response, make: (path: string) => Promise<void>): Promise<void> {
  await withTemporaryFile(async (path) => {
    await make(path);
    try {
      await pipeline(createReadStream(path), response);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    }
  });
}

export async function withTemporaryFile<Result>(use: (path: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'luzhang-spool-'));
  try {
    return await use(join(folder, 'file'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes pieces of text as they come and gives back what they end with. */
export async function writePieces<End>(path: string, pieces: AsyncGenerator<string, End>): Promise<End> {
  const file = createWriteStream(path);
  // Without a listener a full disk would end the process; `once` below and `finished` throw it.
  let fault: Error | null = null;
  file.on('error', (error) => (fault = error));
  try {
    for (;;) {
      const next = await pieces.next();
      if (next.done) {
        file.end();
        if (!fault) await once(file, 'finish');
        if (fault) throw fault;
        return next.value;
      }
      if (!file.write(next.value) && !fault) await once(file, 'drain');
      if (fault) throw fault;
    }
  } catch (error) {
    file.destroy();
    await pieces.return(undefined as End);
    throw error;
  }
}
