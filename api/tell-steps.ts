/** Progress for a person at a terminal: a step that takes less than two seconds is not worth a line. */
import { performance } from 'node:perf_hooks';

const PATIENCE_MS = 2_000;

/** Runs a piece of work under a name. The work may name what it is just doing; that replaces the name. */
export type Tell = <Result>(name: string, work: (step: (name: string) => void) => Promise<Result>) => Promise<Result>;

/**
 * Prints a step once it has run for two seconds, again every five seconds, and how long it took in the end.
 * @param print takes one line.
 */
export function stepTeller(print: (line: string) => void): Tell {
  return async (name, work) => {
    const began = performance.now();
    const elapsed = (): number => performance.now() - began;
    let current = name;
    let said = '';
    const say = (): void => {
      print(said === current ? `  … ${current}, ${(elapsed() / 1000).toFixed(0)} s` : `  … ${current}`);
      said = current;
    };
    let ticker = setTimeout(function tick() {
      say();
      ticker = setTimeout(tick, 5_000);
    }, PATIENCE_MS);
    try {
      const result = await work((step) => {
        current = step;
        if (elapsed() > PATIENCE_MS && said !== current) say();
      });
      if (elapsed() > PATIENCE_MS) print(`  ✓ ${name}, ${(elapsed() / 1000).toFixed(1)} s`);
      return result;
    } finally {
      clearTimeout(ticker);
    }
  };
}
