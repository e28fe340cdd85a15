import { expect } from 'chai';
import type { LineString } from 'geojson';
import type { SourceRow } from '../../../api/interop/files/source-file.ts';
import { makeShapefile, type ShapefileLine } from './make-shapefile.ts';
import { makeZip } from './make-zip.ts';
import { readAll, refusal, temporaryFiles } from './temporary-file.ts';

/** 兵部洼胡同, 长安街 and the column 道路名称 in GBK, by the code table of GB 2312. */
const gbk = {
  bingbuwa: Uint8Array.from([0xb1, 0xf8, 0xb2, 0xbf, 0xcd, 0xdd, 0xba, 0xfa, 0xcd, 0xac]),
  changan: Uint8Array.from([0xb3, 0xa4, 0xb0, 0xb2, 0xbd, 0xd6]),
  column: Uint8Array.from([0xb5, 0xc0, 0xc2, 0xb7, 0xc3, 0xfb, 0xb3, 0xc6]),
};
const prj =
  'PROJCS["CGCS2000_3_Degree_GK_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],' +
  'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],' +
  'PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';

/** 448129.9168 m, 4418472.8824 m in EPSG:4548 is 116.3934744, 39.8988392 (PostGIS). */
const line: [number, number][] = [
  [448129.9167989, 4418472.8823805],
  [448125.9703908, 4418666.2723945],
];
const gbkLines: ShapefileLine[] = [
  { coordinates: line, name: gbk.bingbuwa },
  { coordinates: line, name: gbk.changan },
];
const utf8Lines: ShapefileLine[] = [
  { coordinates: line, name: '兵部洼胡同' },
  { coordinates: line, name: '长安街' },
];

const zipOf = (parts: Record<string, Uint8Array | string>, stem = 'roads'): Buffer =>
  makeZip(Object.entries(parts).map(([extension, content]) => ({ name: `${stem}.${extension}`, content })));

const firstPosition = ({ geometry }: SourceRow): number[] => (geometry as LineString).coordinates[0]!;

