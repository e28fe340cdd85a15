import { expect } from 'chai';
import proj4 from 'proj4';
import supertest from 'supertest';
import { createApp } from '../../api/app.ts';
import type { Heat, Hotspot, HotspotList } from '../../api/hotspots/hotspots.contract.ts';
import { readRange, sidesWord } from '../../api/http/units.ts';
import { epsgDefinition } from '../../api/geometry/epsg-definitions.ts';
import { eachEngine } from '../support/district.ts';
import { addCategories, addIssues, type IssueRow } from '../support/issue-rows.ts';
import { addChief, addRoad, addZone, assign, origin, rectangle } from '../support/rows.ts';
import { contextOf } from '../support/server.ts';

const day = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00+08:00');
const iso = (time: number): string => new Date(time).toISOString();

const issue = (row: Partial<IssueRow>): IssueRow => ({
  kind: 'matter',
  code: '01002',
  surface: 'ground',
  status: 'reported',
  reported_at: iso(start),
  closed_at: null,
  at: [0, 0],
  road_id: null,
  measure_cm: null,
  side: null,
  ...row,
});

/** Numbers from 0 to 1 that are the same at every run (a linear congruential generator). */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296;
}

eachEngine('hot spots checked in the head', (district) => {
  let api: ReturnType<typeof supertest>;
  let road: number;
  let zone: number;
  before(async () => {
    const { db } = district();
    api = supertest(createApp(contextOf(district())));
    await addCategories(db);
    // Only the first 100 m of a 300 m road are held: two segments.
    road = await addRoad(
      db,
      [
        [0, 0],
        [300, 0],
      ],
      { name: '工农路' },
    );
    zone = await addZone(db, rectangle(-10, -10, 60, 10), { level: 'community', name: '工农社区' });
    const chief = await addChief(db, { name: '王芳', role: 'community_l2' });
    await assign(db, chief, road, [0, 100]);
    await db.raw(`insert into zone_stretches values (?, 'community', ?, '[0,30000)', '[0,2)')`, [zone, road]);
    await db.raw('select refresh_segments(null)');
    const on = (measure_m: number, row: Partial<IssueRow>) =>
      issue({ road_id: road, measure_cm: Math.round(measure_m * 100), side: 'left', at: [measure_m, 3], ...row });
    await addIssues(db, [
      on(20, { status: 'closed', reported_at: iso(start), closed_at: iso(start + 2 * day) }),
      on(70, { reported_at: iso(start + 32 * day) }), // 30 days and 50 m after: a relapse
      on(70.01, { reported_at: iso(start + 32 * day) }), // a centimetre too far
      on(20, { reported_at: iso(start + 32 * day + 1000) }), // a second too late
      on(20, { reported_at: iso(start + 3 * day), code: '01003' }), // another category
      on(20, { reported_at: iso(start + day) }), // before it was closed
      on(40, { status: 'void' }),
      on(300, { kind: 'part', code: '01001', status: 'resolved', reported_at: iso(start + 5 * day) }), // at the very end
      issue({ at: [0, 5] }),
      issue({ at: [500, 5] }),
    ]);
  });
  const hotspots = async (query: string): Promise<HotspotList> =>
    (await api.get(`/api/hotspots?${query}`).expect(200)).body as HotspotList;

  it('counts issues, open ones and relapses of a segment', async () => {
    const { features, off_road } = await hotspots('min_issues=1');
    expect(off_road).to.equal(2);
    expect(features).to.have.length(2);
    expect(features[0]!.properties).to.deep.equal({
      road_id: road,
      road_name: '工农路',
      class: 'branch',
      from_m: 0,
      to_m: 100,
      sides: 'both',
      length_m: 100,
      community: { id: zone, name: '工农社区' },
      issues: 6,
      open: 5,
      relapses: 1,
      per_100_m: 6,
      top_code: '01002',
      top_category_zh: '暴露垃圾',
      top_category_en: 'Exposed rubbish',
      last_reported_at: iso(start + 32 * day + 1000),
    });
    expect(features[1]!.properties).to.include({
      from_m: 100,
      to_m: 300,
      issues: 1,
      open: 1,
      relapses: 0,
      per_100_m: 0.5,
      top_code: '01001',
      top_category_zh: '供水井盖',
    });
  });

  it('lists segments with min_issues or more', async () => {
    expect((await hotspots('')).features).to.have.length(1);
    expect((await hotspots('min_issues=7')).features).to.have.length(0);
    expect((await hotspots('min_issues=1&limit=1')).features).to.have.length(1);
  });

  it('filters by category, status and time; the issue before a relapse need not be asked for', async () => {
    const issues = async (query: string) =>
      (await hotspots(`min_issues=1&${query}`)).features.map(({ properties }) => properties.issues);
    expect(await issues('code=01003')).to.deep.equal([1]);
    expect(await issues('code=01003,01001')).to.deep.equal([1, 1]);
    expect(await issues('kind=part')).to.deep.equal([1]);
    expect(await issues('status=void')).to.deep.equal([1]);
    expect(await issues('status=reported,closed')).to.deep.equal([6]);
    expect(await issues('surface=roof')).to.deep.equal([]);
    // A bare day begins in the district's time zone: 32 days after New Year is 2 February there.
    const late = await hotspots('min_issues=1&from=2026-02-02&to=2026-02-03');
    expect(late.features[0]!.properties).to.include({ issues: 3, relapses: 1 });
    expect(late.off_road).to.equal(0);
  });

  it('asks by zone: its segments, and the issues on no road that lie in it', async () => {
    const inZone = await hotspots(`min_issues=1&zone_id=${zone}`);
    expect(inZone.features).to.have.length(2);
    expect(inZone.off_road).to.equal(1);
    const town = await addZone(district().db, rectangle(0, 0, 1, 1), { level: 'town', name: '空镇' });
    expect((await hotspots(`zone_id=${town}&min_issues=1`)).features).to.deep.equal([]);
  });

  it('draws a heat map on a grid that lies on whole multiples of the cell', async () => {
    const { body } = await api.get('/api/hotspots/heat?cell_m=100').expect(200);
    const heat = body as Heat;
    expect({ ...heat, cells: heat.cells.map(([, , issues]) => issues) }).to.deep.equal({
      cell_m: 100,
      issues: 9,
      busiest: 7,
      cells: [7, 1, 1],
    });
    const centre = proj4(epsgDefinition(4549)!, 'EPSG:4326').forward([origin[0] + 50, origin[1] + 50]);
    expect(heat.cells[0]![0]).to.be.closeTo(centre[0]!, 1e-7);
    expect(heat.cells[0]![1]).to.be.closeTo(centre[1]!, 1e-7);
  });

  it('answers an empty map where nothing is', async () => {
    expect((await api.get('/api/hotspots/heat?code=99999').expect(200)).body).to.deep.equal({
      cell_m: 25,
      issues: 0,
      busiest: 0,
      cells: [],
    });
    const zoned = await api.get(`/api/hotspots/heat?zone_id=${zone}&cell_m=1000`).expect(200);
    expect((zoned.body as Heat).issues).to.equal(5);
  });

  for (const path of ['/api/hotspots', '/api/hotspots/heat']) {
    it(`${path} refuses filters that cannot be`, async () => {
      const refused: Record<string, number> = {
        'code=abc': 400,
        'code=01001;drop table issues': 400,
        'status=open': 400,
        'status=closed,nonsense': 400,
        'kind=x': 400,
        'from=yesterday': 400,
        'from=0000-01-01': 400,
        'to=2026-02-30': 400,
        'from=2026-01-01T00:00:00%2B23:00': 400,
        'from=%00': 400,
        'code=%00': 400,
        'zone_id=0': 400,
        'zone_id=NaN': 400,
        'zone_id=1e999': 400,
        'zone_id=99999999999': 400,
        'zone_id=987654': 404,
        'surface=wall': 400,
        ...(path.endsWith('heat')
          ? { 'cell_m=0': 400, 'cell_m=NaN': 400, 'cell_m=Infinity': 400, 'cell_m=-5': 400, 'cell_m=': 400 }
          : { 'min_issues=0': 400, 'min_issues=99999999999999999999': 400, 'limit=100000': 400, 'limit=1.5': 400 }),
      };
      for (const [query, status] of Object.entries(refused)) {
        const answer = await api.get(`${path}?${query}`);
        expect(answer.status, query).to.equal(status);
        expect(answer.type, query).to.equal('application/problem+json');
        expect(answer.body, query).to.include.keys('title', 'detail', 'status');
      }
    });
  }
});

