/** A binary heap of numbered items, least priority first. An item may be put in again with a smaller priority. */
export type Queue = {
  put(item: number, priority: number): void;
  /** Takes out the item with the least priority; -1 when there is none. */
  take(): number;
  clear(): void;
};

export function createQueue(): Queue {
  const items: number[] = [];
  const priorities: number[] = [];
  return {
    put(item, priority) {
      let i = items.length;
      while (i > 0) {
        const parent = (i - 1) >> 1;
        if (priorities[parent]! <= priority) break;
        items[i] = items[parent]!;
        priorities[i] = priorities[parent]!;
        i = parent;
      }
      items[i] = item;
      priorities[i] = priority;
    },
    take() {
      if (items.length === 0) return -1;
      const first = items[0]!;
      const item = items.pop()!;
      const priority = priorities.pop()!;
      if (items.length === 0) return first;
      let i = 0;
      for (let child = 1; child < items.length; child = 2 * i + 1) {
        if (child + 1 < items.length && priorities[child + 1]! < priorities[child]!) child++;
        if (priorities[child]! >= priority) break;
        items[i] = items[child]!;
        priorities[i] = priorities[child]!;
        i = child;
      }
      items[i] = item;
      priorities[i] = priority;
      return first;
    },
    clear() {
      items.length = 0;
      priorities.length = 0;
    },
  };
}
