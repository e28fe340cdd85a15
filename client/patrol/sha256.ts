/** SHA-256 (FIPS 180-4) for pages on plain http, where browsers keep theirs away; some 50 MB/s. */

/** The first 32 bits of the fractional parts of a root of the first primes: what the standard begins with. */
function rootsOfPrimes(count: number, root: (prime: number) => number): Uint32Array {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return Uint32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32);
}

const initial = rootsOfPrimes(8, Math.sqrt);
const rounds = rootsOfPrimes(64, Math.cbrt);

export function sha256(message: Uint8Array): Uint8Array {
  const state = Uint32Array.from(initial);
  const whole = message.length - (message.length % 64);
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  for (let at = 0; at < whole; at += 64) mix(state, view, at);

  // What is left, a one bit, zeros, and the length in bits: one block, or two where that does not fit into one.
  const left = message.length - whole;
  const tail = new DataView(new ArrayBuffer(left < 56 ? 64 : 128));
  for (let i = 0; i < left; i++) tail.setUint8(i, message[whole + i]!);
  tail.setUint8(left, 0x80);
  tail.setUint32(tail.byteLength - 8, Math.floor(message.length / 2 ** 29));
  tail.setUint32(tail.byteLength - 4, (message.length << 3) >>> 0);
  for (let at = 0; at < tail.byteLength; at += 64) mix(state, tail, at);

  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => digest.setUint32(i * 4, word));
  return new Uint8Array(digest.buffer);
}

const words = new Uint32Array(64);
const turn = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** One block of 64 bytes into the state. The names are those of the standard. */
function mix(state: Uint32Array, block: DataView, at: number): void {
  for (let t = 0; t < 16; t++) words[t] = block.getUint32(at + t * 4);
  for (let t = 16; t < 64; t++) {
    const [w15, w2] = [words[t - 15]!, words[t - 2]!];
    const s0 = turn(w15, 7) ^ turn(w15, 18) ^ (w15 >>> 3);
    const s1 = turn(w2, 17) ^ turn(w2, 19) ^ (w2 >>> 10);
    words[t] = words[t - 16]! + s0 + words[t - 7]! + s1;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < 64; t++) {
    const S1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + S1 + ((e & f) ^ (~e & g)) + rounds[t]! + words[t]!) | 0;
    const S0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i]! += word));
}
