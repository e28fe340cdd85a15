import ExcelJS from 'exceljs';
import { expect } from 'chai';
import { makeZip } from './make-zip.ts';
import { readAll, refusal, temporaryFiles } from './temporary-file.ts';

const point = (x: number, y: number): object => ({ type: 'Point', coordinates: [x, y] });

describe('CSV', () => {
  const write = temporaryFiles();

  it('reads a list of people without positions, assuming nothing about them', async () => {
    const { file, rows } = await readAll(
      write('chiefs.csv', 'external_id,name,role,phone\nc1,张三,general,010-1234\nc2, 李四 ,,\n'),
    );
    expect(file).to.deep.include({
      format: 'csv',
      encoding: 'utf-8',
      count: null,
      notes: [],
      columns: ['external_id', 'name', 'role', 'phone'],
    });
    expect(rows).to.deep.equal([
      { row: 2, geometry: null, properties: { external_id: 'c1', name: '张三', role: 'general', phone: '010-1234' } },
      { row: 3, geometry: null, properties: { external_id: 'c2', name: '李四', role: null, phone: null } },
    ]);
  });

  it('numbers records by their line, over quoted line ends and blank lines', async () => {
    const { rows } = await readAll(write('a.csv', 'id,text\r\n1,"two\r\nlines"\r\n\r\n2,x\r\n3,y'));
    expect(rows.map(({ row, properties }) => [row, properties.text])).to.deep.equal([
      [2, 'two\r\nlines'],
      [5, 'x'],
      [6, 'y'],
    ]);
  });

  it('reads GBK, UTF-16 and byte order marks', async () => {
    const gbk = Buffer.from([
      0xbe,
      0xad,
      0xb6,
      0xc8,
      0x2c,
      0xce,
      0xb3,
      0xb6,
      0xc8,
      0x0a,
      ...Buffer.from('116.4,39.9\n'),
    ]); // 经度,纬度
    const { file, rows } = await readAll(write('gbk.csv', gbk));
    expect(file.encoding).to.equal('gb18030');
    expect(file.notes.join(' ')).to.match(/not UTF-8; read as GBK.*Positions are taken from 经度 and 纬度/);
    expect(rows[0]!.geometry).to.deep.equal(point(116.4, 39.9));
    const excel = await readAll(write('u.txt', Buffer.from('\ufeff名称\t值\n甲\t1\n', 'utf16le')));
    expect(excel.rows[0]!.properties).to.deep.equal({ 名称: '甲', 值: '1' });
    expect((await readAll(write('bom.csv', '\ufeffname,a\n甲,1\n'))).file.columns).to.deep.equal(['name', 'a']);
  });

  const pairs = ['lon,lat', 'Longitude,Latitude', '经度,纬度', 'X,Y', 'lng,lat'];
  for (const pair of pairs)
    it(`takes positions from ${pair}`, async () => {
      expect((await readAll(write('p.csv', `${pair}\n116.4,39.9\n`))).rows[0]!.geometry).to.deep.equal(
        point(116.4, 39.9),
      );
    });

  it('takes positions from the columns that were given', async () => {
    const path = write('p.csv', 'a,b,lon,lat\n116.4,39.9,1,2\n');
    expect((await readAll(path, { columns: { lon: 'a', lat: 'b' } })).rows[0]!.geometry).to.deep.equal(
      point(116.4, 39.9),
    );
    expect((await refusal(path, { columns: { lon: 'c', lat: 'b' } })).text).to.match(/no column "c".*a, b, lon, lat/);
  });

  it('believes a column name that declares its crs', async () => {
    const { file, rows } = await readAll(write('p.csv', 'lon_gcj02,lat_gcj02\n116.41024449916938,39.91640428150164\n'));
    expect(file.crs).to.deep.equal({ found: 'gcj02', used: 'gcj02' });
    expect((rows[0]!.geometry as { coordinates: number[] }).coordinates[0]).to.be.closeTo(116.404, 1e-9);
  });

  it('takes lines from WKT and GeoJSON text', async () => {
    const text =
      'id;wkt\n1;LINESTRING(116.1 39.9, 116.2 39.9)\n2;"{""type"":""Point"",""coordinates"":[116,39]}"\n3;LINESTRING(116.1 39.9)\n4;nothing\n5;SRID=4549;\n6;\n';
    const { rows, rejected } = await readAll(write('w.csv', text));
    expect(rows.map(({ row, geometry }) => [row, geometry?.type ?? null])).to.deep.equal([
      [2, 'LineString'],
      [3, 'Point'],
      [7, null],
    ]);
    expect(rejected.map(({ row }) => row)).to.deep.equal([4, 5, 6]);
    expect(rejected[1]!.rejected).to.match(/neither WKT nor GeoJSON/);
  });

  it('rejects a record that does not fit, and goes on', async () => {
    const { rows, rejected } = await readAll(
      write('bad.csv', 'id,lon,lat\n1,116,39\n2,abc,39\n3,116,\n4,116,39,more\n5,,\n6,39.9,116.4\n'),
    );
    expect(rows.map(({ row, geometry }) => [row, geometry !== null])).to.deep.equal([
      [2, true],
      [6, false],
    ]);
    expect(rejected).to.deep.equal([
      { row: 3, rejected: 'lon is "abc"; a number was expected' },
      { row: 4, rejected: 'lat is empty; a number was expected' },
      { row: 5, rejected: '4 cells, but the header has 3: a comma or quote too many?' },
      {
        row: 7,
        rejected: 'longitude 39.9, latitude 116.4: beyond ±90 degrees of latitude; longitude and latitude look swapped',
      },
    ]);
  });

  it('tells of a quote that swallows the rest', async () => {
    const { rows, rejected } = await readAll(write('q.csv', 'id,text\n1,a\n2,"b\n3,c\n4,d\n'));
    expect(rows).to.have.length(1);
    expect(rejected[0]).to.deep.equal({
      row: 3,
      rejected: 'a quote is opened and never closed; it swallows the 2 lines after it',
    });
  });

  it('looks past a title for the header, names blank columns and tells twins apart', async () => {
    const { file, rows } = await readAll(write('t.csv', '东城区路长名单,,,\n姓名,电话,,电话\n张三,1,2,3\n'));
    expect(rows).to.deep.equal([
      { row: 3, geometry: null, properties: { 姓名: '张三', 电话: '1', column_3: '2', 电话_2: '3' } },
    ]);
    expect(file.notes.join(' ')).to.match(/Row 2 is taken as the header; above it: 东城区路长名单/);
    expect((await readAll(write('one.csv', '姓名,\n张三,\n李四,\n'))).rows).to.have.length(2);
  });

  it('asks for a crs when x and y are metres', async () => {
    const path = write('m.csv', 'name,x,y\n甲,448129.9,4418472.8\n');
    expect((await refusal(path)).text).to.match(/CSV does not say.*metres/);
    expect((await readAll(path, { crs: 'EPSG:4548' })).rows).to.have.length(1);
  });

  it('notices a survey table with X for north', async () => {
    const { file } = await readAll(write('s.csv', 'name,x,y\n甲,4418472.8,448129.9\n'), { crs: 'EPSG:4548' });
    expect(file.notes.join(' ')).to.match(/1 of 1 positions.*look swapped/);
  });

  it('says so when there is nothing under the header', async () => {
    expect((await readAll(write('h.csv', 'a,b\n'))).file.notes).to.deep.equal(['The file has no rows.']);
  });
});

