import { expect } from 'chai';
import { gapsPath, withQuery } from '../../../client/requests/paths.ts';

describe('the address of a question', () => {
  it('is the same for the same question, whatever the order it was put in', () => {
    expect(withQuery('/api/x', { b: 2, a: 1 })).to.equal(withQuery('/api/x', { a: 1, b: 2 }));
    expect(withQuery('/api/x', { b: 2, a: 1 })).to.equal('/api/x?a=1&b=2');
  });

  it('leaves out what is not asked, and escapes what is', () => {
    expect(gapsPath({ role: null, class: undefined, zone_id: 4 })).to.equal('/api/coverage/gaps?zone_id=4');
    expect(withQuery('/api/x', { q: '人民 & 路' })).to.equal(`/api/x?q=${encodeURIComponent('人民 & 路')}`);
    expect(withQuery('/api/x?a=1', { cursor: 'z' })).to.equal('/api/x?a=1&cursor=z');
  });
});
