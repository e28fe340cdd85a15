/** A value that tells its listeners when it changes. The whole state management there is. */
export type Store<T> = {
  get: () => T;
  update: (transition: (value: T) => T) => void;
  /** The listener hears (now, before); the answer stops it. */
  watch: (listener: (now: T, before: T) => void) => () => void;
};

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<(now: T, before: T) => void>();
  return {
    get: () => value,
    update(transition) {
      const before = value;
      value = transition(before);
      if (value === before) return;
      const now = value;
      for (const listener of Array.from(listeners)) listener(now, before);
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
