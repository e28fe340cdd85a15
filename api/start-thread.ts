/** Starts a worker thread whose file is TypeScript: a new thread does not inherit tsx's loader, so it registers its own first. */
import { Worker } from 'node:worker_threads';

const tsx = import.meta.resolve('tsx/esm/api');

export function startThread(file: URL, workerData: unknown): Worker {
  const code = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(file.href)}); });`;
  return new Worker(code, { eval: true, workerData });
}
