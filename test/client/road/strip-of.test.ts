import { expect } from 'chai';
import fc from 'fast-check';
import type { Segment } from '../../../api/segments/segments.contract.ts';
import { metresOf, stripOf, within } from '../../../client/road/strip-of.ts';
import { roles } from '../../../client/state/state.ts';

type Properties = Segment['properties'];
const segment = (properties: Partial<Properties>): Segment => ({
  type: 'Feature',
  geometry: { type: 'LineString', coordinates: [[0, 0], [1, 1]] }, // prettier-ignore
  properties: {
    road_id: 1,
    road_name: '人民路',
    class: 'main',
    from_m: 0,
    to_m: 100,
    length_m: 100,
    sides: 'both',
    town: null,
    community: null,
    bureau_led: false,
    holders: Object.fromEntries(roles.map((role) => [role, null])) as Properties['holders'],
    missing: [],
    ...properties,
  },
});
const chief = (id: number) => ({ id, name: `路长${id}`, organisation: null, phone: null });
const held = (role: 'general', id: number | null): Properties['holders'] =>
  ({ ...segment({}).properties.holders, [role]: id === null ? null : chief(id) }) as Properties['holders'];

describe('the strip of a road', () => {
  it('joins neighbours that one chief holds, and parts them where another begins', () => {
    const { rows } = stripOf([
      segment({ from_m: 0, to_m: 40, holders: held('general', 1) }),
      segment({ from_m: 40, to_m: 70, holders: held('general', 1), missing: ['town_l1'] }),
      segment({ from_m: 70, to_m: 100, holders: held('general', 2) }),
    ]);
    expect(rows.general.map(({ from, to, holder }) => [from, to, holder?.id])).to.deep.equal([[0, 70, 1], [70, 100, 2]]); // prettier-ignore
    expect(rows.town_l1.filter(({ missing }) => missing).map(({ from, to }) => [from, to])).to.deep.equal([[40, 70]]);
  });

  it('is one block on both sides where they say the same, two halves where they differ', () => {
    const { rows, missing_m } = stripOf([
      segment({ from_m: 0, to_m: 60, sides: 'left', holders: held('general', 1) }),
      segment({ from_m: 0, to_m: 30, sides: 'right', holders: held('general', 1) }),
      segment({ from_m: 30, to_m: 60, sides: 'right', missing: ['general'] }),
    ]);
    expect(rows.general.map(({ from, to, sides }) => [from, to, sides])).to.deep.equal([
      [0, 30, 'both'],
      [30, 60, 'left'],
      [30, 60, 'right'],
    ]);
    // 30 m on one side are 15 m of road.
    expect(missing_m.general).to.equal(15);
  });

  it('says for every metre and side what its segment says', () => {
    const side = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(side, side, (left, right) => {
        const lay = (parts: [number, number][], sides: 'left' | 'right'): Segment[] => {
          let at = 0;
          return parts.map(([length, id]) =>
            segment({
              from_m: at,
              to_m: (at += length),
              sides,
              holders: held('general', id === 0 ? null : id),
              missing: id === 0 ? ['general'] : [],
            }),
          );
        };
        const { rows } = stripOf([...lay(left, 'left'), ...lay(right, 'right')]);
        for (const [parts, sides] of [
          [left, 'left'],
          [right, 'right'],
        ] as const) {
          const metres = parts.flatMap(([length, id]) => Array.from({ length }, () => id));
          metres.forEach((id, metre) => {
            const blocks = rows.general.filter(
              (block) => block.from <= metre && metre < block.to && (block.sides === 'both' || block.sides === sides),
            );
            expect(blocks).to.have.length(1);
            expect(blocks[0]!.holder?.id ?? 0).to.equal(id);
          });
        }
      }),
    );
  });

  it('is cut to a stretch, side by side', () => {
    const blocks = [
      { from: 0, to: 50, sides: 'both' as const },
      { from: 50, to: 80, sides: 'left' as const },
      { from: 50, to: 80, sides: 'right' as const },
    ];
    expect(within(blocks, 40, 60, 'left')).to.deep.equal([
      { from: 40, to: 50, sides: 'left' },
      { from: 50, to: 60, sides: 'left' },
    ]);
    expect(metresOf(within(blocks, 40, 60, 'both'))).to.equal(20);
  });
});
