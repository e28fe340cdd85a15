/**
 * The embedded engine, spoken to by the same `pg` driver as a server.
 *
 * `pg` accepts any duplex stream in place of a socket, so its bytes go to PGlite in a worker thread and back.
 * Measured (npm run bench -- engines; 2 cores, Node 20, PGlite 0.5.8; medians): 2,000 small questions one after the
 * other, 100,000 rows of 200 characters read, the same written with unnest:
 *
 *   this stream                       0.33 s   0.23 s   1.36 s   the driver, its types, errors and transactions as they are
 *   in-process dialect (db.query)     0.49 s   0.48 s   0.76 s   blocks the event loop; types and errors of its own
 *   pglite-socket 0.2.11 + pg         0.61 s   0.15 s   1.44 s   a port, nine more packages, connections interleave (pglite#1046)
 *   PostgreSQL 15 over TCP            0.19 s   0.16 s   0.30 s   for comparison
 *
 * COPY FROM STDIN fails over the wire (08006, CopyGetData reads past the message), so bulk loads use unnest() and
 * jsonb_to_recordset() on both engines. SQLSTATE codes, transactions and type parsers are those of `pg`.
 */
import { Duplex } from 'node:stream';
import { startThread } from '../start-thread.ts';
import type { EmbeddedOptions } from './embedded-worker.ts';

export type Embedded = { stream: () => Duplex; close: () => Promise<void> };

const TERMINATE = 0x58; // 'X'
/** Messages that ask for an answer: Query, Sync, Flush, Terminate; password and copy messages stand for themselves. */
const ASKING = new Set(Buffer.from('QSHXpdcf'));

type Answer = Uint8Array | { ready: true } | { closed: true } | { step: string } | { failed: string };

/**
 * Starts the embedded PostGIS.
 * @param tell is told of steps that take long.
 * @throws Error with PGlite's reason when the folder cannot be opened.
 */
export async function startEmbedded(options: EmbeddedOptions, tell: (step: string) => void): Promise<Embedded> {
  const worker = startThread(new URL('./embedded-worker.ts', import.meta.url), options);
  let receive: (bytes: Uint8Array) => void = () => {};
  let lost: (error: Error) => void = () => {};
  let closed: () => void = () => {};

  await new Promise<void>((resolve, reject) => {
    lost = reject;
    worker.on('message', (answer: Answer) => {
      if (answer instanceof Uint8Array) receive(answer);
      else if ('step' in answer) tell(answer.step);
      else if ('failed' in answer) lost(new Error(answer.failed));
      else if ('closed' in answer) closed();
      else resolve();
    });
    worker.on('error', (error) => lost(error));
    worker.on('exit', () => lost(new Error('the embedded database stopped')));
  });

  return {
    stream() {
      const wire = new Wire((bytes) => worker.postMessage(bytes));
      receive = (bytes) => wire.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      lost = (error) => wire.destroy(error);
      return wire;
    },
    close: () =>
      new Promise((resolve) => {
        lost = () => resolve();
        closed = () => resolve();
        worker.postMessage('close');
      }),
  };
}

/**
 * Gathers what `pg` writes into batches that ask for an answer: a start-up message, a simple query, or everything up to
 * a Sync. One batch is one trip to the worker (five without it, one for each of parse, bind, describe, execute, sync).
 */
class Wire extends Duplex {
  private pending: Buffer = Buffer.alloc(0);
  private started = false;
  private readonly send: (batch: Uint8Array) => void;

  constructor(send: (batch: Uint8Array) => void) {
    super();
    this.send = send;
  }

  override _read(): void {}

  /** `pg` says goodbye by ending the stream; the engine itself stays up for the next connection. */
  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.pending = this.pending.length ? Buffer.concat([this.pending, chunk]) : chunk;
    for (let end = this.batchEnd(); end > 0; end = this.batchEnd()) {
      const batch = this.pending.subarray(0, end);
      this.pending = this.pending.subarray(end);
      // Terminate would stop PGlite for good; it serves the next connection instead.
      if (batch[0] !== TERMINATE) this.send(Uint8Array.from(batch));
    }
    done();
  }

  /** Bytes up to the end of the first batch, 0 while it is not whole. The start-up message alone has no type byte. */
  private batchEnd(): number {
    let at = 0;
    for (;;) {
      const head = this.started ? 1 : 0;
      if (this.pending.length < at + head + 4) return 0;
      const end = at + head + this.pending.readInt32BE(at + head);
      if (this.pending.length < end) return 0;
      if (!this.started) {
        this.started = true;
        return end;
      }
      if (ASKING.has(this.pending[at]!)) return end;
      at = end;
    }
  }

  // What `pg` expects of a socket.
  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
