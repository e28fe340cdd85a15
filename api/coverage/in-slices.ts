import { setImmediate } from 'node:timers/promises';

/** As long as others wait at most, but for what the work does from one pause to the next. */
const SLICE_MS = 10;

/** Does work that pauses (a generator) without keeping other requests waiting until all of it is done. */
export async function inSlices<Result>(work: Generator<void, Result>): Promise<Result> {
  for (let start = performance.now(); ;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - start < SLICE_MS) continue;
    await setImmediate();
    start = performance.now();
  }
}
