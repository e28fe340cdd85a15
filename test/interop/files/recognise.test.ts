import { expect } from 'chai';
import { recognise } from '../../../api/interop/files/recognise.ts';
import { Problem } from '../../../api/problems.ts';
import { makeZip } from './make-zip.ts';
import { refusal, temporaryFiles } from './temporary-file.ts';

describe('recognising a file', () => {
  const write = temporaryFiles();

  const known: [content: string | Uint8Array, name: string, format: string][] = [
    ['{"type":"FeatureCollection","features":[]}', 'upload', 'geojson'],
    ['\ufeff {"features":[],\n"type":"FeatureCollection"}', 'a.csv', 'geojson'],
    [
      '{"type":"Feature","geometry":null,"properties":{}}\n{"type":"Feature","geometry":null,"properties":{}}\n',
      'upload',
      'geojson-lines',
    ],
    ['\x1e{"type":"Feature"}', 'upload', 'geojson-lines'],
    ['{"type":"Topology","objects":{},"arcs":[]}', 'a.json', 'topojson'],
    ['<?xml version="1.0"?>\n<!-- made by hand -->\n<osm version="0.6"></osm>', 'a.xml', 'osm-xml'],
    [Buffer.concat([Buffer.from([0, 0, 0, 13, 10, 9]), Buffer.from('OSMHeader')]), 'upload', 'osm-pbf'],
    [Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(52), Buffer.from('GPKG')]), 'upload', 'geopackage'],
    [makeZip([{ name: 'x/Roads.SHP', content: '' }]), 'upload', 'shapefile'],
    [makeZip([{ name: 'xl/workbook.xml', content: '' }]), 'roads.zip', 'excel'],
    ['a,b\n1,2\n', 'upload', 'csv'],
    ['名称;值\n甲;1\n', 'upload', 'csv'],
    ['姓名\n张三\n', 'chiefs.csv', 'csv'],
  ];
  for (const [content, name, format] of known)
    it(`sees ${format} in what is called ${name}`, async () => {
      expect(await recognise(write('file', content), name)).to.equal(format);
    });

  const refused: [content: string | Uint8Array, name: string, said: RegExp][] = [
    ['', 'empty.csv', /file is empty.*Export it again/],
    [' \n \n', 'blank.csv', /nothing but blanks/],
    [
      '<!DOCTYPE html><html><body>Login</body></html>',
      'roads.geojson',
      /web page \(HTML\), not data.*login or error page/,
    ],
    ['<?xml version="1.0"?><html xmlns="x">', 'roads.csv', /web page/],
    [
      '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2">',
      'a.kml',
      /XML of another kind \(<kml>\).*QGIS/,
    ],
    [
      makeZip([
        { name: 'readme.txt', content: 'x' },
        { name: '__MACOSX/._a.shp', content: 'x' },
      ]),
      'roads.zip',
      /zip holds no \.shp: readme\.txt.*\.dbf/,
    ],
    [makeZip([]), 'roads.zip', /zip is empty/],
    [Buffer.from('Rar!\x1a\x07'), 'roads.rar', /RAR archive.*as zip/],
    [Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), 'roads.7z', /7-Zip/],
    [Buffer.from([0x1f, 0x8b, 8, 0]), 'roads.osm.gz', /gzip.*Unpack/],
    [Buffer.from('%PDF-1.7'), 'plan.pdf', /a PDF/],
    [
      Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(100)]),
      'a.sqlite',
      /SQLite database, but not a GeoPackage/,
    ],
    [
      Buffer.from([1, 2, 0, 4, 5, 0]),
      'what.bin',
      /"what\.bin" is of no kind we know \(it is binary\)\. Read are GeoJSON/,
    ],
    ['hello world', 'note', /begins with "hello world"/],
  ];
  for (const [content, name, said] of refused)
    it(`refuses ${name}: ${said.source}`, async () => {
      const { kind, text } = await refusal(write('file', content), { name });
      expect(kind).to.equal('unreadable');
      expect(text).to.match(said);
    });

  it('says that a file is not there', async () => {
    const { openFile } = await import('../../../api/interop/files/open-file.ts');
    const problem: unknown = await openFile('nowhere/roads.geojson').catch((error: unknown) => error);
    expect(problem).to.be.instanceOf(Problem).with.property('message', 'There is no file roads.geojson.');
  });
});
