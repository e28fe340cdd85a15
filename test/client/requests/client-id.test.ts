import { expect } from 'chai';
import { newClientId } from '../../../client/requests/client-id.ts';

describe('an id made by the client', () => {
  it('is another one each time, and needs nothing that only https has', () => {
    const ids = Array.from({ length: 1000 }, newClientId);
    expect(new Set(ids).size).to.equal(1000);
    for (const id of ids) expect(id).to.match(/^client-[0-9a-f]{32}$/);
  });
});
