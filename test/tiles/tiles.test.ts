import { VectorTile } from '@mapbox/vector-tile';
import { expect } from 'chai';
import { PbfReader } from 'pbf';
import { addChief, addRoad, addZone, assign, rectangle } from '../support/rows.ts';
import { eachEngine } from '../support/district.ts';
import { addPatrol } from '../support/patrol-rows.ts';
import { gapQuery } from '../../api/coverage/coverage.contract.ts';
import { listGaps } from '../../api/coverage/gaps.queries.ts';
import { ensureStanding } from '../../api/coverage/standing-faults.ts';
import { tileAt } from '../../api/geometry/tile.ts';
import { makeTile, packInDatabase, packInNode, tileRows } from '../../api/tiles/tiles.ts';
import { layerNames, type LayerName } from '../../api/tiles/tiles.contract.ts';
import { deriveZoneStretches } from '../../api/zones/zones.ts';

type Seen = { type: number; properties: Record<string, string | number | boolean>; parts: number[][][] };

function decode(bytes: Uint8Array, name: LayerName): Seen[] {
  const layer = new VectorTile(new PbfReader(bytes)).layers[name];
  return Array.from({ length: layer?.length ?? 0 }, (_, index) => {
    const feature = layer!.feature(index);
    return {
      type: feature.type,
      properties: { ...feature.properties },
      parts: feature.loadGeometry().map((part) => part.map(({ x, y }) => [x, y])),
    };
  });
}

