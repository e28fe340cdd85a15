import { expect } from 'chai';
import fc from 'fast-check';
import { oneReady } from '../../api/database/one-ready.ts';

const message = (type: string, body = 0): number[] => [
  type.charCodeAt(0),
  0,
  0,
  0,
  4 + body,
  ...Array<number>(body).fill(7),
];
const sync = Uint8Array.from([...message('P', 9), ...message('S')]);

function filtered(batch: Uint8Array, answer: number[], cuts: number[] = []): number[] {
  const out: number[] = [];
  const feed = oneReady(batch, (bytes) => out.push(...bytes));
  const ends = [...new Set(cuts.map((cut) => cut % answer.length))].toSorted((a, b) => a - b);
  let start = 0;
  for (const end of [...ends, answer.length]) {
    if (end > start) feed(Uint8Array.from(answer.slice(start, end)));
    start = Math.max(start, end);
  }
  return out;
}

describe('one ReadyForQuery per question', () => {
  it('takes the one right after an error out, when a Sync answers with its own', () => {
    const answer = [...message('1'), ...message('E', 30), ...message('Z', 1), ...message('Z', 1)];
    expect(filtered(sync, answer)).to.deep.equal([...message('1'), ...message('E', 30), ...message('Z', 1)]);
  });

  it('leaves a good answer as it is, however it is cut', () => {
    const answer = [
      ...message('1'),
      ...message('2'),
      ...message('T', 20),
      ...message('D', 40),
      ...message('C', 9),
      ...message('Z', 1),
    ];
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        expect(filtered(sync, answer, cuts)).to.deep.equal(answer);
      }),
    );
  });

  it('leaves the answer to a simple query alone: there the one after the error is the only one', () => {
    const simple = Uint8Array.from(message('Q', 12));
    const answer = [...message('E', 30), ...message('Z', 1)];
    expect(filtered(simple, answer)).to.deep.equal(answer);
  });
});
