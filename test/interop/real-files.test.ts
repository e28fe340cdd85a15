/** Files as districts send them, from ../shared/data where that is there; none of it is part of the project. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Problem } from '../../api/problems.ts';
import { importFile, type ImportRequest } from '../../api/interop/imports.ts';
import type { ImportReport } from '../../api/interop/imports.contract.ts';
import { eachEngine } from '../support/district.ts';
import { addCategories } from '../support/issue-rows.ts';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

eachEngine(
  'imports of real files',
  (district) => {
    before(function () {
      if (!existsSync(folder)) this.skip(); // ../shared/data is not there
    });
    const take = (
      kind: ImportRequest['kind'],
      file: string,
      more: Partial<ImportRequest> = {},
    ): Promise<ImportReport> => importFile(district().db, `${folder}${file}`, { kind, ...more }, { actor: 'tester' });
    const one = async (sql: string): Promise<Record<string, number>> => (await district().db.raw(sql)).rows[0];

    it('Beijing: 19,198 ways become roads, and not a metre is lost', async () => {
      const report = await take('roads', 'beijing-2013/roads.geojson');
      expect(report.rows).to.equal(19_198);
      expect(report.created).to.be.within(10_000, 16_000);
      expect(report.rejections.map(({ reason }) => reason)).to.deep.equal(['5906 is the same line as 5905']);
      expect(report.length_m).to.be.closeTo(7_886_600, 100);
      const kept = await one('select count(*) as roads, sum(length_cm) as cm from roads');
      expect(kept).to.deep.equal({ roads: report.created, cm: Math.round(report.length_m! * 100) });
      const segments = await one('select sum(side_cm(span, sides)) / 2 as cm from segments');
      expect(segments.cm).to.equal(kept.cm);
      // 22,975 places are shared by ways of the file; joining ways end to end takes none of the junctions away.
      expect((await one('select count(distinct node_id) as nodes from road_nodes')).nodes).to.be.above(15_000);
    });

    it('Beijing again: nothing is added, nothing is touched', async () => {
      const again = await take('roads', 'beijing-2013/roads.geojson');
      expect(again).to.include({ created: 0, updated: 0 });
      expect(again.unchanged).to.equal((await one('select count(*) as count from roads')).count);
    });

    it('its zones: three levels that tile, and the roads in each', async () => {
      const report = await take('zones', 'beijing-2013/zones-voronoi.geojson');
      expect(report).to.include({ rows: 309, created: 309, rejected: 0 });
      expect(report.notes.join('\n')).to.not.match(/overlap|uncovered|beyond/);
      const metres = await one(`select
        (select sum(side_cm(span, sides)) from zone_stretches where level = 'town') as town,
        (select sum(side_cm(span, sides)) from zone_stretches where level = 'community') as community`);
      // Towns and communities tile the same districts: 1,270 km of road on both counts, to a metre a border crossing.
      expect(metres.town! / 20_000_000).to.be.closeTo(metres.community! / 20_000_000, 0.5);
      const partition = await one(
        `select count(*) as wrong from roads r join (
           select road_id, sum(side_cm(span, sides)) as cm from segments group by road_id
         ) s on s.road_id = r.id where s.cm <> 2 * r.length_cm`,
      );
      expect(partition.wrong).to.equal(0);
    });

    it('its outline in GCJ-02, read as WGS84, is noticed', async () => {
      const shifted = await take('zones', 'beijing-2013/district-110101.gcj02.geojson');
      expect(shifted.notes.join('\n'))
        .to.include('--crs gcj02')
        .and.match(/moves by 5\d\d m/);
      const right = await take('zones', 'beijing-2013/district-110101.gcj02.geojson', { crs: 'gcj02' });
      expect(right.updated).to.equal(1);
    });

    it('the shapefile of Dongcheng: EPSG:4548, names in GBK that nothing says', async () => {
      const report = await take('roads', 'imports/dongcheng-roads-epsg4548-gbk-no-cpg.zip');
      expect(report).to.include({ rows: 1602, rejected: 0, crs: 'EPSG:4548', format: 'Shapefile' });
      const named = await district().db('roads').whereLike('name', '%胡同').count('* as count');
      expect(named[0]!.count).to.be.above(100);
      // The same streets as GeoPackage in degrees: what is the same line and name is the same road.
      const again = await take('roads', 'imports/dongcheng-roads.gpkg');
      expect(again.rows).to.equal(4113);
      expect(again.unchanged).to.be.above(1000);
    });

    it('lines mixed with points and polygons: the lines are taken', async () => {
      const report = await take('roads', 'imports/tsinghua-mixed-geometry.geojson');
      expect(report.created).to.be.above(500);
      expect(report.rejections).to.have.length(10);
      expect(report.rejections[0]!.reason).to.include('a Polygon came');
    });

    it('latitude and longitude swapped: refused as a whole, and said so', async () => {
      await addCategories(district().db);
      const problem = await take('issues', 'syracuse-ny/potholes-swapped-columns.csv', {
        columns: { code: 'VehicleName' },
      }).then(
        () => expect.fail('it was taken'),
        (error: Problem) => error,
      );
      expect(problem.kind).to.equal('invalid');
      expect(problem.hint).to.include('swapped');
    });
  },
  4548,
);
