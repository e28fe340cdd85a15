import { expect } from 'chai';
import type { Position } from '../../api/geometry/crs.ts';
import { readPosition } from '../../api/roads/read-position.ts';
import { Problem } from '../../api/problems.ts';
import { districtCrs } from '../../api/roads/district-crs.ts';
import type { DistrictPlace } from '../../api/roads/road-network.ts';
import { eachEngine } from '../support/district.ts';

eachEngine('positions as they are sent', (district) => {
  /** Ten kilometres square around 120° E, 30.5° N, in EPSG:4549. */
  const extent = [495_000, 3_370_000, 505_000, 3_380_000] as const;
  let place: DistrictPlace;
  before(async () => {
    place = { ...(await districtCrs(district().db)), extent };
  });
  const read = (position: Position, crs: string, where = place) =>
    readPosition(district().db, where, { position, crs });

  async function refused(position: Position, crs: string, where = place): Promise<Problem> {
    try {
      await read(position, crs, where);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
    throw new Error(`${crs} ${position.join(', ')} was taken`);
  }

  // China's datums of 1954 and 1980 are not built in: PostGIS reads them.
  const systems = [
    'wgs84',
    'cgcs2000',
    'EPSG:4326',
    'EPSG:4490',
    'EPSG:4528',
    'EPSG:4549',
    'EPSG:4548',
    'EPSG:4510',
    'EPSG:3857',
    'EPSG:32650',
    'EPSG:32651',
    'epsg:4549',
    'EPSG:2335',
    'EPSG:2437',
    'EPSG:4610',
    'EPSG:4214',
    'EPSG:2343',
  ];
  for (const crs of systems) {
    it(`${crs}: within a centimetre of PostGIS, in degrees and in metres`, async () => {
      const { db } = district();
      const code = Number(/\d+$/.exec(crs)?.[0]);
      const srid = crs === 'cgcs2000' ? 4490 : crs === 'wgs84' ? 4326 : code;
      for (let index = 0; index < 20; index += 1) {
        const [x, y] = [extent[0] + index * 517.31, extent[1] + ((index * 7) % 20) * 498.77];
        const { rows } = await db.raw<{
          rows: { sent_x: number; sent_y: number; longitude: number; latitude: number; x: number; y: number }[];
        }>(
          `select st_x(sent) as sent_x, st_y(sent) as sent_y, st_x(wgs84) as longitude, st_y(wgs84) as latitude, st_x(own) as x, st_y(own) as y
           from (select st_transform(st_setsrid(st_point(:x, :y), 4549), :srid::integer) as sent) a,
             lateral (select st_transform(sent, 4326) as wgs84) b, lateral (select st_transform(wgs84, 4549) as own) c`,
          { x, y, srid },
        );
        const expected = rows[0]!;
        const seen = await read([expected.sent_x, expected.sent_y], crs);
        expect(Math.hypot(seen.metric[0] - expected.x, seen.metric[1] - expected.y)).to.be.below(0.001);
        expect(seen.wgs84[0]).to.be.closeTo(expected.longitude, 1e-8);
        expect(seen.wgs84[1]).to.be.closeTo(expected.latitude, 1e-8);
      }
    });
  }

  it('GCJ-02 and BD-09 are brought back to where they were measured', async () => {
    // The published pair of the coordtransform package lies in Beijing: a place without roads is not asked how far.
    const anywhere = { ...place, extent: null };
    const gcj = await read([116.41024449916938, 39.91640428150164], 'gcj02', anywhere);
    expect(gcj.wgs84[0]).to.be.closeTo(116.404, 1e-8);
    expect(gcj.wgs84[1]).to.be.closeTo(39.915, 1e-8);
    const bd = await read([116.41036949371029, 39.92133699351021], 'bd09', anywhere);
    const asGcj = await read([116.404, 39.915], 'gcj02', anywhere);
    expect(bd.wgs84[0]).to.be.closeTo(asGcj.wgs84[0], 1e-7);
    expect(bd.wgs84[1]).to.be.closeTo(asGcj.wgs84[1], 1e-7);
  });

  const mistakes: [what: string, position: Position, crs: string, detail: RegExp, hint: RegExp][] = [
    [
      'latitude before longitude',
      [30.5, 120],
      'wgs84',
      /lies|no place/,
      /latitude and longitude are swapped: the position would lie in the district the other way round/,
    ],
    [
      'degrees declared as metres',
      [120, 30.5],
      'EPSG:4549',
      /counts in metres/,
      /looks like degrees: send it with crs wgs84/,
    ],
    [
      'swapped degrees declared as metres',
      [30.5, 120],
      'EPSG:4549',
      /counts in metres/,
      /looks like degrees, and latitude/,
    ],
    [
      'metres declared as degrees',
      [500_000, 3_375_000],
      'wgs84',
      /no place on earth/,
      /metres of the district's own system: send it with crs EPSG:4549/,
    ],
    [
      'northing before easting',
      [3_375_000, 500_000],
      'EPSG:4549',
      /lies .* km from the district/,
      /easting and northing are swapped/,
    ],
    [
      'the zone number before the easting',
      [40_500_000, 3_375_000],
      'EPSG:4549',
      /from the district|no place/,
      /zone number 40 stands before the easting/,
    ],
    [
      "another zone's easting",
      [500_000, 3_375_000],
      'EPSG:4548',
      /lies 28\d km from the district/,
      /send it with crs EPSG:4549/,
    ],
    ['an empty position', [0, 0], 'wgs84', /empty position/, /Check the order/],
    [
      'another city',
      [116.4, 39.9],
      'wgs84',
      /lies 1,0\d\d km from the district, which covers longitude 119.95 to 120.05 and latitude 30.4\d to 30.5\d/,
      /Check the order/,
    ],
    ['beyond the pole', [120, 95], 'wgs84', /no place on earth/, /Check the order/],
    ['the other side of the world', [-60, -30], 'wgs84', /from the district/, /Check the order/],
    ['the largest number', [Number.MAX_VALUE, 0], 'EPSG:4549', /./, /Check/],
    ['a number near the largest', [1e308, -1e308], 'wgs84', /no place on earth/, /Check/],
    ['a number near the largest', [1e308, 1e308], 'EPSG:4549', /./, /Check/],
    ['a number near the largest', [1e300, 1e300], 'EPSG:3857', /./, /Check/],
    ['a number near the largest', [1e308, 1e308], 'gcj02', /no place on earth/, /Check/],
    ['a number near the largest, through PostGIS', [1e308, 1e308], 'EPSG:2335', /./, /Check/],
    ['degrees that PostGIS cannot transform', [1e300, 95], 'EPSG:4610', /./, /Check/],
  ];
  for (const [what, position, crs, detail, hint] of mistakes) {
    it(`notices ${what}: ${position.join(', ')} in ${crs}`, async () => {
      const problem = await refused(position, crs);
      expect(problem.kind).to.equal('invalid');
      expect(problem.message).to.match(detail);
      expect(problem.message).to.include(`[${position.join(', ')}]`);
      expect(problem.hint).to.match(hint);
      expect(problem.errors?.[0]).to.include({ path: 'position' });
    });
  }

  it('takes what lies 50 km from the roads and refuses what lies farther', async () => {
    await read([extent[0] - 49_999, 3_375_000], 'EPSG:4549');
    expect((await refused([extent[0] - 50_001, 3_375_000], 'EPSG:4549')).message).to.include(
      'lies 50 km from the district',
    );
  });

  it('notices what cannot be meant even where there are no roads yet', async () => {
    const empty = { ...place, extent: null };
    expect((await read([116.4, 39.9], 'wgs84', empty)).wgs84).to.deep.equal([116.4, 39.9]);
    for (const [position, crs] of [
      [[39.9, 116.4], 'wgs84'],
      [[120, 30.5], 'EPSG:4549'],
      [[0, 0], 'gcj02'],
      [[1e308, 1e308], 'EPSG:4549'],
    ] as [Position, string][]) {
      expect((await refused(position, crs, empty)).kind).to.equal('invalid');
    }
  });

  it('refuses a code that is no horizontal coordinate system', async () => {
    for (const crs of ['EPSG:9999', 'EPSG:999999', 'EPSG:4978', 'EPSG:5703']) {
      const problem = await refused([120, 30.5], crs);
      expect(problem.errors?.[0]).to.deep.include({ path: 'crs', came: crs });
    }
  });
});
