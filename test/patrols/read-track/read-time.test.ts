import { expect } from 'chai';
import fc from 'fast-check';
import { readTime } from '../../../api/patrols/read-track/read-time.ts';

describe('times as trackers write them', () => {
  it('are what Date.parse reads', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          expect(readTime(date.toISOString(), 'nothing')).to.be.closeTo(date.getTime(), 1e-3);
          expect(readTime(date.getTime() / 1000, 'nothing')).to.be.closeTo(date.getTime(), 1e-3);
        },
      ),
    );
  });

  it('may have an offset, fractions of any length, a space for the T', () => {
    const moment = Date.UTC(2026, 4, 1, 0, 0, 1);
    for (const text of [
      '2026-05-01T08:00:01+08:00',
      '2026-05-01 08:00:01+0800',
      '2026-05-01T08:00:01.000000+08',
      '2026-04-30T19:00:01-05:00',
      ' 2026-05-01T00:00:01z ',
    ]) {
      expect(readTime(text, 'nothing'), text).to.equal(moment);
    }
    expect(readTime('2026-05-01T00:00:01.25Z', 'nothing')).to.equal(moment + 250);
    expect(readTime(moment, 'nothing')).to.equal(moment);
  });

  it('without an offset are UTC in GPX and nothing elsewhere', () => {
    expect(readTime('2026-05-01T00:00:01', 'utc')).to.equal(Date.UTC(2026, 4, 1, 0, 0, 1));
    expect(readTime('2026-05-01T00:00:01', 'nothing')).to.be.NaN;
  });

  it('are NaN for what is no moment', () => {
    for (const text of [
      '2026-02-30T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-05-01T25:00:00Z',
      '2026-05-01',
      'now',
      '',
      null,
      {},
      NaN,
    ]) {
      expect(readTime(text, 'utc'), String(text)).to.be.NaN;
    }
    expect(readTime('2024-02-29T00:00:00Z', 'utc')).to.equal(Date.UTC(2024, 1, 29));
  });
});
