import { expect } from 'chai';
import { fromWgs84 } from '../../api/geometry/crs.ts';
import type { Problem } from '../../api/problems.ts';
import { eachEngine } from '../support/district.ts';
import { addCategories } from '../support/issue-rows.ts';
import { collection, csv, feature, importText, lonLat } from '../support/import-text.ts';

const road = (external_id: string, line: [number, number][], more: object = {}): object =>
  feature({ external_id, name: `road ${external_id}`, class: 'main', status: 'handed_over', ...more }, { line });
const way = (id: number, name: string | null, line: [number, number][], more: object = {}): object =>
  feature({ '@id': `way/${id}`, highway: 'primary', name, ...more }, { line });
const square = (x: number, y: number, side: number): { ring: [number, number][] } => ({
  ring: [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
  ],
});
const gcj02 = (x: number, y: number): string =>
  fromWgs84('gcj02')(lonLat([x, y]))
    .map((degrees) => degrees.toFixed(6))
    .join(',');
const problemOf = async (work: Promise<unknown>): Promise<Problem> =>
  work.then(
    () => expect.fail('it was taken'),
    (error: Problem) => error,
  );

eachEngine('imports', (district) => {
  const db = () => district().db;
  const counts = async (): Promise<Record<string, number>> => {
    const tables = [
      'roads',
      'road_nodes',
      'zones',
      'zone_stretches',
      'segments',
      'chiefs',
      'assignments',
      'issues',
      'imports',
      'change_log',
      'history',
    ];
    const { rows } = await db().raw(
      `select ${tables.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')}`,
    );
    return rows[0];
  };
  const partition = async (): Promise<number> => {
    const { rows } = await db().raw(
      `select count(*) as wrong from roads r left join (
         select road_id, sum(side_cm(span, sides)) as cm from segments group by road_id
       ) s on s.road_id = r.id where s.cm is distinct from 2 * r.length_cm`,
    );
    return rows[0].wrong;
  };

  before(() => addCategories(db()));

  describe('of roads', () => {
    const file = collection(
      road('a', [
        [0, 0],
        [500, 0],
        [1000, 0],
      ]),
      road(
        'b',
        [
          [500, 0],
          [500, 300],
        ],
        { class: '背街小巷', status: '已移交', oneway: 'yes', layer: 1, name: null },
      ),
      road(
        'c',
        [
          [0, 100],
          [200, 100],
        ],
        { status: 'planned' },
      ),
    );

    it('take rows that are roads as they stand, with nodes, segments, change and report', async () => {
      const report = await importText(db(), 'roads', 'roads.geojson', file);
      expect(report).to.deep.include({
        rows: 3,
        created: 3,
        updated: 0,
        unchanged: 0,
        rejected: 0,
        length_m: 1500,
        actor: 'tester',
        crs: 'wgs84',
      });
      const kept = await db()('roads')
        .orderBy('external_id')
        .select('external_id', 'name', 'class', 'status', 'oneway', 'layer', 'length_cm');
      expect(kept[1]).to.deep.equal({
        external_id: 'b',
        name: null,
        class: 'alley',
        status: 'handed_over',
        oneway: true,
        layer: 1,
        length_cm: 30_000,
      });
      expect(await partition()).to.equal(0);
      expect(await counts()).to.deep.include({ segments: 3, road_nodes: 2, imports: 1, change_log: 1 });
      const [kept_report] = await db()('imports').select('kind', 'file', 'sha256');
      expect(kept_report).to.deep.include({ kind: 'roads', file: 'roads.geojson' });
      expect(kept_report.sha256).to.match(/^[0-9a-f]{64}$/);
    });

    it('sent again touch nothing but the list of imports', async () => {
      const before = [await db()('roads').orderBy('id'), await db()('data_versions').orderBy('kind')];
      expect(await importText(db(), 'roads', 'roads.geojson', file)).to.deep.include({
        created: 0,
        updated: 0,
        unchanged: 3,
      });
      expect([await db()('roads').orderBy('id'), await db()('data_versions').orderBy('kind')]).to.deep.equal(before);
    });

    it('refuse row by row, with number and reason, and take the rest', async () => {
      const report = await importText(
        db(),
        'roads',
        'mixed.geojson',
        collection(
          road('d', [
            [0, 200],
            [100, 200],
          ]),
          feature({ external_id: 'p', class: 'main' }, { point: [0, 0] }),
          feature({ external_id: 'q', class: 'main' }, square(0, 0, 10)),
          road('d', [
            [0, 210],
            [100, 210],
          ]),
          road('dot', [
            [5, 5],
            [5, 5],
          ]),
          { type: 'Feature', properties: { external_id: 'n' }, geometry: null },
          {
            type: 'Feature',
            properties: { external_id: 'far', class: 'main' },
            geometry: {
              type: 'LineString',
              coordinates: [
                [10, 50],
                [10.1, 50],
              ],
            },
          },
          road(
            's',
            [
              [0, 220],
              [100, 220],
            ],
            { status: 'finished' },
          ),
          { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [[120, 31]] } },
        ),
      );
      expect(report).to.deep.include({ rows: 9, created: 1, rejected: 8 });
      const reasons = Object.fromEntries(report.rejections.map(({ row, reason }) => [row, reason]));
      expect(reasons[2]).to.equal('a LineString or MultiLineString was expected, a Point came');
      expect(reasons[3]).to.include('a Polygon came');
      expect(reasons[4]).to.equal('the road d stands in row 1 already');
      expect(reasons[5]).to.equal('the line has fewer than two different points');
      expect(reasons[6]).to.include('no geometry came');
      expect(reasons[7]).to.include('beyond the reach of the district').and.include('EPSG:4549');
      expect(reasons[8]).to.include(
        'status is "finished"; expected one of planned (规划, 在建, 未建, 建设中), built (',
      );
      expect(reasons[9]).to.match(/coordinates/);
    });

    it('join the parts of a line that follow each other, and tell apart those that do not', async () => {
      const report = await importText(
        db(),
        'roads',
        'parts.geojson',
        collection(
          feature(
            { external_id: 'm', class: 'main' },
            {
              lines: [
                [
                  [0, 300],
                  [100, 300],
                ],
                [
                  [200, 300],
                  [100, 300],
                ],
              ],
            },
          ),
          feature(
            { external_id: 'n', class: 'main' },
            {
              lines: [
                [
                  [0, 310],
                  [100, 310],
                ],
                [
                  [150, 310],
                  [200, 310],
                ],
              ],
            },
          ),
        ),
      );
      expect(report.created).to.equal(3);
      const kept = await db()('roads')
        .whereIn('external_id', ['m', 'n', 'n#2'])
        .orderBy('external_id')
        .select('external_id', 'length_cm');
      expect(kept.map(({ external_id, length_cm }) => [external_id, length_cm])).to.deep.equal([
        ['m', 20_000],
        ['n', 10_000],
        ['n#2', 5_000],
      ]);
    });

    it('join ways of OpenStreetMap into roads, keep their junctions, and pass over what is no street', async () => {
      const ways = collection(
        way(11, 'Bell Street', [
          [0, 400],
          [100, 400],
        ]),
        way(
          12,
          'Bell Street',
          [
            [100, 400],
            [200, 400],
          ],
          { highway: 'secondary' },
        ),
        way(
          13,
          null,
          [
            [100, 400],
            [100, 450],
          ],
          { highway: 'residential' },
        ),
        way(
          14,
          null,
          [
            [0, 460],
            [100, 460],
          ],
          { highway: 'construction', construction: 'primary' },
        ),
        way(
          15,
          null,
          [
            [0, 470],
            [100, 470],
          ],
          { highway: 'platform' },
        ),
        feature(
          { '@id': 'way/16', waterway: 'river' },
          {
            line: [
              [0, 480],
              [100, 480],
            ],
          },
        ),
      );
      const report = await importText(db(), 'roads', 'osm.geojson', ways);
      expect(report).to.deep.include({ rows: 6, created: 3, rejected: 0 });
      expect(report.notes.join('\n')).to.include('2 lines are no roads').and.include('4 ways were joined into 3 roads');
      const kept = await db()('roads')
        .whereLike('external_id', 'way/%')
        .orderBy('external_id')
        .select('external_id', 'name', 'class', 'status', 'length_cm', 'properties');
      expect(kept).to.deep.equal([
        {
          external_id: 'way/11',
          name: 'Bell Street',
          class: 'main',
          status: 'handed_over',
          length_cm: 20_000,
          properties: { ways: ['way/11', 'way/12'] },
        },
        { external_id: 'way/13', name: null, class: 'alley', status: 'handed_over', length_cm: 5_000, properties: {} },
        { external_id: 'way/14', name: null, class: 'main', status: 'planned', length_cm: 10_000, properties: {} },
      ]);
      const { rows } = await db().raw(
        `select r.external_id, n.at_cm from road_nodes n join roads r on r.id = n.road_id where r.external_id like 'way/%' order by 1`,
      );
      expect(rows).to.deep.equal([
        { external_id: 'way/11', at_cm: 10_000 },
        { external_id: 'way/13', at_cm: 0 },
      ]);
      expect(await importText(db(), 'roads', 'osm.geojson', ways)).to.deep.include({
        created: 0,
        updated: 0,
        unchanged: 3,
      });
    });

    it('without ids are found again by what they are', async () => {
      const lines = collection(
        feature(
          { name: 'X', class: '支路' },
          {
            line: [
              [0, 600],
              [90, 600],
            ],
          },
        ),
      );
      expect(await importText(db(), 'roads', 'x.geojson', lines)).to.deep.include({ created: 1 });
      expect(await importText(db(), 'roads', 'x.geojson', lines)).to.deep.include({ created: 0, unchanged: 1 });
    });

    it('that break half-way leave everything as it was', async () => {
      const before = await counts();
      const versions = await db()('data_versions').orderBy('kind');
      for (const step of ['writing roads', 'deriving segments', 'closing the import']) {
        const broken = importText(
          db(),
          'roads',
          'roads.geojson',
          collection(
            road('z', [
              [0, 700],
              [100, 700],
            ]),
            road('a', [
              [0, 0],
              [900, 0],
            ]),
          ),
          {
            progress: (said) => {
              if (said === step) throw new Error(`broken at ${step}`);
            },
          },
        );
        expect((await problemOf(broken)).message).to.equal(`broken at ${step}`);
        expect(await counts()).to.deep.equal(before);
      }
      expect(await db()('data_versions').orderBy('kind')).to.deep.equal(versions);
      expect((await db()('roads').where({ external_id: 'a' }).first()).length_cm).to.equal(100_000);
    });

    it('carry over what stands on a road that is redrawn', async () => {
      const chiefs = csv('external_id,name,role', 'C1,Li,general', 'C2,Wang,general');
      await importText(db(), 'chiefs', 'chiefs.csv', chiefs);
      await importText(
        db(),
        'assignments',
        'assignments.csv',
        csv(
          'external_id,road_external_id,from_m,to_m,sides,chief_external_id,valid_from',
          'A1,a,0,400,both,C1,2026-01-01',
          'A2,a,400,1000,right,C2,2026-01-01',
        ),
      );
      const [lon, lat] = lonLat([250, 3]);
      await importText(
        db(),
        'issues',
        'issues.csv',
        csv('external_id,lon,lat,accuracy_m,kind,code', `I1,${lon},${lat},3,matter,01002`),
      );
      expect((await db()('issues').where({ external_id: 'I1' }).first()).measure_cm).to.equal(25_000);

      const report = await importText(
        db(),
        'roads',
        'roads.geojson',
        collection(
          road('a', [
            [-100, 0],
            [500, 0],
            [800, 0],
          ]),
        ),
      );
      expect(report).to.deep.include({ updated: 1, created: 0 });
      expect(report.needs_decision).to.have.length(1);
      expect(report.needs_decision[0]).to.match(/^Wang \(general\) on road a, 400-1000 m before, now 500-900 m/);
      const held = await db()('assignments').orderBy('external_id').select('external_id', 'span');
      expect(held).to.deep.equal([
        { external_id: 'A1', span: '[10000,50000)' },
        { external_id: 'A2', span: '[50000,90000)' },
      ]);
      expect(await db()('issues').where({ external_id: 'I1' }).first()).to.deep.include({
        measure_cm: 35_000,
        side: 'left',
      });
      expect(await partition()).to.equal(0);
      const { rows } = await db().raw(
        `select count(*) as held from segments s join roads r on r.id = s.road_id where r.external_id = 'a' and s.general is not null`,
      );
      expect(rows[0].held).to.equal(2);
    });

    it('run one at a time', async function () {
      if (district().engine === 'embedded') return this.skip(); // one connection: the second simply waits
      await db().transaction(async (trx) => {
        await trx.raw(`select pg_advisory_xact_lock(hashtext('luzhang import'), hashtext(current_schema()))`);
        const second = importText(
          db(),
          'roads',
          'w.geojson',
          collection(
            road('w', [
              [0, 810],
              [100, 810],
            ]),
          ),
        );
        expect((await problemOf(second)).kind).to.equal('busy');
      });
    });
  });

  describe('of zones', () => {
    it('read level and parent from the twelve digits of the code', async () => {
      const report = await importText(
        db(),
        'zones',
        'zones.geojson',
        collection(
          feature({ 代码: 329901001002, 名称: '东门社区' }, square(0, -100, 500)),
          feature({ 代码: '329901001000', 名称: '城中街道' }, square(0, -100, 1000)),
          feature({ 代码: '329901000000', 名称: '云溪区' }, square(-500, -500, 3000)),
        ),
      );
      expect(report).to.deep.include({ created: 3, rejected: 0 });
      expect(report.columns).to.deep.equal({ code: '代码', name: '名称' });
      const kept = await db()('zones as z')
        .leftJoin('zones as p', 'p.id', 'z.parent_id')
        .orderBy('z.code')
        .select('z.level', 'p.name as parent');
      expect(kept).to.deep.equal([
        { level: 'district', parent: null },
        { level: 'town', parent: '云溪区' },
        { level: 'community', parent: '城中街道' },
      ]);
      expect((await counts()).zone_stretches).to.be.above(0);
      expect(await partition()).to.equal(0);
    });

    it('tell of overlaps and of an outline that was made valid, and refuse what is no outline', async () => {
      const report = await importText(
        db(),
        'zones',
        'zones.geojson',
        collection(
          feature({ code: '329901002000', name: '城东街道' }, square(900, -100, 1000)),
          feature(
            { code: '329901001003', name: '蝴蝶结社区' },
            {
              ring: [
                [600, 0],
                [700, 100],
                [700, 0],
                [600, 100],
              ],
            },
          ),
          feature(
            { code: '329901001004', name: '一条线' },
            {
              line: [
                [0, 0],
                [1, 1],
              ],
            },
          ),
          feature({ code: 'x', name: '无级别' }, square(0, 0, 10)),
        ),
      );
      expect(report).to.deep.include({ created: 2, rejected: 2 });
      expect(report.notes.join('\n'))
        .to.include('outline of 蝴蝶结社区 was not valid')
        .and.match(/城中街道 and 城东街道 overlap by 100,000 m²|城东街道 and 城中街道 overlap/);
      expect(report.rejections[1]!.reason).to.include('its level is not known');
    });

    it('take the level that is given', async () => {
      const report = await importText(
        db(),
        'zones',
        'four.geojson',
        collection(feature({ code: 'four', parent_code: '329901000000', name: '四线区域' }, square(100, 100, 300))),
        { level: 'bureau' },
      );
      expect(report.created).to.equal(1);
      expect((await db()('zones').where({ code: 'four' }).first()).level).to.equal('bureau');
    });

    it('notice an outline that moves as gcj02 is from wgs84', async () => {
      const shifted = JSON.stringify({
        type: 'FeatureCollection',
        features: [feature({ code: '329901000000', name: '云溪区' }, square(-500, -500, 3000))],
      });
      const report = await importText(db(), 'zones', 'zones.geojson', shifted, { crs: 'gcj02' });
      expect(report.notes.join('\n')).to.include('import it again with --crs wgs84');
      await importText(db(), 'zones', 'zones.geojson', shifted);
    });
  });

  describe('of chiefs', () => {
    it('read Chinese headers and words, in GBK, as they come from an office', async () => {
      // 姓名,角色,单位,电话,是否党员 / 李明,社区二级路长,柳桥社区,13800000000,是 / 王芳,局长,,,
      const gbk = Buffer.from(
        'd0d5c3fb2cbdc7c9ab2cb5a5cebb2cb5e7bbb02ccac7b7f1b5b3d4b10ac0eec3f72cc9e7c7f8b6febcb6c2b7b3a42cc1f8c7' +
          'c5c9e7c7f82c31333830303030303030302ccac70acdf5b7bc2cbed6b3a42c2c2c0a',
        'hex',
      );
      const report = await importText(db(), 'chiefs', 'chiefs.csv', gbk);
      expect(report).to.deep.include({ created: 1, rejected: 1 });
      expect(report.rejections[0]!.reason).to.include('role is "局长"; expected one of general');
      expect(await db()('chiefs').where({ name: '李明' }).first()).to.deep.include({
        role: 'community_l2',
        organisation: '柳桥社区',
        party_member: true,
      });
    });

    it('name a zone that is not here in a note and take the chief', async () => {
      const report = await importText(
        db(),
        'chiefs',
        'chiefs.csv',
        csv('external_id,name,role,zone_code', 'C3,赵强,general,329901001000', 'C4,孙丽,general,999'),
      );
      expect(report).to.deep.include({ created: 2 });
      expect(report.notes.join()).to.include('999 in row 3');
    });
  });

  describe('of assignments', () => {
    it('refuse what is not here, does not fit, or meets another holder by name and metres', async () => {
      const header = 'external_id,road_external_id,from_m,to_m,sides,role,chief_external_id,valid_from,valid_to';
      const report = await importText(
        db(),
        'assignments',
        'assignments.csv',
        csv(
          header,
          'B1,c,0,50,both,general,C3,2026-01-01,',
          'B2,nowhere,0,50,both,general,C3,2026-01-01,',
          'B3,c,0,50,both,general,C99,2026-01-01,',
          'B4,c,100,250,both,general,C3,2026-01-01,',
          'B5,c,0,50,up,general,C3,2026-01-01,',
          'B6,c,60,90,both,town_l1,C3,2026-01-01,',
          'B7,c,40,90,左侧,总路长,C4,2026-01-01,',
          'B8,c,50,,both,,C4,2026/3/1,2026-02-30',
          'B9,c,50,,both,,C4,2026年3月1日,',
        ),
      );
      expect(report).to.deep.include({ rows: 9, created: 2, rejected: 7 });
      const reasons = report.rejections.map(({ reason }) => reason);
      expect(reasons[0]).to.equal('there is no road nowhere here; import the roads first');
      expect(reasons[1]).to.equal('there is no chief C99 here; import the chiefs first');
      expect(reasons[2]).to.equal('100-250 m is no stretch of road c, which is 200 m long');
      expect(reasons[3]).to.include('sides is "up"; expected one of left (左, 左侧), right (右, 右侧), both (');
      expect(reasons[4]).to.equal('赵强 (C3) is general, not town_l1');
      expect(reasons[5]).to.include('赵强 holds 40-50 m there as general (10 m overlap');
      expect(reasons[6]).to.include('there is no such day');
      expect(await partition()).to.equal(0);
    });
  });

  describe('of issues', () => {
    const at = (x: number, y: number): string =>
      lonLat([x, y])
        .map((degrees) => degrees.toFixed(7))
        .join(',');
    const register = csv(
      'id,lon,lat,kind,code,status,reported_at,closed_at',
      `J1,${at(100, 102)},matter,暴露垃圾,已结案,2026-05-01T08:00:00+08:00,2026-05-02`,
      `J2,${at(100, 103)},matter,1002,reported,2026-05-01 08:00,`,
      `J3,${at(100, 103)},,01001,reported,2026-05-01,`,
      `J4,${at(100, 103)},part,99999,reported,2026-05-01,`,
      `J5,${at(100, 103)},matter,01002,reported,soon,`,
    );

    it('know a category by code, by a number that lost its zero, and by name; ask which kind where both have the code', async () => {
      const report = await importText(db(), 'issues', 'issues.csv', register);
      expect(report).to.deep.include({ rows: 5, created: 2, rejected: 3 });
      const reasons = report.rejections.map(({ reason }) => reason);
      expect(reasons[0]).to.include('01001 is the part 供水井盖 and the matter 私搭乱建');
      expect(reasons[1]).to.include('there is no category "99999" of kind part');
      expect(reasons[2]).to.include('reported_at is "soon"');
      const kept = await db()('issues').where({ external_id: 'J1' }).first();
      expect(kept).to.deep.include({ status: 'closed', code: '01002', sent_crs: 'wgs84', surface: 'ground' });
      expect(kept.reported_at.toISOString()).to.equal('2026-05-01T00:00:00.000Z');
      expect(kept.closed_at.toISOString()).to.equal('2026-05-01T16:00:00.000Z'); // midnight in the district
    });

    it('sent again add nothing, and do not take back what people have done since', async () => {
      await db()('issues').where({ external_id: 'J2' }).update({ status: 'dispatched' });
      expect(await importText(db(), 'issues', 'issues.csv', register)).to.deep.include({
        created: 0,
        updated: 0,
        unchanged: 2,
      });
      expect((await db()('issues').where({ external_id: 'J2' }).first()).status).to.equal('dispatched');
    });

    it('of swapped columns are refused as a whole, and the reason says so', async () => {
      const swapped = register.replaceAll('lon,lat', 'lat,lon');
      const problem = await problemOf(importText(db(), 'issues', 'swapped.csv', swapped));
      expect(problem.kind).to.equal('invalid');
      expect(`${problem.message} ${problem.hint}`).to.include('swapped');
      expect(problem.more.report).to.deep.include({ rows: 5, rejected: 5 });
    });

    it('in gcj02 are put where they are, keep what was sent, and a file that does not say so is noticed', async () => {
      const shifted = (name: string): string =>
        csv(
          'external_id,lon,lat,kind,code',
          ...Array.from({ length: 30 }, (_, index) => `${name}${index},${gcj02(50 + index * 20, 0)},matter,01002`),
        );
      const silent = await importText(db(), 'issues', 'silent.csv', shifted('s'));
      expect(silent.notes.join('\n')).to.include('looks as if it were in gcj02').and.include('--crs gcj02');
      const said = await importText(db(), 'issues', 'said.csv', shifted('g'), { crs: 'gcj02' });
      expect(said.notes.join('\n')).to.not.include('looks as if');
      const kept = await db()('issues').where({ external_id: 'g3' }).first('sent_x', 'sent_y', 'sent_crs', 'offset_cm');
      expect(kept.sent_crs).to.equal('gcj02');
      expect(`${kept.sent_x.toFixed(6)},${kept.sent_y.toFixed(6)}`).to.equal(gcj02(110, 0));
      expect(kept.offset_cm).to.be.at.most(30);
    });
  });
});
