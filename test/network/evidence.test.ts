import { expect } from 'chai';
import { angleBetween, headingFactor, nameFactors, zoneFactors } from '../../api/network/evidence.ts';

describe('the heading of a report', () => {
  it('favours roads along it 15 to 1 over roads across it, in either direction', () => {
    expect(headingFactor(90, 1, 0)).to.be.closeTo(3.07, 0.01);
    expect(headingFactor(270, 1, 0)).to.be.closeTo(3.07, 0.01);
    expect(headingFactor(0, 1, 0)).to.be.closeTo(0.2, 0.01);
  });

  it('favours nothing on average: the mean over all angles is 1', () => {
    let sum = 0;
    for (let degree = 0; degree < 360; degree++) sum += headingFactor(degree, 0, 1);
    expect(sum / 360).to.be.closeTo(1, 0.001);
  });

  it('is compared with lines, not arrows', () => {
    expect([angleBetween(10, 350), angleBetween(10, 190), angleBetween(0, 90), angleBetween(359, 1)]).to.deep.equal([
      20, 0, 90, 2,
    ]);
  });
});

describe('the street names in a report', () => {
  const road = (text: string, names: (string | null)[]): number[] => nameFactors(text, names).roads;

  it('are its own in 19 of 20 cases, and a nameless place names one of those nearby in one of four', () => {
    const { roads, offNetwork } = nameFactors('解放路123号对面', ['解放路', '人民路', null]);
    expect(roads[0]).to.be.closeTo(0.95, 1e-12);
    expect(roads[1]).to.be.closeTo(0.05, 1e-12); // one other name
    expect([roads[2], offNetwork]).to.deep.equal([0.125, 0.125]); // two names nearby
  });

  it('are the longest that stand there, none inside another', () => {
    const [inside, longest] = road('东解放路', ['解放路', '东解放路']);
    expect(longest! / inside!).to.be.closeTo(19, 1e-9);
  });

  it('may be several, which share the weight', () => {
    const [one, two, third] = road('解放路与东解放路交叉口', ['解放路', '东解放路', '人民路']);
    expect([one, two]).to.deep.equal([0.475, 0.475]);
    expect(third).to.be.closeTo(0.05, 1e-12);
  });

  it('stand anywhere in the text, without spaces around them', () => {
    const [named, other] = road('今天早上在细管胡同口看见垃圾没有清走', ['细管胡同', '粗管胡同']);
    expect(named! / other!).to.be.closeTo(19, 1e-9);
  });

  it('count the same for all roads of that name, as for two carriageways', () => {
    expect(road('人民路', ['人民路', '人民路', '和平路'])).to.deep.equal([0.95, 0.95, 1 - 0.95]);
  });

  it('do not mind width, case or blanks', () => {
    const [named, other] = road('Ｗｕｓｉ  hutong 5', ['WUSI Hutong', 'Other Hutong']);
    expect(named! / other!).to.be.closeTo(19, 1e-9);
  });

  it('say nothing when they are no names nearby, or of one character', () => {
    expect(nameFactors('别处', ['解放路', '处'])).to.deep.equal({ roads: [1, 1], offNetwork: 1 });
    expect(road('   ', ['解放路', ''])).to.deep.equal([1, 1]);
  });
});

describe('the zone that a report names', () => {
  it('is the one of its road nine times in ten, and never speaks for being on no road', () => {
    const { roads, offNetwork } = zoneFactors([true, false]);
    expect(roads[0]! / roads[1]!).to.be.closeTo(9, 1e-9);
    expect(offNetwork).to.equal(roads[0]);
    const elsewhere = zoneFactors([false, false]);
    expect(new Set([...elsewhere.roads, elsewhere.offNetwork]).size, 'all alike: it says nothing').to.equal(1);
    expect(zoneFactors([]).roads).to.deep.equal([]);
  });
});
