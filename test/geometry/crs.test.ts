import { expect } from 'chai';
import fc from 'fast-check';
import { fromWgs84, type Position, readCrs, toWgs84, UnknownCrs } from '../../api/geometry/crs.ts';

/** Computed with ST_Transform(ST_SetSRID(ST_Point(x, y), code), 4326) in PostGIS 3.3.2 with PROJ 9.1.1. */
const postgisFigures: [crs: string, x: number, y: number, longitude: number, latitude: number][] = [
  ['EPSG:4491', 13400000, 3000000, 73.99155828186872, 27.10801627078479],
  ['EPSG:4498', 20448129.9167989, 4418472.8823805, 116.39347439999972, 39.89883920000009],
  ['EPSG:4509', 448129.9167989, 4418472.8823805, 116.39347439999972, 39.89883920000009],
  ['EPSG:4512', 612345.67, 5312345.89, 136.50360549510668, 47.935459755738776],
  ['EPSG:4513', 25400000, 3000000, 73.99155828186872, 27.10801627078479],
  ['EPSG:4527', 39448129.9167989, 4418472.8823805, 116.39347439999968, 39.89883920000009],
  ['EPSG:4547', 530000, 3385000, 114.31277485235542, 30.58494014120323],
  ['EPSG:4548', 448129.9167989, 4418472.8823805, 116.3934744, 39.8988392],
  ['EPSG:4549', 500000, 3400000, 119.99999999999999, 30.720617455895315],
  ['EPSG:4549', 612345.67, 3456789.01, 121.17911091047671, 31.227428496845793],
  ['EPSG:4554', 412345.67, 5312345.89, 133.8267752351014, 47.93931061999697],
  ['EPSG:32650', 448129.9, 4418472.8, 116.39309102192567, 39.91476037573638],
  ['EPSG:32651', 350000.5, 3456789.25, 121.42497169305838, 31.235664602008043],
  ['EPSG:32750', 448129.9, 8418472.8, 116.51904388343623, -14.305137327716722],
  ['EPSG:3857', 13000000, 3500000, 116.78098693553778, 29.97237965869178],
  ['EPSG:4490', 120.5, 30.25, 120.5, 30.25],
];

/** From the table in the README of the coordtransform package (MIT). */
const publishedOffsets: [from: string, to: string, Position, Position][] = [
  ['wgs84', 'gcj02', [116.404, 39.915], [116.41024449916938, 39.91640428150164]],
  ['gcj02', 'bd09', [116.404, 39.915], [116.41036949371029, 39.92133699351021]],
];

const millimetre = 1e-3 / 111_320; // in degrees of latitude

const centralMeridian = (name: string, meridian: number) =>
  `PROJCS["${name}",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],` +
  `PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],` +
  `PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${meridian}.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`;