describe('Shapefile', function () {
  this.timeout(60_000);
  const write = temporaryFiles();
  const namesIn = async (
    parts: Record<string, Uint8Array | string>,
    options = {},
  ): Promise<{ names: unknown[]; encoding: string | null; notes: string }> => {
    const { file, rows } = await readAll(write('roads.zip', zipOf(parts)), options);
    return {
      names: rows.map(({ properties }) => Object.values(properties)[0]),
      encoding: file.encoding,
      notes: file.notes.join(' '),
    };
  };

  it('reads GBK without a .cpg, names of columns too, and CGCS2000 metres by the .prj', async () => {
    const { file, rows } = await readAll(write('roads.zip', zipOf({ ...makeShapefile(gbkLines, gbk.column), prj })));
    expect(file).to.deep.include({ format: 'shapefile', encoding: 'gb18030', count: 2, columns: ['道路名称'] });
    expect(file.crs.used).to.equal('EPSG:4548');
    expect(file.notes.join(' ')).to.match(/no \.cpg.*GBK/);
    expect(rows.map(({ properties }) => properties['道路名称'])).to.deep.equal(['兵部洼胡同', '长安街']);
    const [lon, lat] = firstPosition(rows[0]!);
    expect(lon).to.be.closeTo(116.3934744, 1e-9);
    expect(lat).to.be.closeTo(39.8988392, 1e-9);
  });

  it('reads UTF-8 without a .cpg', async () => {
    expect(await namesIn({ ...makeShapefile(utf8Lines), prj })).to.deep.equal({
      names: ['兵部洼胡同', '长安街'],
      encoding: 'utf-8',
      notes: '',
    });
  });

  it('does not believe a .cpg that says UTF-8 over GBK, nor one that says GBK over UTF-8', async () => {
    const lying = await namesIn({ ...makeShapefile(gbkLines), prj, cpg: 'UTF-8' });
    expect(lying).to.deep.include({ names: ['兵部洼胡同', '长安街'], encoding: 'gb18030' });
    expect(lying.notes).to.match(/\.cpg says UTF-8, but/);
    expect((await namesIn({ ...makeShapefile(utf8Lines), prj, cpg: '936' })).names[0]).to.equal('兵部洼胡同');
  });

  it('lets the encoding that was given win', async () => {
    const big5 = Uint8Array.from([0xb8, 0xf4]); // 路
    expect(
      (await namesIn({ ...makeShapefile([{ coordinates: line, name: big5 }]), prj }, { encoding: 'big5' })).names,
    ).to.deep.equal(['路']);
  });

  it('keeps UTF-8 where a narrow field cuts a name in the middle of a character', async () => {
    const cut = Array.from({ length: 20 }, () => ({ coordinates: line, name: '东城区长安街' }));
    const { names, encoding } = await namesIn({
      ...makeShapefile([...cut, { coordinates: line, name: '长安街一二三四' }], 'name', 20),
      prj,
    });
    expect(encoding).to.equal('utf-8');
    expect(names[0]).to.equal('东城区长安街');
  });

  it('finds the parts in a folder, among macOS copies, under a name in GBK', async () => {
    const parts = makeShapefile(utf8Lines);
    const zip = makeZip([
      { name: 'data/', content: '' },
      { name: '__MACOSX/data/._roads.shp', content: 'x' },
      ...Object.entries({ ...parts, prj }).map(([extension, content]) => ({
        name: Buffer.concat([Buffer.from('data/'), gbk.changan, Buffer.from(`.${extension.toUpperCase()}`)]),
        content,
      })),
    ]);
    const { rows } = await readAll(write('folder.zip', zip));
    expect(rows).to.have.length(2);
  });

  it('asks which one when there are several, and takes the one named as layer', async () => {
    const one = Object.entries({ ...makeShapefile(utf8Lines), prj }).map(([extension, content]) => ({
      name: `a/roads.${extension}`,
      content,
    }));
    const other = Object.entries({ ...makeShapefile(utf8Lines.slice(1)), prj }).map(([extension, content]) => ({
      name: `a/lanes.${extension}`,
      content,
    }));
    const path = write('two.zip', makeZip([...one, ...other]));
    expect((await refusal(path)).text).to.match(/2 Shapefiles.*roads, lanes/);
    expect((await readAll(path, { layer: 'lanes' })).rows).to.have.length(1);
    expect((await refusal(path, { layer: 'paths' })).text).to.match(/no layer "paths".*roads, lanes/);
  });

  it('asks for --crs when there is no .prj, and takes it', async () => {
    const path = write('bare.zip', zipOf(makeShapefile(utf8Lines)));
    expect(await refusal(path)).to.deep.include({ kind: 'invalid' });
    expect((await refusal(path)).text).to.match(/metres or feet \(448130, 4418473\).*--crs EPSG:4549/);
    const { file, rows } = await readAll(path, { crs: 'EPSG:4548' });
    expect(file.crs).to.deep.equal({ found: null, used: 'EPSG:4548' });
    expect(firstPosition(rows[0]!)[0]).to.be.closeTo(116.3934744, 1e-9);
  });

  it('says so when the given crs is another than that of the .prj', async () => {
    const { file } = await readAll(write('roads.zip', zipOf({ ...makeShapefile(utf8Lines), prj })), {
      crs: 'EPSG:4549',
    });
    expect(file.crs).to.deep.equal({ found: 'EPSG:4548', used: 'EPSG:4549' });
    expect(file.notes.join(' ')).to.match(/says EPSG:4548; read as EPSG:4549, as asked.*255,9\d\d m/);
  });

  it('refuses degrees for a projected crs and metres for degrees', async () => {
    const path = write('roads.zip', zipOf({ ...makeShapefile(utf8Lines), prj }));
    expect((await refusal(path, { crs: 'wgs84' })).text).to.match(/look like metres or feet.*wgs84 counts in degrees/);
  });

  it('makes the .shx anew and does without a .dbf', async () => {
    const { shp, dbf } = makeShapefile(utf8Lines);
    expect((await readAll(write('a.zip', zipOf({ shp, dbf, prj })))).rows).to.have.length(2);
    const { file, rows } = await readAll(write('b.zip', zipOf({ shp, prj })));
    expect(rows).to.have.length(2);
    expect(file.notes.join(' ')).to.match(/no \.dbf/);
  });

  it('says of a lone .shp that it needs its companions', async () => {
    const path = write('upload', makeShapefile(utf8Lines).shp);
    expect((await refusal(path)).text).to.match(/--crs/);
    expect((await readAll(path, { crs: 'EPSG:4548' })).file.notes.join(' ')).to.match(
      /zip \.shp, \.shx, \.dbf and \.prj together/,
    );
  });

  it('refuses a cut .shp, a cut zip, a zip bomb and a zip that lies about sizes', async () => {
    const parts = makeShapefile(utf8Lines);
    const cut = write('cut.zip', zipOf({ ...parts, shp: parts.shp.subarray(0, 160), prj }));
    expect(await refusal(cut)).to.deep.include({ kind: 'unreadable' });
    const whole = zipOf({ ...parts, prj });
    expect((await refusal(write('half.zip', whole.subarray(0, whole.length / 2)))).text).to.match(
      /zip file is damaged or cut short/,
    );
    const bomb = makeZip([{ name: 'roads.shp', content: parts.shp, claimed: 2_000_000_000 }]);
    expect(await refusal(write('bomb.zip', bomb))).to.deep.equal({
      kind: 'too_large',
      text: 'The zip unpacks to 1,908 MiB; at most 1,024 MiB are read. Send it in parts, or as GeoPackage or newline-delimited GeoJSON.',
    });
    const liar = makeZip([{ name: 'roads.shp', content: Buffer.alloc(5_000_000), claimed: 100 }]);
    expect((await refusal(write('liar.zip', liar))).text).to.match(/damaged.*too many bytes/);
  });
});
