import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { sha256 } from '../../../client/patrol/sha256.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('SHA-256 where the browser gives none', () => {
  it('gives the digest that the standard prints for abc', () => {
    expect(hex(sha256(new TextEncoder().encode('abc')))).to.equal(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('agrees with Node, also where the padding takes a block of its own', () => {
    for (const length of [0, 55, 56, 63, 64, 119, 120, 1_000_003]) {
      const bytes = new Uint8Array(length).map((_, i) => i * 31);
      expect(hex(sha256(bytes)), `${length} bytes`).to.equal(createHash('sha256').update(bytes).digest('hex'));
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(hex(sha256(bytes))).to.equal(createHash('sha256').update(bytes).digest('hex'));
      }),
    );
  });
});
