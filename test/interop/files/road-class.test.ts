import { expect } from 'chai';
import { type RoadClass, roadClassOf } from '../../../api/interop/files/road-class.ts';

const expected: Record<RoadClass, string[]> = {
  main: [
    'motorway',
    'trunk',
    'primary',
    'primary_link',
    'trunk_link',
    'Primary',
    '主干道',
    '主干路',
    '快速路',
    '城市主干道(一级)',
    'main',
  ],
  secondary: ['secondary', 'secondary_link', '次干道', '次干路', '城市次干路'],
  branch: ['tertiary', 'tertiary_link', 'unclassified', '支路', '城市支路', '支路(三级)'],
  alley: ['residential', 'living_street', '背街小巷', '胡同', '里弄', '巷', '背街小巷/胡同'],
  service: ['service', '辅路', '附属道路'],
  path: ['footway', 'path', 'pedestrian', 'steps', 'cycleway', 'track', '步行街', '人行道', '步行道'],
  other: ['other', 'construction', 'road', '其他'],
};

describe('road class', () => {
  for (const [roadClass, words] of Object.entries(expected))
    it(`takes ${words.join(', ')} as ${roadClass}`, () => {
      for (const word of words) expect(roadClassOf(word), word).to.deep.equal({ class: roadClass, known: true });
    });

  it('takes odd values as other and says that it does not know them', () => {
    for (const word of ['FIXME', 'access_ramp', 'AVE', '特级', '__proto__', 'link'])
      expect(roadClassOf(word), word).to.deep.equal({ class: 'other', known: false });
  });

  it('takes no word as other, without a question', () => {
    for (const word of [null, undefined, '', '  ', {}, []])
      expect(roadClassOf(word)).to.deep.equal({ class: 'other', known: true });
  });

  it("lets the district's own words win", () => {
    expect(roadClassOf('一级街巷', { 一级街巷: 'branch' })).to.deep.equal({ class: 'branch', known: true });
    expect(roadClassOf('residential', { residential: 'branch' }).class).to.equal('branch');
    expect(roadClassOf(3, { 3: 'alley' }).class).to.equal('alley');
  });
});
