/** The body of a request as a file of its own. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request } from 'express';
import type { Config } from '../config.ts';
import { Problem } from '../problems.ts';

/**
 * Writes the body to a file and returns its path; the caller removes it.
 * @throws Problem `too_large`, announced or on the way, `invalid` for an empty or broken body; no file is left then.
 */
export async function receiveUpload(request: Request, config: Config): Promise<string> {
  const most = config.max_upload_mb * 1024 * 1024;
  const announced = Number(request.get('content-length') ?? 0);
  if (announced > most) throw tooLarge(config, announced);
  const folder = await uploadFolder(config);
  const path = join(folder, `${randomUUID()}.upload`);
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) done(tooLarge(config, null));
      else done(null, chunk);
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
  if (bytes > 0) return path;
  await rm(path, { force: true });
  throw new Problem('invalid', 'The body is empty; expected a file.', {
    hint: 'With curl: --data-binary @roads.geojson.',
  });
}

function tooLarge({ max_upload_mb }: Config, bytes: number | null): Problem {
  const came = bytes === null ? '' : `, and has ${Math.ceil(bytes / 1024 / 1024)} MB`;
  return new Problem('too_large', `The file is larger than ${max_upload_mb} MB${came}.`, {
    hint: 'Split it, or import it on the server with npm run import; the limit is the setting MAX_UPLOAD_MB.',
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
