/** Sends the file of a track. The only request that tells how far it is, which `fetch` cannot say of what it sends. */
import type { Patrol, PatrolUpload } from '../../api/patrols/patrols.contract.ts';
import { contentName, mediaTypeOf } from '../patrol/track-file.ts';
import { uploadPath } from './paths.ts';
import { connection, Problem, type ProblemBody } from './send.ts';

/** `already`: the same file was sent before, and is the patrol it became then. */
export type Uploaded = { patrol: Patrol; already: boolean };

/**
 * `tell` hears the share that has been sent; at 1 the server has all of it and is matching.
 *
 * @throws Problem in the server's words, or with status 0 when it did not answer.
 */
export async function uploadPatrol(
  file: File,
  about: Pick<PatrolUpload, 'chief_id' | 'crs'>,
  tell: (share: number) => void,
): Promise<Uploaded> {
  // Read once, so that what is sent is what was named, also where the file is being written meanwhile.
  const content = await file.arrayBuffer().catch((cause: unknown) => {
    throw new Problem({ status: 0, title: 'unreadable', detail: '' }, cause);
  });
  const external_id = await contentName(content);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', uploadPath({ ...about, external_id }));
    request.responseType = 'json';
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', mediaTypeOf(file.name) ?? 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) => tell(total > 0 ? loaded / total : 0));
    request.upload.addEventListener('load', () => tell(1));
    const lost = (): void => {
      connection.update(() => 'down');
      reject(new Problem({ status: 0, title: 'unreachable', detail: '' }));
    };
    request.addEventListener('error', lost);
    request.addEventListener('load', () => {
      // A proxy in front says 502-504 when the service behind it is gone.
      if (request.status >= 502 && request.status <= 504) return lost();
      connection.update(() => 'up');
      const answer = request.response as unknown;
      if (request.status === 200 || request.status === 201) {
        resolve({ patrol: answer as Patrol, already: request.status === 200 });
      } else {
        const body = (answer ?? {}) as Partial<ProblemBody>;
        reject(new Problem({ title: request.statusText, detail: '', ...body, status: request.status }));
      }
    });
    request.send(content);
  });
}
