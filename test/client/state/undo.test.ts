import { expect } from 'chai';
import type { Change } from '../../../api/assignments/assignments.contract.ts';
import { emptyStack, redone, saved, undone } from '../../../client/state/undo.ts';

const end = (assignment_id: number): Change[] => [{ op: 'end', assignment_id }];

describe('the undo stack', () => {
  it('takes back the last first, and does it again', () => {
    const two = saved({ label: 'second', undo: end(2) })(saved({ label: 'first', undo: end(1) })(emptyStack));
    const back = undone(end(3))(two);
    expect(back.done.map(({ label }) => label)).to.deep.equal(['first']);
    expect(back.undone).to.deep.equal([{ label: 'second', undo: end(3) }]);
    expect(redone(end(4))(back).done.at(-1)).to.deep.equal({ label: 'second', undo: end(4) });
  });

  it('forgets what was undone once something new is saved', () => {
    const back = undone(end(2))(saved({ label: 'first', undo: end(1) })(emptyStack));
    expect(saved({ label: 'other', undo: end(3) })(back).undone).to.deep.equal([]);
  });

  it('has nothing to take back when it is empty, and keeps a hundred', () => {
    expect(undone(end(1))(emptyStack)).to.deep.equal(emptyStack);
    const many = Array.from({ length: 130 }, (_, i) => i).reduce(
      (stack, i) => saved({ label: String(i), undo: end(i + 1) })(stack),
      emptyStack,
    );
    expect(many.done.length).to.equal(100);
    expect(many.done[0]!.label).to.equal('30');
  });
});