describe('Excel', () => {
  const write = temporaryFiles();
  const workbook = async (fill: (book: ExcelJS.Workbook) => void): Promise<string> => {
    const book = new ExcelJS.Workbook();
    fill(book);
    return write('book.xlsx', Buffer.from(await book.xlsx.writeBuffer()));
  };

  it('reads the first sheet: title, header, text, numbers, dates, formulas', async () => {
    const path = await workbook((book) => {
      book
        .addWorksheet('名单')
        .addRows([
          ['东城区路长名单'],
          ['编号', '姓名', '电话', '任职日期', '经度', '纬度', '合计'],
          [
            '001',
            { richText: [{ text: '张' }, { text: '三' }] },
            13800000000,
            new Date('2024-05-01T00:00:00Z'),
            116.4,
            39.9,
            { formula: '1+1', result: 2 },
          ],
          [],
          ['002', '李四', null, new Date('2024-05-01T08:30:00Z'), 'x', 39.9, { error: '#REF!' }],
        ]);
      book.addWorksheet('二').addRows([
        ['a', 'b'],
        [1, true],
      ]);
    });
    const { file, rows, rejected } = await readAll(path);
    expect(file).to.deep.include({ format: 'excel', encoding: null });
    expect(rows).to.deep.equal([
      {
        row: 3,
        geometry: point(116.4, 39.9),
        properties: {
          编号: '001',
          姓名: '张三',
          电话: 13800000000,
          任职日期: '2024-05-01',
          经度: 116.4,
          纬度: 39.9,
          合计: 2,
        },
      },
    ]);
    expect(rejected).to.deep.equal([{ row: 5, rejected: '经度 is "x"; a number was expected' }]);
    expect((await readAll(path, { layer: '二' })).rows[0]!.properties).to.deep.equal({ a: 1, b: true });
    expect((await refusal(path, { layer: '三' })).text).to.match(/no sheet "三".*名单, 二/);
  });

  it('warns of numbers that Excel has rounded', async () => {
    const path = await workbook(
      (book) =>
        void book.addWorksheet('s').addRows([
          ['id', 'n'],
          [123456789012345680, 1],
        ]),
    );
    expect((await readAll(path)).file.notes.join(' ')).to.match(/Row 2 holds the number.*15 digits/);
  });

  it('refuses an old .xls, a workbook that is none, and one that unpacks to too much', async () => {
    expect((await refusal(write('a.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')))).text).to.match(
      /old Office file.*Save it as \.xlsx/,
    );
    const parts = [{ name: 'xl/workbook.xml', content: '<broken' }];
    expect((await refusal(write('b.xlsx', makeZip(parts)))).text).to.match(/workbook/);
    const bomb = makeZip([...parts, { name: 'xl/worksheets/sheet1.xml', content: 'x', claimed: 300_000_000 }]);
    expect(await refusal(write('c.xlsx', bomb))).to.deep.include({ kind: 'too_large' });
  });
});
