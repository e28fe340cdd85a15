import { expect } from 'chai';
import ExcelJS from 'exceljs';
import type { FeatureCollection } from 'geojson';
import { isFeature } from 'geojson-validation';
import supertest from 'supertest';
import { createApp } from '../../api/app.ts';
import type { GapList } from '../../api/coverage/coverage.contract.ts';
import { harmless } from '../../api/coverage/export-columns.ts';
import { eachEngine } from '../support/district.ts';
import { contextOf } from '../support/server.ts';
import { addRoad, buildTown } from '../support/town.ts';

eachEngine('the export of gaps', (district) => {
  let api: ReturnType<typeof supertest>;
  let list: GapList;
  before(async () => {
    await buildTown(district().db);
    const line: [number, number][] = [
      [0, 300],
      [100, 300],
    ];
    await addRoad(district().db, {
      external_id: '-1+1',
      name: '=HYPERLINK("http://x","点我"), 路',
      class: 'alley',
      line,
    });
    await district().db('district').update({ name: '云溪区' });
    api = supertest(createApp(contextOf(district())));
    list = (await api.get('/api/coverage/gaps?kind=unheld,unzoned&limit=1000').expect(200)).body as GapList;
  });
  const fetch = (query: string): supertest.Test =>
    api
      .get(`/api/coverage/gaps/export?kind=unheld,unzoned&${query}`)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      });

  it('is a CSV that Excel in China opens: a byte order mark, Chinese heads, lines as RFC 4180 says', async () => {
    const { body, headers } = await fetch('format=csv').expect(200);
    expect([...(body as Buffer).subarray(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf]);
    const lines = (body as Buffer).toString('utf8').slice(1).split('\r\n');
    expect(lines[0]).to.match(/^类别,问题,岗位,.*,由谁处理$/);
    expect(lines).to.have.length(list.count + 2); // the head, and nothing behind the last line
    expect(lines[1]).to.include('主干道').and.include('1000');
    expect(headers['content-type']).to.equal('text/csv; charset=utf-8');
    const name = decodeURIComponent(/filename\*=UTF-8''(\S+)/.exec(headers['content-disposition'] as string)![1]!);
    expect(name).to.match(
      /^云溪区-岗位空缺\+未划入社区-\d{4}-\d\d-\d\d\.csv$|^test_\w+-岗位空缺\+未划入社区-\d{4}-\d\d-\d\d\.csv$/,
    );
  });

  it('writes what would be a formula as text', async () => {
    const text = ((await fetch('format=csv&language=en')).body as Buffer).toString('utf8');
    expect(text).to.include(`"'=HYPERLINK(""http://x"",""点我""), 路"`).and.include(`,'-1+1,`);
    expect(text).to.not.match(/(^|,)"?[=@]/m);
    for (const cell of ['=1', '+1', '-1', '@x', '\t=1', ' =1', '＝1']) expect(harmless(cell)).to.equal(`'${cell}`);
    for (const cell of ['路', '1-2', -5, null]) expect(harmless(cell)).to.equal(cell);
  });

  it('is an Excel workbook with the same rows, numbers as numbers', async () => {
    const { body } = await fetch('format=xlsx&language=en').expect(200);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(body as never);
    const sheet = workbook.worksheets[0]!;
    expect(sheet.rowCount).to.equal(list.count + 1);
    const heads = (sheet.getRow(1).values as string[]).slice(1);
    const column = (name: string): unknown[] => sheet.getColumn(heads.indexOf(name) + 1).values.slice(2); // counted from 1, the head first
    const missing = (column('Missing (m, a side counts half)') as number[]).reduce((sum, metres) => sum + metres, 0);
    expect(Math.round(missing * 1000)).to.equal(Math.round(list.missing_m * 1000));
    expect(column('Road name')).to.include(`'=HYPERLINK("http://x","点我"), 路`);
    expect(column('Role')).to.include('General chief');
  });

  it('is GeoJSON as RFC 7946 says, with every gap and its times in the district time zone', async () => {
    const { body, headers } = await fetch('format=geojson').expect(200);
    const collection = JSON.parse((body as Buffer).toString('utf8')) as FeatureCollection;
    for (const one of collection.features) expect(isFeature(one, true)).to.deep.equal([]);
    expect(headers['content-type']).to.equal('application/geo+json');
    expect(collection.features.map(({ id }) => id)).to.deep.equal(
      list.features.map(({ properties }) => properties.key),
    );
    expect(collection.features.map(({ geometry }) => geometry)).to.deep.equal(
      list.features.map(({ geometry }) => geometry),
    );
    const unzoned = collection.features.find(({ properties }) => properties!.kind === 'unzoned')!;
    expect(unzoned.properties!.since).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
  });

  it('takes the filters of the list, and gives only heads when there is nothing', async () => {
    const some = ((await fetch('format=csv&class=alley&role=general').expect(200)).body as Buffer).toString();
    expect(some.trim().split('\r\n')).to.have.length(4); // two alleys and the lane
    const none = ((await fetch('format=csv&min_length_m=99999').expect(200)).body as Buffer).toString();
    expect(none.trim().split('\r\n')).to.have.length(1);
    const empty = JSON.parse(((await fetch('format=geojson&min_length_m=99999')).body as Buffer).toString()) as object;
    expect(empty).to.deep.equal({ type: 'FeatureCollection', features: [] });
  });

  for (const [query, status] of [
    ['format=pdf', 400],
    ['', 400],
    ['format=csv&language=fr', 400],
    ['format=csv&zone_id=99999', 404],
    ['format=xlsx&known_at=2999-01-01', 400],
  ] as const) {
    it(`answers ${query || 'no format'} with ${status} and no file`, async () => {
      const { body, headers, type } = await api.get(`/api/coverage/gaps/export?${query}`).expect(status);
      expect(type).to.equal('application/problem+json');
      expect(headers).to.not.have.property('content-disposition');
      expect(body).to.include.keys('detail', 'hint');
    });
  }
});
