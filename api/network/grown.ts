type Growing = Float64Array | Int32Array;

/** The list itself while it is long enough, else a copy of at least twice its length. */
export function grown<T extends Growing>(list: T, length: number): T {
  if (length <= list.length) return list;
  const longer = new (list.constructor as new (length: number) => T)(Math.max(length, 2 * list.length));
  longer.set(list);
  return longer;
}
