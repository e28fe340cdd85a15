/** The next message of a thread; rejects when it breaks or ends instead, so that nobody waits for a thread that is gone. */
import type { Worker } from 'node:worker_threads';

export function nextAnswer<T>(thread: Worker): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onMessage = (message: T): void => settle(() => resolve(message));
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void => settle(() => reject(new Error(`its thread ended with code ${code}`)));
    const settle = (act: () => void): void => {
      thread.off('message', onMessage);
      thread.off('error', onError);
      thread.off('exit', onExit);
      act();
    };
    thread.on('message', onMessage);
    thread.on('error', onError);
    thread.on('exit', onExit);
  });
}
