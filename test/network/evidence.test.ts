import { expect } from 'chai';
import { angleBetween, headingFactor, nameFactors } from '../../api/network/evidence.ts';

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

describe('the street name of a report', () => {
  it('may go on after the name', () => {
    expect(nameFactors('解放路123号对面', ['解放路', '人民路', null])).to.deep.equal([20, 1, 1]);
  });

  it('means the longest of the names in it', () => {
    expect(nameFactors('东解放路', ['解放路', '东解放路'])).to.deep.equal([1, 20]);
  });

  it('does not mind width, case or blanks', () => {
    expect(nameFactors('Ｗｕｓｉ  hutong 5', ['WUSI Hutong'])).to.deep.equal([20]);
  });

  it('says nothing when it is no name nearby, or of one character', () => {
    expect(nameFactors('别处', ['解放路', '处'])).to.deep.equal([1, 1]);
    expect(nameFactors('   ', ['解放路', ''])).to.deep.equal([1, 1]);
  });
});
