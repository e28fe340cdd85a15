import { expect } from 'chai';
import supertest from 'supertest';
import { createApp } from '../../api/app.ts';
import { eachEngine } from '../support/district.ts';
import { contextOf } from '../support/server.ts';

eachEngine('a body that says it is packed', (district) => {
  for (const encoding of ['gzip', 'deflate', 'br']) {
    it(`and cannot be unpacked (${encoding}) is the sender's fault, not ours`, async () => {
      const answer = await supertest(createApp(contextOf(district())))
        .post('/api/chiefs')
        .set({ 'Content-Type': 'application/json', 'Content-Encoding': encoding })
        .send('{"name": "李明", "role": "general"}');
      expect(answer.status, JSON.stringify(answer.body)).to.equal(400);
      expect(answer.type).to.equal('application/problem+json');
      expect(answer.body.detail).to.match(/^The body cannot be unpacked: /);
      expect(answer.body.hint).to.include('Content-Encoding');
    });
  }
});
