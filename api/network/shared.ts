/**
 * Typed arrays that every thread of the process can read without a copy. All arrays of a network are such: once it is made
 * nobody writes to it, so a worker that is given the network by postMessage needs no copy of its arrays and no lock.
 * Costs nothing: Wuhan is built, and snapped to, as fast as on arrays of one thread.
 */
export type Numbers = Float64Array | Float32Array | Uint32Array | Int16Array | Uint8Array;
type Kind<T extends Numbers> = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: SharedArrayBuffer): T;
};

/** Zeros. */
export const sharedZeros = <T extends Numbers>(Kind: Kind<T>, length: number): T =>
  new Kind(new SharedArrayBuffer(length * Kind.BYTES_PER_ELEMENT));

export function shared<T extends Numbers>(Kind: Kind<T>, values: ArrayLike<number>): T {
  const array = sharedZeros(Kind, values.length);
  array.set(values);
  return array;
}

/** The values at some places of a list. */
export function picked<T extends Numbers>(Kind: Kind<T>, values: ArrayLike<number>, places: ArrayLike<number>): T {
  const array = sharedZeros(Kind, places.length);
  for (let i = 0; i < places.length; i++) array[i] = values[places[i]!]!;
  return array;
}

/** One list behind the other. */
export function chained<T extends Numbers>(Kind: Kind<T>, a: ArrayLike<number>, b: ArrayLike<number>): T {
  const both = sharedZeros(Kind, a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
