import { expect } from 'chai';
import fc from 'fast-check';
import * as format from '../../../client/i18n/format.ts';

describe('lengths in words', () => {
  it('are read at a glance, in metres up to a kilometre', () => {
    const shown = [0, 7.25, 823.4, 999.4, 999.5, 1240, 9994, 12_345, 186_200].map((metres) =>
      format.length('en', metres),
    );
    expect(shown).to.deep.equal(['0 m', '7.25 m', '823 m', '999 m', '1 km', '1.24 km', '9.99 km', '12.3 km', '186 km']);
    expect(format.length('zh', 823)).to.equal('823 米');
    expect(format.length('zh', 70_900)).to.equal('70.9 公里');
  });

  it('are exact to the centimetre where it matters', () => {
    expect(format.exactLength('zh', 1240.5)).to.equal('1,240.50 米');
    expect(format.exactLength('en', 1240)).to.equal('1,240 m');
    expect(format.signedLength('en', -214.9)).to.equal('−214.90 m');
    expect(format.signedLength('zh', 685.1)).to.equal('+685.10 米');
  });
});

describe('a share in percent', () => {
  it('is a full house only where nothing is missing, and nothing only where nothing is held', () => {
    expect(format.percent('en', 100)).to.equal('100%');
    expect(format.percent('en', 99.99)).to.equal('99.9%');
    expect(format.percent('en', 0.01)).to.equal('0.1%');
    expect(format.percent('en', 0)).to.equal('0%');
    expect(format.percent('en', null)).to.equal('—');
  });
});

describe('metres as people type them', () => {
  it('are understood with units, grouping, full-width digits and as chainage', () => {
    const typed: [string, number | null][] = [
      ['820', 820],
      ['820.5 m', 820.5],
      ['1,240.50 米', 1240.5],
      ['８２０', 820],
      ['K1+240.5', 1240.5],
      ['k0+080', 80],
      ['1.2km', 1200],
      ['1.2 公里', 1200],
      ['.5', 0.5],
      ['12.345', 12.35],
      ['', null],
      ['-5', null],
      ['1e3', null],
      ['abc', null],
      ['K1+2400', null],
    ];
    for (const [text, metres] of typed) expect(format.parseMetres(text), text).to.equal(metres);
  });

  it('come back from what is shown', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.constantFrom('zh' as const, 'en' as const),
        (centimetres, language) => {
          expect(format.parseMetres(format.exactLength(language, centimetres / 100))).to.equal(centimetres / 100);
        },
      ),
    );
  });
});

describe('moments in words', () => {
  it('are those of the district, wherever the reader sits', () => {
    expect(format.dayAndTime('zh', '2026-10-31T18:30:00Z')).to.equal('2026年11月1日 02:30');
    expect(format.day('en', '2026-10-31T18:30:00Z')).to.equal('1 Nov 2026');
    expect(format.today(0, new Date('2026-10-31T18:30:00Z'))).to.equal('2026-11-01');
    expect(format.today(30, new Date('2026-10-31T18:30:00Z'))).to.equal('2026-10-02');
  });
});

describe('how long something lasted', () => {
  it('is told to the second below an hour and to the minute above, without what is nothing', () => {
    const told = (seconds: number): string =>
      format
        .durationParts(seconds)
        .map(([unit, value]) => `${value}${unit}`)
        .join(' ');
    expect([0, 0.4, 59.6, 61, 600, 3599, 3600, 4329, 36_000].map(told)).to.deep.equal([
      '0s',
      '0s',
      '1min',
      '1min 1s',
      '10min',
      '59min 59s',
      '1h',
      '1h 12min',
      '10h',
    ]);
    expect(format.clock('zh', '2026-10-31T18:30:05Z')).to.equal('02:30:05');
  });
});
