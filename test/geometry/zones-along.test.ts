import { expect } from 'chai';
import { booleanPointInPolygon } from '@turf/turf';
import { interpolate } from '../../api/geometry/interpolate.ts';
import { distancesAlong, lineLengthCm } from '../../api/geometry/line.ts';
import { reverse } from '../../api/geometry/reverse.ts';
import { zonesAlong } from '../../api/geometry/zones-along.ts';
import type { ZoneStretch } from '../../api/geometry/zones-along.ts';
import { zonesBeside } from '../../api/geometry/zones-beside.ts';
import { createZoneIndex } from '../../api/network/zone-index.ts';
import { seededRandom } from '../support/shapes.ts';
import { box, crookedCells } from '../support/zones.ts';

/** What a road passes: "from-to sides zone", metres. */
function told(line: number[], zones: Parameters<typeof createZoneIndex>[0], offset_m?: number): string[] {
  const stretches = zonesAlong(line, lineLengthCm(line), createZoneIndex(zones), offset_m);
  return stretches.map(({ from_cm, to_cm, sides, zone }) => `${from_cm / 100}-${to_cm / 100} ${sides} ${zone}`);
}
const east = (length: number, y = 0): number[] => [0, y, length, y];

/** Each side of [0, length) is covered exactly once. */
function expectPartition(stretches: ZoneStretch[], length_cm: number): void {
  for (const side of ['left', 'right']) {
    let at = 0;
    for (const { from_cm, to_cm, sides } of stretches) {
      if (sides !== 'both' && sides !== side) continue;
      expect(from_cm).to.equal(at);
      expect(to_cm).to.be.above(from_cm);
      at = to_cm;
    }
    expect(at).to.equal(length_cm);
  }
}

describe('the zones along a road', () => {
  const westAndEast = [box(-500, -500, 40, 500), box(40, -500, 500, 500)];
  const southAndNorth = [box(-500, -500, 1500, 0), box(-500, 0, 1500, 500)];

  it('change on both sides where the centreline crosses the boundary', () => {
    expect(told(east(100), westAndEast)).to.deep.equal(['0-40 both 0', '40-100 both 1']);
  });

  it('do so at an oblique crossing of 45° too, to the centimetre', () => {
    const slanted = [
      [[[-500, -500, 40.125, 0, 540.125, 500, -500, 500]]],
      [[[-500, -500, 540.125, -500, 540.125, 500, 40.125, 0]]],
    ];
    expect(told(east(100), slanted)).to.deep.equal(['0-40.13 both 0', '40.13-100 both 1']);
  });

  it('differ by side on a boundary street', () => {
    expect(told(east(300), southAndNorth)).to.deep.equal(['0-300 left 1', '0-300 right 0']);
    expect(told(east(300, 14), southAndNorth), 'drawn 14 m beside it').to.deep.equal(['0-300 left 1', '0-300 right 0']);
    expect(told(east(300, 16), southAndNorth), 'too far to be its boundary').to.deep.equal(['0-300 both 1']);
    expect(told(east(300, 9), southAndNorth, 8), 'a lane, judged at 8 m').to.deep.equal(['0-300 both 1']);
  });

  it('differ by side on a boundary street of 40 m, whose sides are judged at 10 m', () => {
    expect(told(east(40, 9), southAndNorth)).to.deep.equal(['0-40 left 1', '0-40 right 0']);
    expect(told(east(40, 11), southAndNorth)).to.deep.equal(['0-40 both 1']);
  });

  it('begin to differ where the road meets the boundary and follows it', () => {
    // North 200 m into zone 0's border at y = 0, then 300 m along it: the right side is across from 15 m before the bend.
    const joining = [0, -200, 0, 0, 300, 0];
    expect(told(joining, southAndNorth)).to.deep.equal(['0-200 both 0', '200-500 left 1', '200-500 right 0']);
  });

  it('stay two stretches where the boundary strays from the street for 40 m and comes back', () => {
    const bulging = [-500, 0, 400, 0, 400, 30, 440, 30, 440, 0, 1500, 0];
    const zones = [[[[...bulging, 1500, -500, -500, -500]]], [[[...bulging, 1500, 500, -500, 500]]]];
    expect(told(east(1000), zones)).to.deep.equal(['0-1000 left 1', '0-1000 right 0']);
  });

  it('do not change where an end pokes 9 m across, and do at 10 m', () => {
    expect(told(east(49), westAndEast)).to.deep.equal(['0-49 both 0']);
    expect(told(east(50), westAndEast)).to.deep.equal(['0-40 both 0', '40-50 both 1']);
  });

  it('do not change for 9 m of a third zone at a corner', () => {
    const nip = [box(-500, -500, 40, 500), box(40, -500, 49, 500), box(49, -500, 500, 500)];
    expect(told(east(200), nip)).to.deep.equal(['0-40 both 0', '40-200 both 2']);
  });

  it('keep a hole of 10 m, and 6 m between two zones, but not a slit of 0.5 m or 6 m within one zone', () => {
    const apart = (gap: number) => [box(-500, -500, 40, 500), box(40 + gap, -500, 500, 500)];
    expect(told(east(100), apart(10))).to.deep.equal(['0-40 both 0', '40-50 both -1', '50-100 both 1']);
    expect(told(east(100), apart(6))).to.deep.equal(['0-40 both 0', '40-46 both -1', '46-100 both 1']);
    expect(told(east(100), apart(0.5))).to.deep.equal(['0-40.5 both 0', '40.5-100 both 1']);
    const ditch = [
      [
        [
          [-9, -9, 500, -9, 500, 9, -9, 9],
          [40, -5, 46, -5, 46, 5, 40, 5],
        ],
      ],
    ];
    expect(told(east(100), ditch)).to.deep.equal(['0-100 both 0']);
  });

  it('see no hole in a slit that the road runs along in', () => {
    const slit = [box(-500, -500, 500, -0.4), box(-500, 0.4, 500, 500)];
    expect(told(east(200), slit)).to.deep.equal(['0-200 left 1', '0-200 right 0']);
  });

  it('are none on the outer side of the outermost street, and none at all without zones', () => {
    expect(told(east(200), [southAndNorth[0]!])).to.deep.equal(['0-200 left -1', '0-200 right 0']);
    expect(told(east(200), [])).to.deep.equal(['0-200 both -1']);
  });

  it('never bridge a hole in a boundary street', () => {
    const interrupted = [
      box(-500, -500, 400, 0),
      box(440, -500, 1500, 0),
      box(-500, 0, 400, 500),
      box(440, 0, 1500, 500),
    ];
    const merged = [
      [...interrupted[0]!, ...interrupted[1]!],
      [...interrupted[2]!, ...interrupted[3]!],
    ];
    expect(told(east(1000), merged)).to.include('400-440 both -1');
  });

  it('are as the table in the docstring says: 300 streets with a boundary 6 m off', () => {
    const random = seededRandom(7);
    let [stretches, changes] = [0, 0];
    for (let street = 0; street < 300; street++) {
      const { line, zones } = wanderingBoundary(6, random);
      const [length_cm, index] = [lineLengthCm(line), createZoneIndex(zones)];
      stretches += zonesAlong(line, length_cm, index).length;
      changes += zonesBeside(line, distancesAlong(line), length_cm, index, 0).length;
    }
    expect(changes / 300, 'the centreline').to.be.closeTo(12.2, 0.5);
    expect(stretches / 300, 'the rule').to.be.closeTo(2.06, 0.1);
  });
});

