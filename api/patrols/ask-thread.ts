/** The main thread's end of track-thread.ts: one thread for the process, started when the first track comes. */
import type { Worker } from 'node:worker_threads';
import type { Network } from '../network/network.ts';
import { Problem, type ProblemKind } from '../problems.ts';
import { startThread } from '../start-thread.ts';
import type { JobName, Jobs } from './track-thread.ts';

type Waiting = { resolve: (answer: never) => void; reject: (error: unknown) => void };
type Answer = { number: number; answer?: unknown; failed?: unknown; problem?: Faulty };
type Faulty = Pick<Problem, 'kind' | 'message' | 'hint' | 'errors' | 'more'>;

/** Who comes when so many wait already would wait for minutes. */
const MOST_WAITING = 50;

type Thread = { worker: Worker; waiting: Map<number, Waiting>; asked: number; network: Network | null };
let running: Thread | null = null;

/**
 * Asks the thread to do a job; jobs are done in the order they are asked.
 * @throws Problem what the job throws; `busy` when too many wait.
 */
export function askThread<Name extends JobName>(job: Name, ask: Jobs[Name]['ask']): Promise<Jobs[Name]['answer']> {
  const thread = (running ??= start());
  if (thread.waiting.size >= MOST_WAITING) {
    throw new Problem('busy', `${thread.waiting.size} tracks wait to be matched.`, {
      hint: 'Send it again in a minute.',
    });
  }
  return post(thread, job, ask);
}

/** As askThread, with these roads. They are on shared memory, so that only their names and numbers are copied. */
export function askWithNetwork<Name extends 'upload' | 'match'>(
  network: Network,
  job: Name,
  ask: Jobs[Name]['ask'],
): Promise<Jobs[Name]['answer']> {
  const thread = (running ??= start());
  if (thread.network !== network) {
    thread.network = network;
    post(thread, 'network', { network: withoutNames(network) }).catch(() => (thread.network = null));
  }
  return askThread(job, ask);
}

/** The matcher asks for no name and no id: of Wuhan's 92,667 roads they take 60 ms to copy, the rest 4. */
const withoutNames = (network: Network): Network => ({
  ...network,
  roadNames: [],
  nodeNumbers: new Map(),
  numbers: { packed: new Map(), added: new Map() },
});

function post<Name extends JobName>(thread: Thread, job: Name, ask: Jobs[Name]['ask']): Promise<Jobs[Name]['answer']> {
  return new Promise((resolve, reject) => {
    const number = (thread.asked += 1);
    thread.waiting.set(number, { resolve, reject });
    thread.worker.ref();
    thread.worker.postMessage({ number, job, ask });
  });
}

function start(): Thread {
  const worker = startThread(new URL('./track-thread.ts', import.meta.url), null);
  const thread: Thread = { worker, waiting: new Map(), asked: 0, network: null };
  worker.on('message', ({ number, answer, problem, failed }: Answer) => {
    const { resolve, reject } = thread.waiting.get(number)!;
    thread.waiting.delete(number);
    // An idle thread keeps no process alive.
    if (thread.waiting.size === 0) worker.unref();
    if (problem) reject(new Problem(problem.kind as ProblemKind, problem.message, problem));
    else if (failed) reject(failed);
    else resolve(answer as never);
  });
  const lost = (error: Error): void => {
    if (running === thread) running = null; // the next job starts another
    for (const { reject } of thread.waiting.values()) reject(error);
    thread.waiting.clear();
  };
  worker.on('error', lost);
  worker.on('exit', () => lost(new Error('the thread that reads tracks stopped')));
  return thread;
}
