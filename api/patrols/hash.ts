/** A number below 2^52 for some whole numbers in a row, the same for the same ones: two rounds of multiply and xor, as in MurmurHash3. */
export function hashOf(values: Int32Array, from: number, count: number): number {
  let [a, b] = [0x9e3779b9, 0x85ebca6b];
  for (let i = from; i < from + count; i += 1) {
    const value = values[i]!;
    a = Math.imul(a ^ value, 0xcc9e2d51);
    a ^= a >>> 15;
    b = Math.imul(b + value, 0x1b873593);
    b ^= b >>> 13;
  }
  return (mixed(a) >>> 6) * 2 ** 26 + (mixed(b) >>> 6);
}

function mixed(bits: number): number {
  let value = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
