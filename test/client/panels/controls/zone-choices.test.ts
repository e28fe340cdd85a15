import { expect } from 'chai';
import type { Zone } from '../../../../api/zones/zones.contract.ts';
import { zoneChoices, type ZoneChoice } from '../../../../client/panels/controls/zone-choices.ts';

const zone = (id: number, level: Zone['properties']['level'], name: string, parent_id: number | null = null): Zone => ({
  type: 'Feature',
  id,
  geometry: null,
  properties: { code: String(id), level, name, parent_id, area_km2: 1, road_count: 0, road_m: 0 },
});
const east = [
  zone(1, 'district', 'East'),
  zone(2, 'town', 'Mill', 1),
  zone(3, 'community', 'Upper Mill', 2),
  zone(4, 'community', 'Lower Mill', 2),
  zone(5, 'grid', 'Cell', 3),
  zone(6, 'bureau', 'Bureau-led'),
];
const west = [zone(7, 'district', 'West'), zone(8, 'town', 'Mill', 7)];

/** `heading: name, communities` a line. */
const told = (choices: readonly ZoneChoice[]): string[] =>
  choices.map(({ name, below }) =>
    below ? `${below.heading}: ${[name, ...below.communities.map((one) => one.name)].join(', ')}` : name,
  );

describe('what a zone select offers', () => {
  it('is towns with their communities where there is one district', () => {
    expect(told(zoneChoices(east, null))).to.deep.equal(['Bureau-led', 'Mill: Mill, Upper Mill, Lower Mill']);
    expect(told(zoneChoices(east, 4))).to.deep.equal(told(zoneChoices(east, null)));
  });

  it('is districts, each before its own towns, where there are several', () => {
    expect(told(zoneChoices([...east, ...west], null))).to.deep.equal([
      'Bureau-led',
      'East',
      'East · Mill: Mill, Upper Mill, Lower Mill',
      'West',
      'West · Mill: Mill',
    ]);
  });

  it('has whatever zone is asked for: the only district, a grid cell, one that is gone', () => {
    expect(told(zoneChoices(east, 1))).to.deep.equal(['Bureau-led', 'East', 'Mill: Mill, Upper Mill, Lower Mill']);
    expect(told(zoneChoices(east, 5)).at(-1)).to.equal('Cell');
    expect(told(zoneChoices(east, 99)).at(-1)).to.equal('#99');
  });

  it('loses no town that lies in no district', () => {
    const lost = zone(9, 'town', 'Lost');
    expect(told(zoneChoices([...east, ...west, lost], 1)).at(-1)).to.equal('Lost: Lost');
  });

  it('is nothing before the zones are there', () => {
    expect(zoneChoices([], 4)).to.deep.equal([]);
  });
});