describe('the zones along 400 roads through crooked cells', () => {
  const random = seededRandom(11);
  const zones = crookedCells(6, 6, 200, random);
  const index = createZoneIndex(zones);
  const roads = Array.from({ length: 400 }, () => {
    const vertices = 2 + Math.floor(random() * 5);
    return Array.from({ length: 2 * vertices }, () => random() * 1400 - 100);
  });
  const along = (line: number[]): ZoneStretch[] => zonesAlong(line, lineLengthCm(line), index);

  it('partition both sides, touch no neighbour of the same kind, and are the same every time', () => {
    for (const line of roads) {
      const stretches = along(line);
      expectPartition(stretches, lineLengthCm(line));
      for (const a of stretches) {
        const next = stretches.find((b) => b.from_cm === a.to_cm && b.sides === a.sides && b.zone === a.zone);
        expect(next).to.equal(undefined);
        if (a.zone !== -1) expect(a.to_cm - a.from_cm).to.be.at.least(1000);
      }
      expect(along(line)).to.deep.equal(stretches);
    }
  });

  it('turn with the road', () => {
    const sums = (stretches: ZoneStretch[], turned: boolean): Map<string, number> => {
      const result = new Map<string, number>();
      for (const { from_cm, to_cm, sides, zone } of stretches) {
        for (const side of sides === 'both' ? ['left', 'right'] : [sides]) {
          const key = `${zone} ${turned ? (side === 'left' ? 'right' : 'left') : side}`;
          result.set(key, (result.get(key) ?? 0) + to_cm - from_cm);
        }
      }
      return result;
    };
    for (const line of roads) {
      const [forth, back] = [sums(along(line), false), sums(along(reverse(line)), true)];
      // Whole centimetres round the other way from the other end.
      for (const [key, length] of forth) expect(back.get(key) ?? 0).to.be.closeTo(length, 10);
    }
  });

  it('are where plain crossings leave them: places stepped off and asked of Turf find the same metres', () => {
    const polygons = zones.map((zone) => {
      const places = Array.from({ length: 4 }, (_, i) => [zone[0]![0]![2 * i]!, zone[0]![0]![2 * i + 1]!]);
      return { type: 'Polygon' as const, coordinates: [[...places, places[0]!]] };
    });
    let compared = 0;
    for (const line of roads) {
      const length_cm = lineLengthCm(line);
      const plain = zonesBeside(line, distancesAlong(line), length_cm, index, 0);
      const noNoise = plain.every((run) => run.to_cm - run.from_cm >= 1000);
      const stretches = along(line);
      if (!noNoise || stretches.some(({ sides }) => sides !== 'both')) continue;
      compared++;
      for (let at = 5; at < length_cm; at += 1010) {
        const { x, y } = interpolate(line, at, length_cm);
        if (index.nearestZone(x, y, 0.5) !== -1) continue; // may be taken for a slit outside the outermost boundary
        const zone = polygons.findIndex((polygon) => booleanPointInPolygon([x, y], polygon));
        const said = stretches.find(({ from_cm, to_cm }) => from_cm <= at && at < to_cm)!;
        expect(said.zone).to.equal(zone);
      }
    }
    expect(compared).to.be.above(60);
  });
});

/** A street of 1 km and two zones whose common boundary follows it, `rms` metres off at every 30 m. */
function wanderingBoundary(rms: number, random: () => number) {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const phase = random() * 6;
  const street = (x: number): number => 30 * Math.sin(x / 150 + phase);
  const line: number[] = [];
  for (let x = 0; x <= 1000; x += 25) line.push(x, street(x));
  const boundary: number[] = [];
  let off = normal() * rms;
  for (let x = -300; x <= 1300; x += 30) {
    boundary.push(x, street(x) + off);
    off = off / 2 + Math.sqrt(3 / 4) * normal() * rms;
  }
  const north = [[[...boundary, 1300, 500, -300, 500]]];
  const south = [[[...boundary, 1300, -500, -300, -500]]];
  return { line, zones: [north, south] };
}
