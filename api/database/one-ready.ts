/**
 * PGlite says ReadyForQuery twice when an extended query fails: right after the error and again for the Sync, where
 * PostgreSQL says it once, for the Sync. The driver would take the second for the end of its next question and every
 * answer after it would be the one before. This takes the first one out.
 */
const ERROR = 0x45; // 'E'
const READY = 0x5a; // 'Z'
const SYNC = 0x53; // 'S'

/**
 * Makes a filter for the answer to one batch of messages. It is fed chunk by chunk, cut anywhere.
 * @param batch the messages sent; `pg` ends an extended query with Sync and sends a simple one alone.
 */
export function oneReady(batch: Uint8Array, forward: (bytes: Uint8Array) => void): (chunk: Uint8Array) => void {
  if (batch.at(-5) !== SYNC || batch.at(-1) !== 4) return forward;
  let failed = false;
  let rest = new Uint8Array(0); // a message head that was cut
  let inside = 0; // bytes of the current message still to come
  return (chunk) => {
    const bytes = rest.length > 0 ? Uint8Array.from([...rest, ...chunk]) : chunk;
    rest = new Uint8Array(0);
    let start = 0;
    let at = inside;
    while (at < bytes.length) {
      if (at + 5 > bytes.length) {
        rest = bytes.slice(at);
        break;
      }
      const length = 1 + new DataView(bytes.buffer, bytes.byteOffset + at + 1, 4).getUint32(0);
      if (bytes[at] === READY && failed) {
        // ReadyForQuery is six bytes, and PGlite writes it whole.
        if (at > start) forward(bytes.subarray(start, at));
        start = at + length;
        failed = false;
      } else if (bytes[at] === ERROR) {
        failed = true;
      }
      at += length;
    }
    inside = Math.max(0, at - bytes.length);
    const end = bytes.length - rest.length;
    if (end > start) forward(bytes.subarray(start, end));
  };
}
