/** Measuring and printing, the same for every benchmark of pure code. */
import { cpus } from 'node:os';

export type Job = {
  name: string;
  /** How many things one run does, to tell how many it does in a second. */
  items: number;
  run: () => unknown;
  /** Default 7, after 2 to warm up; 1 for what takes seconds. */
  runs?: number;
};

export function printMachine(): void {
  const processors = cpus();
  console.log(`Node ${process.version}, ${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}`);
}

/**
 * Runs jobs one after the other and prints for each the shortest and the median time, how many items that is in a second
 * (by the median), and how many times the first job's rate.
 */
export async function compare(title: string, jobs: readonly Job[]): Promise<void> {
  console.log(`\n${title}`);
  row('', 'items', 'min ms', 'median ms', 'items/s', 'rate');
  let base: number | null = null;
  for (const { name, items, run, runs = 7 } of jobs) {
    for (let warmUp = 0; warmUp < Math.min(2, runs - 1); warmUp++) await run();
    const times: number[] = [];
    for (let i = 0; i < runs; i++) {
      const start = performance.now();
      await run();
      times.push(performance.now() - start);
    }
    const middle = times.toSorted((a, b) => a - b)[times.length >> 1]!;
    const rate = (1000 * items) / middle;
    base ??= rate;
    row(
      name,
      items,
      Math.min(...times).toFixed(1),
      middle.toFixed(1),
      Math.round(rate),
      `× ${(rate / base).toPrecision(2)}`,
    );
  }
}

const row = (name: string, ...cells: (string | number)[]): void =>
  console.log(name.padEnd(44) + cells.map((cell) => cell.toLocaleString('en').padStart(12)).join(''));