eachEngine('hot spots against a brute force', (district) => {
  const roll = dice(20_260_101);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(roll() * values.length)]!;
  const rows: IssueRow[] = [];
  let api: ReturnType<typeof supertest>;

  before(async () => {
    const { db } = district();
    api = supertest(createApp(contextOf(district())));
    await addCategories(db);
    const chief = await addChief(db, { name: '李明', role: 'sanitation_l2' });
    const roads: { id: number; length: number; y: number }[] = [];
    for (let index = 0; index < 12; index += 1) {
      const length = 50 + Math.floor(roll() * 400);
      const id = await addRoad(db, [
        [0, index * 60],
        [length, index * 60],
      ]);
      roads.push({ id, length, y: index * 60 });
      // Cut each road at random places, on one side or both.
      let from = 0;
      for (let to = Math.floor(roll() * 120); to < length; to += 1 + Math.floor(roll() * 120)) {
        if (to > from && roll() < 0.6) await assign(db, chief, id, [from, to], pick(['[0,1)', '[1,2)', '[0,2)']));
        from = to;
      }
    }
    await db.raw('select refresh_segments(null)');
    for (let count = 0; count < 3000; count += 1) {
      const { id, length, y } = pick(roads);
      const offRoad = roll() < 0.1;
      const status = pick([
        'reported',
        'filed',
        'dispatched',
        'resolved',
        'closed',
        'closed',
        'closed',
        'void',
      ] as const);
      const reported = start + Math.floor(roll() * 180 * day);
      // One in twenty lies at an end; measures are whole metres so that 50 m exactly happens often.
      const measure = roll() < 0.05 ? pick([0, length]) : Math.floor(roll() * length);
      const [kind, code] = pick([
        ['part', '01001'],
        ['matter', '01001'],
        ['matter', '01002'],
        ['matter', '04001'],
      ] as const);
      rows.push({
        kind,
        code,
        surface: pick(['ground', 'facade', 'roof']),
        status,
        reported_at: iso(reported),
        closed_at: status === 'closed' ? iso(reported + Math.floor(roll() * 40) * day) : null,
        at: [measure + roll(), y + roll() * 20 - 10],
        road_id: offRoad ? null : id,
        measure_cm: offRoad ? null : measure * 100,
        side: offRoad ? null : pick(['left', 'right']),
      });
    }
    await addIssues(db, rows);
  });

  const asks: [string, (row: IssueRow) => boolean][] = [
    ['', (row) => row.status !== 'void'],
    ['kind=matter&code=01001', (row) => row.status !== 'void' && row.kind === 'matter' && row.code === '01001'],
    ['status=closed,void', (row) => row.status === 'closed' || row.status === 'void'],
    [
      'surface=facade&from=2026-02-01&to=2026-03-01T12:00:00Z',
      (row) =>
        row.status !== 'void' &&
        row.surface === 'facade' &&
        Date.parse(row.reported_at) >= Date.parse('2026-02-01T00:00:00+08:00') &&
        Date.parse(row.reported_at) < Date.parse('2026-03-01T12:00:00Z'),
    ],
  ];

  for (const [query, asked] of asks) {
    it(`per segment: ${query || 'all'}`, async () => {
      const { body } = await api.get(`/api/hotspots?min_issues=1&limit=1000&${query}`).expect(200);
      const list = body as HotspotList;
      const segments = await district()
        .db('segments')
        .select<{ road_id: number; span: string; sides: string }[]>('road_id', 'span', 'sides');
      const expected = segments.flatMap(({ road_id, span, sides }) => {
        const [from, to] = readRange(span);
        const end = Math.max(
          ...segments.filter((other) => other.road_id === road_id).map((other) => readRange(other.span)[1]),
        );
        const inside = rows.filter(
          (row) =>
            asked(row) &&
            row.road_id === road_id &&
            ((row.measure_cm! >= from && row.measure_cm! < to) || (row.measure_cm === end && to === end)) &&
            (sidesWord(sides) === 'both' || sidesWord(sides) === row.side),
        );
        if (inside.length === 0) return [];
        const categories = new Map<string, number>();
        for (const { kind, code } of inside)
          categories.set(`${kind} ${code}`, (categories.get(`${kind} ${code}`) ?? 0) + 1);
        const [top] = [...categories].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]!;
        return [
          {
            key: `${road_id} ${span} ${sidesWord(sides)}`,
            issues: inside.length,
            open: inside.filter((row) => !['closed', 'void'].includes(row.status)).length,
            relapses: inside.filter(isRelapse).length,
            top_code: top.split(' ')[1]!,
            last: inside
              .map((row) => row.reported_at)
              .toSorted()
              .at(-1)!,
          },
        ];
      });
      const seen = list.features.map(({ properties: p }: Hotspot) => ({
        key: `${p.road_id} [${Math.round(p.from_m * 100)},${Math.round(p.to_m * 100)}) ${p.sides}`,
        issues: p.issues,
        open: p.open,
        relapses: p.relapses,
        top_code: p.top_code,
        last: p.last_reported_at,
      }));
      const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);
      expect(seen.toSorted(byKey)).to.deep.equal(expected.toSorted(byKey));
      expect(seen.map(({ issues }) => issues)).to.deep.equal(
        seen.map(({ issues }) => issues).toSorted((a, b) => b - a),
      );
      expect(list.off_road).to.equal(rows.filter((row) => asked(row) && row.road_id === null).length);
      expect(list.off_road + seen.reduce((sum, { issues }) => sum + issues, 0)).to.equal(rows.filter(asked).length);
    });

    it(`per cell: ${query || 'all'}`, async () => {
      const { body } = await api.get(`/api/hotspots/heat?cell_m=37.5&${query}`).expect(200);
      const heat = body as Heat;
      const toDegrees = proj4(epsgDefinition(4549)!, 'EPSG:4326');
      const cellOf = ([x, y]: [number, number]): string => `${Math.floor(x / 37.5)} ${Math.floor(y / 37.5)}`;
      const cells = new Map<string, number>();
      for (const {
        at: [x, y],
      } of rows.filter(asked)) {
        const key = cellOf([origin[0] + x, origin[1] + y]);
        cells.set(key, (cells.get(key) ?? 0) + 1);
      }
      const seen = heat.cells.map(([x, y, issues]): [string, number] => [cellOf(toDegrees.inverse([x, y])), issues]);
      expect(seen.toSorted()).to.deep.equal([...cells].toSorted());
      expect(heat.issues).to.equal(rows.filter(asked).length);
      expect(heat.busiest).to.equal(Math.max(...cells.values()));
    });
  }

  function isRelapse(row: IssueRow): boolean {
    return rows.some(
      (earlier) =>
        earlier !== row &&
        earlier.road_id === row.road_id &&
        earlier.kind === row.kind &&
        earlier.code === row.code &&
        earlier.status === 'closed' &&
        Math.abs(earlier.measure_cm! - row.measure_cm!) <= 5000 &&
        Date.parse(earlier.closed_at!) <= Date.parse(row.reported_at) &&
        Date.parse(row.reported_at) - Date.parse(earlier.closed_at!) <= 30 * day,
    );
  }
});