eachEngine('tiles', (district) => {
  // The crossroads of the fixture: 500 m east and north of the corner of test/support/rows.ts.
  const place = (z: number) => tileAt(z, 120.0052, 30.4995);
  const seen = async (name: LayerName, z: number, filters = {}) =>
    decode(await makeTile(district().db, name, place(z), filters), name);
  let main: number;
  let alley: number;
  let general: number;
  let west: number;

  before(async () => {
    const { db } = district();
    main = await addRoad(
      db,
      [
        [0, 500],
        [1000, 500],
      ],
      { name: '解放大道', class: 'main' },
    );
    alley = await addRoad(
      db,
      [
        [500, 500],
        [500, 700],
      ],
      { name: '柳树巷', class: 'alley', layer: 1 },
    );
    await addRoad(
      db,
      [
        [500, 300],
        [500, 500],
      ],
      { class: 'branch', status: 'planned' },
    );
    const whole = await addZone(db, rectangle(0, 0, 1000, 1000), { level: 'district', name: '云溪区' });
    west = await addZone(db, rectangle(0, 0, 400, 1000), { level: 'town', name: '西街道', parent_id: whole });
    await addZone(db, rectangle(400, 0, 1000, 1000), { level: 'town', name: '东街道', parent_id: whole });
    general = await addChief(db, { name: '王总', role: 'general' });
    await assign(db, general, main, [0, 600]);
    await assign(db, general, alley, [0, 200], '[0,1)');
    await deriveZoneStretches(db, null);
    await db.raw('select refresh_segments(null)');
    const { id: change_id } = (await db('change_log').first('id'))!;
    await db('categories').insert({
      kind: 'matter',
      code: '10101',
      class_code: '01',
      class_name_zh: '市容',
      class_name_en: 'Appearance',
      name_zh: '暴露垃圾',
      name_en: 'Rubbish',
      surface: 'ground',
    });
    const issue = (x: number, reported_at: string, status = 'filed') => ({
      kind: 'matter',
      code: '10101',
      surface: 'ground',
      status,
      reported_at,
      sent_x: 0,
      sent_y: 0,
      sent_crs: 'EPSG:4549',
      accuracy_m: 5,
      verdict: 'matched',
      road_id: main,
      measure_cm: 100 * x,
      change_id,
      geom: db.raw('st_setsrid(st_point(?, 3375505), 4549)', [500_000 + x]),
    });
    // Of the inventory one is found, because the alley hangs on nothing; the others are made up, one of them mended.
    await ensureStanding(db);
    const fault = (kind: string, word: string, geom: string, more: object = {}) => ({
      kind,
      fault: word,
      key: word,
      digest: '',
      geom: db.raw(`(select ${geom})`),
      validity: '[2026-01-01,)',
      ...more,
    });
    const beginning = `st_startpoint(geom) from roads where id = ${alley}`;
    await db('standing_faults').insert([
      fault('inventory', 'crossing', beginning, { road_id: main, other_road_id: alley }),
      fault('inventory', 'end_gap', beginning, { road_id: alley, validity: '[2026-01-01,2026-02-01)' }),
      fault('zones', 'overlap', `st_multi(st_buffer(geom, 10)) from roads where id = ${alley}`, { area_m2: 5000 }),
    ]);
    await db('issues').insert([
      issue(100, '2026-01-01T00:00:00Z'),
      issue(101, '2026-02-01T00:00:00Z', 'closed'),
      issue(900, '2026-03-01T00:00:00Z'),
    ]);
  });

  it('show passes with who walked and when, from zoom 12', async () => {
    const { db } = district();
    const at = '2026-05-01T08:00:00+08:00';
    const patrol = await addPatrol(db, general, [
      { road_id: main, span: [0, 50_000], from: at },
      { road_id: alley, span: [0, 30_000], from: '2026-05-01T08:10:00+08:00', confidence: 0.25, credited: false },
      { road_id: alley, span: [30_000, 40_000], from: at }, // of the alley when it was longer
    ]);
    const passes = await seen('passes', 14);
    expect(passes.map(({ properties }) => properties)).to.deep.equal([
      {
        patrol_id: patrol,
        chief_id: general,
        role: 'general',
        road_id: alley,
        confidence: 0.25,
        credited: false,
        direction: 'forward',
        walked: Date.parse(at) / 1000 + 600,
      },
      {
        patrol_id: patrol,
        chief_id: general,
        role: 'general',
        road_id: main,
        confidence: 0.9,
        credited: true,
        direction: 'forward',
        walked: Date.parse(at) / 1000,
      },
    ]);
    const [start, end] = (await seen('roads', 14))[0]!.parts[0]!;
    expect(passes[1]!.parts[0]![0]).to.deep.equal(start);
    expect(passes[1]!.parts[0]![1]![0]).to.be.closeTo((start![0]! + end![0]!) / 2, 1);
    expect(await seen('passes', 11)).to.deep.equal([]);
    for (const [filters, count] of [
      [{ from: '2026-05-01T08:05:00+08:00' }, 1],
      [{ to: '2026-05-01T08:05:00+08:00' }, 1],
      [{ from: '2026-05-01', to: '2026-05-02' }, 2],
      [{ role: 'general' }, 2],
      [{ role: 'town_l1' }, 0],
      [{ chief_id: general + 1 }, 0],
      [{ patrol_id: patrol }, 2],
      [{ patrol_id: patrol + 1 }, 0],
    ] as const) {
      expect(await seen('passes', 14, filters), JSON.stringify(filters)).to.have.lengthOf(count);
    }
  });

  it('put the passes of a road together when there are more than anyone can point at', async () => {
    const { db } = district();
    await db
      .transaction(async (trx) => {
        await trx.raw(
          `insert into passes (patrol_id, role, number, road_id, span, walked, direction, confidence, credited)
           select patrol_id, role, 10 + i, road_id, int4range(10 * (i % 5000), 10 * (i % 5000) + 5000), walked, direction, confidence, credited
           from passes, generate_series(1, 7000) as i where number = 0`,
        );
        const passes = decode(await packInNode(trx, 'passes', place(14), {}), 'passes');
        const { walked, ...properties } = passes.at(-1)!.properties;
        expect(properties).to.deep.include({ role: 'general', road_id: main, credited: true });
        expect(properties).to.not.have.any.keys('patrol_id', 'chief_id', 'direction');
        expect(walked).to.equal(Date.parse('2026-05-01T08:00:00+08:00') / 1000);
        expect(passes).to.have.lengthOf(2);
        throw new Error('take it back');
      })
      .catch((error: Error) => {
        if (error.message !== 'take it back') throw error;
      });
  });

  it('show roads with their attributes, where PostGIS puts them', async () => {
    const roads = await seen('roads', 14);
    expect(roads.map(({ properties }) => properties)).to.deep.equal([
      { id: main, name: '解放大道', class: 'main', status: 'handed_over', layer: 0, length_m: 1000 },
      { id: alley, name: '柳树巷', class: 'alley', status: 'handed_over', layer: 1, length_m: 200 },
      { id: alley + 1, class: 'branch', status: 'planned', layer: 0, length_m: 200 },
    ]);
    const { db } = district();
    const { x, y } = place(14);
    const { rows } = await db.raw(
      `select (st_x(p) - st_xmin(t)) / (st_xmax(t) - st_xmin(t)) * 4096 as x, (st_ymax(t) - st_y(p)) / (st_ymax(t) - st_ymin(t)) * 4096 as y
       from (select st_transform(st_endpoint(geom), 3857) as p, st_tileenvelope(14, ?, ?) as t from roads where id = ?) ends`,
      [x, y, alley],
    );
    const [endX, endY] = roads[1]!.parts[0]!.at(-1)!;
    expect(endX).to.be.closeTo(rows[0].x, 0.51);
    expect(endY).to.be.closeTo(rows[0].y, 0.51);
    // North is up: the alley goes 200 m north, towards smaller y.
    expect(endY).to.be.lessThan(roads[1]!.parts[0]![0]![1]!);
  });

  it('show segments with their holders and what is missing', async () => {
    const segments = await seen('segments', 14);
    const [west_part, east_held, east_open] = segments.filter(({ properties }) => properties.road_id === main);
    expect(west_part!.properties).to.deep.equal({
      road_id: main,
      name: '解放大道',
      class: 'main',
      from_m: 0,
      to_m: 400,
      sides: 'both',
      town_id: west,
      bureau_led: false,
      general,
      missing: 'town_l1,management_l1,community_l2,management_l2,sanitation_l2',
    });
    expect(east_held!.properties).to.include({ from_m: 400, to_m: 600, general });
    expect(east_open!.properties).to.include({ from_m: 600, to_m: 1000 }).and.not.have.property('general');
    const sides = segments
      .filter(({ properties }) => properties.road_id === alley)
      .map(({ properties }) => [properties.sides, properties.general]);
    expect(sides).to.deep.equal([
      ['left', general],
      ['right', undefined],
    ]);
  });

  it('show one gap per role, as long as it is', async () => {
    const gaps = (await seen('gaps', 14, { role: 'general' })).map(({ properties: p }) => [
      p.road_id,
      p.from_m,
      p.to_m,
      p.sides,
      p.length_m,
    ]);
    expect(gaps).to.deep.equal([
      [main, 600, 1000, 'both', 400],
      [alley, 0, 200, 'right', 200],
    ]);
    const roles = (await seen('gaps', 14))
      .filter(({ properties }) => properties.road_id === main)
      .map(({ properties }) => properties.role);
    expect([...new Set(roles)]).to.deep.equal([
      'community_l2',
      'general',
      'management_l1',
      'management_l2',
      'sanitation_l2',
      'town_l1',
    ]);
    // The town border at 400 m cuts it, as in /api/coverage/gaps.
    expect(roles.filter((role) => role === 'town_l1')).to.have.lengthOf(2);
    expect(
      (await seen('gaps', 14, { role: 'town_l1', zone_id: west })).map(({ properties: p }) => [p.from_m, p.to_m]),
    ).to.deep.equal([[0, 400]]);
  });

  it('show the gaps that /api/coverage/gaps lists, no other and none less', async () => {
    const key = (p: { road_id?: unknown; role?: unknown; from_m?: unknown; to_m?: unknown; sides?: unknown }) =>
      [p.road_id, p.role, p.from_m, p.to_m, p.sides].join(' ');
    const { features } = await listGaps(district().db, gapQuery.parse({ limit: 1000 }));
    const listed = features.map(({ properties }) => key(properties));
    const shown = (await seen('gaps', 14)).map(({ properties }) => key(properties));
    expect(shown).to.have.members(listed);
  });

  it('show zones as polygons whose outer ring turns as the specification wants', async () => {
    const zones = await seen('zones', 14);
    expect(zones.map(({ type, properties }) => [type, properties.level, properties.name])).to.deep.equal([
      [3, 'district', '云溪区'],
      [3, 'town', '西街道'],
      [3, 'town', '东街道'],
    ]);
    for (const { parts } of zones) {
      let area = 0;
      for (const [i, [x, y]] of parts[0]!.slice(1).entries()) area += parts[0]![i]![0]! * y! - x! * parts[0]![i]![1]!;
      expect(area).to.be.greaterThan(0);
    }
    expect(await seen('zones', 14, { level: 'town' })).to.have.lengthOf(2);
  });

  it('show issues, and below zoom 14 those in one place as the newest of them', async () => {
    const deep = await seen('issues', 16, {});
    expect(deep.filter(({ properties }) => properties.count !== 1)).to.deep.equal([]);
    const [spot, lone] = (await seen('issues', 12)).toSorted(
      (a, b) => Number(b.properties.count) - Number(a.properties.count),
    );
    expect(spot!.properties).to.include({
      count: 2,
      status: 'closed',
      reported_at: Date.UTC(2026, 1, 1) / 1000,
      kind: 'matter',
      code: '10101',
      verdict: 'matched',
      road_id: main,
    });
    expect(lone!.properties.count).to.equal(1);
    expect((await seen('issues', 12, { status: 'filed' })).map(({ properties }) => properties.count)).to.deep.equal([
      1, 1,
    ]);
    expect(await seen('issues', 12, { from: '2026-02-01', to: '2026-02-02', code: '10101,20202' })).to.have.lengthOf(1);
    expect(await seen('issues', 12, { zone_id: west })).to.have.lengthOf(1);
    expect(await seen('issues', 12, { verdict: 'no_road' })).to.have.lengthOf(0);
  });

  it('show faults as the points, lines and polygons that they are, each with its figures', async () => {
    const faults = async (filters = {}, z = 14) =>
      (await seen('faults', z, filters)).map(({ type, properties: { id: _id, ...told } }) => ({ type, ...told }));
    const overlap = { type: 3, kind: 'zones', fault: 'overlap', length_m: 0, area_m2: 5000 };
    const hangs = {
      type: 2,
      kind: 'inventory',
      fault: 'disconnected',
      road_id: alley,
      other_road_id: main,
      length_m: 200,
    };
    const crossing = {
      type: 1,
      kind: 'inventory',
      fault: 'crossing',
      road_id: main,
      other_road_id: alley,
      length_m: 0,
    };
    expect(await faults()).to.deep.equal([overlap, hangs, crossing]);
    expect(await faults({ kind: 'zones' })).to.deep.equal([overlap]);
    expect(await faults({ kind: 'inventory', fault: 'crossing' })).to.deep.equal([crossing]);
    expect(await faults({ kind: 'unregistered' })).to.deep.equal([]);
    expect(await faults({}, 9)).to.deep.equal([]);
    // The alley as it is among the roads, and the crossing at its beginning.
    const [, line, point] = await seen('faults', 14);
    const road = (await seen('roads', 14)).find(({ properties }) => properties.id === alley)!;
    expect(line!.parts).to.deep.equal(road.parts);
    expect(point!.parts).to.deep.equal([[road.parts[0]![0]]]);
  });

  it('put faults of one kind and shape together when there are more than anyone can point at', async () => {
    const { db } = district();
    await db
      .transaction(async (trx) => {
        await trx.raw(
          `insert into standing_faults (kind, fault, key, digest, road_id, geom, validity)
           select kind, fault, 'crowd ' || i, digest, road_id, st_translate(geom, i % 100, i / 100), validity
           from standing_faults, generate_series(1, 6001) as i where fault = 'crossing' and upper_inf(validity)`,
        );
        const faults = decode(await packInNode(trx, 'faults', place(14), {}), 'faults');
        expect(faults.map(({ type, properties }) => ({ type, ...properties }))).to.deep.equal([
          { type: 3, kind: 'zones', fault: 'overlap' },
          { type: 2, kind: 'inventory', fault: 'disconnected' },
          { type: 1, kind: 'inventory', fault: 'crossing' },
        ]);
        throw new Error('take it back');
      })
      .catch((error: Error) => {
        if (error.message !== 'take it back') throw error;
      });
  });

  it('thin the classes of road by zoom, but gaps only below zoom 10', async () => {
    const classes = async (name: LayerName, z: number) => [
      ...new Set((await seen(name, z)).map(({ properties }) => properties.class)),
    ];
    expect(await classes('roads', 7)).to.deep.equal([]);
    expect(await classes('roads', 8)).to.deep.equal(['main']);
    expect(await classes('roads', 11)).to.deep.equal(['main', 'branch']);
    expect(await classes('roads', 12)).to.deep.equal(['main', 'alley', 'branch']);
    expect(await classes('segments', 11)).to.deep.equal(['main', 'branch']);
    expect(await classes('gaps', 9)).to.deep.equal(['main']);
    expect(await classes('gaps', 10)).to.deep.equal(['main', 'alley']);
    expect((await seen('roads', 8, { class: 'alley' })).map(({ properties }) => properties.id)).to.deep.equal([alley]);
  });

  it('end where the tile ends, but for a rim', async () => {
    // At zoom 17 a tile is 263 m wide here, so the kilometre of the main road is cut on both sides.
    const [road] = (await seen('roads', 17)).filter(({ properties }) => properties.id === main);
    const xs = road!.parts.flat().map(([x]) => x!);
    expect(Math.min(...xs)).to.be.within(-154, -64);
    expect(Math.max(...xs)).to.be.within(4096 + 64, 4096 + 154);
  });

  it('are the same packed by ST_AsMVT and by Node', async function () {
    const { db, engine } = district();
    if (engine === 'embedded') return this.skip();
    for (const name of layerNames) {
      for (const z of [10, 12, 14, 16]) {
        const there = decode(await packInDatabase(db, name, place(z), {}), name);
        expect(decode(await packInNode(db, name, place(z), {}), name), `${name} ${z}`).to.deep.equal(there);
      }
    }
  });

  it('ask the spatial index', async () => {
    const { db } = district();
    await db
      .transaction(async (trx) => {
        // 10,000 of each over 100 km: few are in any one tile.
        const grid = 'generate_series(1, 100) as across, generate_series(1, 100) as up';
        await trx.raw(
          `insert into roads (class, geom, change_id) select 'branch', st_translate(geom, 1000 * across, 1000 * up), change_id from roads, ${grid} where id = ?`,
          [main],
        );
        await trx.raw(
          `insert into zones (code, level, name, geom, change_id) select across || ' ' || up, 'grid', '格', st_translate(st_scale(geom, 0.001, 0.001), 1000 * across, 1000 * up), change_id from zones, ${grid} where id = ?`,
          [west],
        );
        await trx.raw(`insert into issues (kind, code, surface, geom, sent_x, sent_y, sent_crs, accuracy_m, verdict, change_id)
        select kind, code, surface, st_translate(geom, 1000 * across, 1000 * up), 0, 0, 'wgs84', 1, 'no_road', change_id from (select * from issues limit 1) one, ${grid}`);
        await trx.raw(
          `insert into passes (patrol_id, role, number, road_id, span, walked, direction, confidence, credited)
           select p.patrol_id, p.role, r.id + 100, r.id, p.span, p.walked, p.direction, 1, true
           from (select * from passes where number = 0) p, roads r`,
        );
        await trx.raw(
          `insert into standing_faults (kind, fault, key, digest, geom, validity)
           select kind, fault, across || ' ' || up, digest, st_translate(geom, 1000 * across, 1000 * up), validity
           from standing_faults, ${grid} where fault = 'crossing' and upper_inf(validity)`,
        );
        await trx.raw(
          'analyze roads; analyze zones; analyze issues; analyze passes; analyze patrols; analyze standing_faults',
        );
        for (const [name, index] of [
          ['roads', 'roads_geom_idx'],
          ['segments', 'roads_geom_idx'],
          ['gaps', 'roads_geom_idx'],
          ['zones', 'zones_geom_idx'],
          ['issues', 'issues_geom_idx'],
          ['passes', 'roads_geom_idx'],
          ['faults', 'standing_faults_geom_idx'],
        ] as const) {
          const { x, y } = place(14);
          const { rows } = await trx.raw<{ rows: { 'QUERY PLAN': string }[] }>(`explain ${tileRows(name, 'geom')}`, [
            14,
            x,
            y,
            '{}',
          ]);
          const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
          expect(plan, name)
            .to.include(index)
            .and.not.match(/Seq Scan on (roads|issues|passes|standing_faults)/);
        }
        throw new Error('take it back');
      })
      .catch((error: Error) => {
        if (error.message !== 'take it back') throw error;
      });
  });

  it('join what looks alike when there are more stretches than anyone can point at', async () => {
    const { db } = district();
    // 80 streets of 100 links of 100 m: 8,000 roads, 64 km².
    await db.raw(
      `insert into roads (class, geom, change_id)
         select 'branch', st_setsrid(st_makeline(st_point(x, y), st_point(x + 100, y)), 4549), ?
         from (select 500000 + 100 * across as x, 3375000 + 100 * up as y from generate_series(0, 99) as across, generate_series(0, 79) as up) links`,
      [(await db('change_log').first('id'))!.id],
    );
    await db.raw('select refresh_segments(null)');
    const tile = (name: LayerName) =>
      makeTile(db, name, tileAt(10, 120.05, 30.53), {}).then((bytes) => ({
        bytes,
        features: decode(bytes, name),
      }));
    const roads = await tile('roads');
    expect(
      roads.features.map(({ properties }) => properties).filter(({ status }) => status === 'handed_over'),
    ).to.deep.include({ class: 'branch', status: 'handed_over', layer: 0 });
    const streets = roads.features.find(
      ({ properties }) => properties.class === 'branch' && properties.status === 'handed_over',
    )!;
    expect(streets.parts).to.have.lengthOf(80);
    expect(streets.parts.every((part) => part.length === 2)).to.equal(true);
    expect(roads.bytes.length).to.be.lessThan(2000);
    const gaps = await tile('gaps');
    expect(
      gaps.features.filter(({ properties }) => properties.class === 'branch').map(({ properties }) => properties),
    ).to.deep.equal([
      { role: 'community_l2', class: 'branch', sides: 'both' },
      { role: 'general', class: 'branch', sides: 'both' },
      { role: 'sanitation_l2', class: 'branch', sides: 'both' },
    ]);
  });
});
