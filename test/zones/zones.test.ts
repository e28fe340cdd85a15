import { expect } from 'chai';
import fc from 'fast-check';
import { readRange } from '../../api/http/units.ts';
import { deriveZoneStretches } from '../../api/zones/zones.ts';
import { eachEngine } from '../support/district.ts';
import { addRoad, addZone, rectangle } from '../support/rows.ts';

type Stretch = { zone_id: number; level: string; road_id: number; span: string; sides: string };

eachEngine('zone stretches', (district) => {
  const derive = (ids: number[] | null) => district().db.transaction((trx) => deriveZoneStretches(trx, ids));
  const stretches = (): Promise<Stretch[]> =>
    district().db<Stretch>('zone_stretches').orderBy(['road_id', 'level', 'span', 'sides']).select();
  let towns: number[];
  let whole: number;

  before(async () => {
    const { db } = district();
    whole = await addZone(db, rectangle(0, 0, 2000, 2000), { level: 'district', name: '全区' });
    towns = [];
    for (const [x, y] of [
      [0, 0],
      [1000, 0],
      [0, 1000],
      [1000, 1000],
    ] as const) {
      towns.push(
        await addZone(db, rectangle(x, y, x + 1000, y + 1000), { level: 'town', name: `${x} ${y}`, parent_id: whole }),
      );
    }
  });

  it('cut a road where it crosses a border, to the centimetre', async () => {
    const road = await addRoad(district().db, [
      [400, 500],
      [1650, 500],
    ]);
    await derive([road]);
    expect((await stretches()).filter(({ level }) => level === 'town')).to.deep.equal([
      { zone_id: towns[0], level: 'town', road_id: road, span: '[0,60000)', sides: '[0,2)' },
      { zone_id: towns[1], level: 'town', road_id: road, span: '[60000,125000)', sides: '[0,2)' },
    ]);
  });

  it('give each side of a boundary street to its own town', async () => {
    const road = await addRoad(district().db, [
      [100, 1001],
      [900, 999],
    ]);
    await derive([road]);
    const length = 80_000; // 800.0025 m
    expect((await stretches()).filter((row) => row.road_id === road && row.level === 'town')).to.deep.equal([
      { zone_id: towns[2], level: 'town', road_id: road, span: `[0,${length})`, sides: '[0,1)' },
      { zone_id: towns[0], level: 'town', road_id: road, span: `[0,${length})`, sides: '[1,2)' },
    ]);
  });

  it('leave metres outside every zone out', async () => {
    const road = await addRoad(district().db, [
      [-300, 500],
      [200, 500],
    ]);
    await derive([road]);
    const found = (await stretches()).filter((row) => row.road_id === road);
    expect(found.map(({ level, span }) => [level, span])).to.deep.equal([
      ['district', '[30000,50000)'],
      ['town', '[30000,50000)'],
    ]);
  });

  it('are made anew for the roads that are named, and no other', async () => {
    const { db } = district();
    const before = await stretches();
    const { road_id } = before[0]!;
    await db('zone_stretches').delete();
    await derive([road_id]);
    expect(await stretches()).to.deep.equal(before.filter((row) => row.road_id === road_id));
    await derive(null);
    expect(await stretches()).to.deep.equal(before);
    await derive([]);
    expect(await stretches()).to.deep.equal(before);
  });

  it('put every metre of a side in at most one zone of a level, and nothing outside the road', async () => {
    const { db } = district();
    const place = fc.tuple(fc.integer({ min: -200, max: 2200 }), fc.integer({ min: -200, max: 2200 }));
    const lines = fc.sample(fc.uniqueArray(place, { minLength: 2, maxLength: 6, selector: String }), {
      numRuns: 60,
      seed: 20,
    });
    const ids: number[] = [];
    for (const line of lines) ids.push(await addRoad(db, line));
    await derive(ids);
    const lengths = new Map((await db('roads').select('id', 'length_cm')).map(({ id, length_cm }) => [id, length_cm]));
    const ends = new Map<string, number>();
    for (const { level, road_id, span, sides } of (await stretches()).toSorted(
      (a, b) => readRange(a.span)[0] - readRange(b.span)[0],
    )) {
      const [from, to] = readRange(span);
      expect(to).to.be.at.most(lengths.get(road_id)!);
      const [left, right] = readRange(sides);
      for (let side = left; side < right; side++) {
        const key = `${road_id} ${level} ${side}`;
        expect(from, key).to.be.at.least(ends.get(key) ?? 0);
        ends.set(key, to);
      }
    }
  });

  it('are as long as PostGIS measures inside the zone, where a road crosses borders cleanly', async () => {
    const { db } = district();
    // Straight roads at 30° to 60°, 200 m or more between any two borders they cross.
    const clean = fc.record({
      x: fc.integer({ min: 20, max: 700 }),
      y: fc.integer({ min: 1220, max: 1980 }),
      angle: fc.integer({ min: 30, max: 60 }),
      length: fc.integer({ min: 250, max: 1600 }),
    });
    const ids: number[] = [];
    for (const { x, y, angle, length } of fc.sample(clean, { numRuns: 60, seed: 3 })) {
      const radians = (angle * Math.PI) / 180;
      const [dx, dy] = [Math.cos(radians), -Math.sin(radians)];
      const cuts = [0, (1000 - x) / dx, (1000 - y) / dy, length]
        .filter((at) => at >= 0 && at <= length)
        .toSorted((a, b) => a - b);
      const inside = x + length * dx < 1980 && y + length * dy > 20;
      if (!inside || cuts.some((at, i) => i > 0 && at - cuts[i - 1]! < 200)) continue;
      ids.push(
        await addRoad(db, [
          [x, y],
          [x + length * dx, y + length * dy],
        ]),
      );
    }
    expect(ids.length).to.be.greaterThan(15);
    await derive(ids);
    const { rows } = await db.raw<{ rows: { ours: number; theirs: number }[] }>(
      `select coalesce((select sum(side_cm(s.span, s.sides)) / 2 from zone_stretches s where s.road_id = r.id and s.zone_id = t.id), 0)::float8 as ours,
         st_length(st_intersection(r.geom, t.geom)) * 100 as theirs
       from roads r, zones t where r.id = any (?) and t.level in ('town', 'district')`,
      [ids],
    );
    for (const { ours, theirs } of rows) expect(ours).to.be.closeTo(theirs, 1);
  });
});
