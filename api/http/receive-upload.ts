/** The body of a request as a file of its own. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request } from 'express';
import type { Config } from '../config.ts';
import { Problem } from '../problems.ts';

/** What the caller says to whoever sent too much or nothing. */
export type UploadHints = { tooLarge: string; empty: string };

/**
 * Writes the body to a file; the caller removes it.
 * @returns its path, and the SHA-256 of what is in it.
 * @throws Problem `too_large`, announced or on the way, `invalid` for an empty or broken body; no file is left then.
 */
export async function receiveUpload(
  request: Request,
  config: Config,
  hints: UploadHints,
): Promise<{ path: string; sha256: Buffer }> {
  const most = config.max_upload_mb * 1024 * 1024;
  const announced = Number(request.get('content-length') ?? 0);
  if (announced > most) throw tooLarge(config, announced, hints);
  const folder = await uploadFolder(config);
  const path = join(folder, `${randomUUID()}.upload`);
  let bytes = 0;
  const hash = createHash('sha256');
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) return done(tooLarge(config, null, hints));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(request, counted, createWriteStream(path));
  } catch (error) {
    await rm(path, { force: true });
    request.resume(); // what still comes is read and dropped, so that the answer can be read at the other end
    if (error instanceof Problem) throw error;
    throw new Problem('invalid', 'The upload broke off.', {
      hint: 'Send it again; nothing was written.',
      cause: error,
    });
  }
  if (bytes > 0) return { path, sha256: hash.digest() };
  await rm(path, { force: true });
  throw new Problem('invalid', 'The body is empty; expected a file.', { hint: hints.empty });
}

function tooLarge({ max_upload_mb }: Config, bytes: number | null, hints: UploadHints): Problem {
  const came = bytes === null ? '' : `, and has ${Math.ceil(bytes / 1024 / 1024)} MB`;
  return new Problem('too_large', `The file is larger than ${max_upload_mb} MB${came}.`, {
    hint: hints.tooLarge,
  });
}

/** Beside the data, where there is room for what will be stored anyway; else where the system keeps such files. */
async function uploadFolder({ data_dir }: Config): Promise<string> {
  const folder = join(data_dir, 'uploads');
  try {
    await mkdir(folder, { recursive: true });
    return folder;
  } catch {
    return tmpdir();
  }
}
