import { expect } from 'chai';
import fc from 'fast-check';
import { createQueue } from '../../api/network/queue.ts';

describe('a queue', () => {
  it('hands out what a sorted list would', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (priorities) => {
        const queue = createQueue();
        for (const [item, priority] of priorities.entries()) queue.put(item, priority);
        const taken: number[] = [];
        for (let item = queue.take(); item !== -1; item = queue.take()) taken.push(priorities[item]!);
        expect(taken).to.deep.equal(priorities.toSorted((a, b) => a - b));
      }),
    );
  });

  it('is empty once cleared', () => {
    const queue = createQueue();
    queue.put(1, 1);
    queue.clear();
    expect(queue.take()).to.equal(-1);
  });
});