describe('crs', () => {
  for (const [crs, x, y, longitude, latitude] of postgisFigures) {
    it(`takes ${crs} ${x}, ${y} where PostGIS takes it, within a tenth of a millimetre, and back`, () => {
      const [lon, lat] = toWgs84(crs)([x, y]);
      expect(lon).to.be.closeTo(longitude, 1e-9);
      expect(lat).to.be.closeTo(latitude, 1e-9);
      const [backX, backY] = fromWgs84(crs)([lon, lat]);
      const metreOrDegree = readCrs(crs).projected ? 1e-4 : 1e-9;
      expect(backX).to.be.closeTo(x, metreOrDegree);
      expect(backY).to.be.closeTo(y, metreOrDegree);
    });
  }

  it('knows every CGCS2000 Gauss-Krüger code, 4491 to 4554, by its meridian', () => {
    const zone = (code: number, meridian: number) => Math.round(fromWgs84(`EPSG:${code}`)([meridian, 0])[0]);
    expect([zone(4491, 75), zone(4501, 135)]).to.deep.equal([13_500_000, 23_500_000]);
    expect([zone(4502, 75), zone(4512, 135)]).to.deep.equal([500_000, 500_000]);
    expect([zone(4513, 75), zone(4533, 135)]).to.deep.equal([25_500_000, 45_500_000]);
    expect([zone(4534, 75), zone(4554, 135)]).to.deep.equal([500_000, 500_000]);
  });

  it('reads the WKT of a .prj file: Gauss-Krüger as EPSG:4548', () => {
    const wkt = centralMeridian('CGCS2000_3_Degree_GK_CM_117E', 117);
    const [lon, lat] = toWgs84(wkt)([448129.9167989, 4418472.8823805]);
    expect(lon).to.be.closeTo(116.3934744, 1e-9);
    expect(lat).to.be.closeTo(39.8988392, 1e-9);
    expect(readCrs(wkt)).to.include({ name: 'CGCS2000_3_Degree_GK_CM_117E', projected: true, caveat: null });
  });

  it('reads US survey feet from the WKT (PostGIS figure for EPSG:2261)', () => {
    const wkt =
      'PROJCS["NAD_1983_StatePlane_New_York_Central_FIPS_3102_Feet",GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983",' +
      'SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],' +
      'PARAMETER["False_Easting",820208.3333333333],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-76.58333333333333],' +
      'PARAMETER["Scale_Factor",0.9999375],PARAMETER["Latitude_Of_Origin",40.0],UNIT["Foot_US",0.3048006096012192]]';
    const [lon, lat] = toWgs84(wkt)([900000, 1100000]);
    expect(lon).to.be.closeTo(-76.284963004232, 5e-9);
    expect(lat).to.be.closeTo(43.018611156, 5e-9);
  });

  it('warns that Beijing 1954 and Xian 1980 have no public shift', () => {
    const wkt = centralMeridian('Xian_1980_3_Degree_GK_CM_117E', 117).replace('D_China_2000', 'D_Xian_1980');
    expect(readCrs(wkt).caveat).to.match(/D_Xian_1980.*metres off/);
  });

  for (const [from, to, position, published] of publishedOffsets) {
    it(`moves ${from} to ${to} by the published offset`, () => {
      const gcj = from === 'wgs84' ? position : toWgs84('gcj02')(position);
      const [x, y] = fromWgs84(to)(gcj);
      expect(x).to.be.closeTo(published[0], 1e-9);
      expect(y).to.be.closeTo(published[1], 1e-9);
    });
  }

  for (const crs of ['gcj02', 'bd09'])
    it(`brings ${crs} back within a millimetre, anywhere in China`, () => {
      // A tenth of a degree inside gcoord's box, where the offset is continuous.
      const longitude = fc.double({ min: 72.11, max: 137.73, noNaN: true });
      const latitude = fc.double({ min: 0.93, max: 55.72, noNaN: true });
      fc.assert(
        fc.property(longitude, latitude, (lon, lat) => {
          const [x, y] = toWgs84(crs)(fromWgs84(crs)([lon, lat]));
          expect(Math.abs(x - lon))
            .to.be.below(1e-9)
            .and.below(millimetre);
          expect(Math.abs(y - lat))
            .to.be.below(1e-9)
            .and.below(millimetre);
        }),
        { numRuns: 2000 },
      );
    });

  it('leaves positions outside China untouched in gcj02 and bd09', () => {
    const positions: Position[] = [
      [-76.1, 43.05],
      [9.5, 47.1],
      [139.7, 35.6],
      [0, 0],
    ];
    for (const position of positions)
      for (const crs of ['gcj02', 'bd09']) {
        expect(fromWgs84(crs)(position)).to.deep.equal(position);
        expect(toWgs84(crs)(position)).to.deep.equal(position);
      }
  });

  it('does not change the position it is given', () => {
    const position: Position = [116.404, 39.915];
    for (const crs of ['gcj02', 'bd09', 'EPSG:4548', 'wgs84']) fromWgs84(crs)(position);
    expect(position).to.deep.equal([116.404, 39.915]);
  });

  it('knows the names that old GeoJSON writes', () => {
    expect(readCrs('urn:ogc:def:crs:OGC:1.3:CRS84').name).to.equal('wgs84');
    expect(readCrs('urn:ogc:def:crs:EPSG::4549').name).to.equal('EPSG:4549');
    expect(readCrs('epsg:4549').name).to.equal('EPSG:4549');
    expect(readCrs('http://www.opengis.net/def/crs/EPSG/0/4549').projected).to.equal(true);
  });

  for (const came of [
    'EPSG:2434',
    'beijing54',
    '',
    '4549',
    'PROJCS["x"]',
    'PROJCS[',
    'EPSG:32661',
    '__proto__',
    'constructor',
  ])
    it(`says of ${JSON.stringify(came)} what came and what is accepted`, () => {
      expect(() => toWgs84(came)).to.throw(UnknownCrs, 'Accepted are wgs84, cgcs2000');
      if (came) expect(() => toWgs84(came)).to.throw(came.slice(0, 20));
    });
});
