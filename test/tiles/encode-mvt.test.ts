import { VectorTile } from '@mapbox/vector-tile';
import { expect } from 'chai';
import { PbfReader } from 'pbf';
import { encodeMvt, type TileFeature } from '../../api/tiles/encode-mvt.ts';
import { eachEngine } from '../support/district.ts';

type Seen = { id: number | undefined; type: number; geometry: number[][][]; properties: object };

function decode(bytes: Uint8Array, layer: string): Seen[] {
  const decoded = new VectorTile(new PbfReader(bytes)).layers[layer];
  return Array.from({ length: decoded?.length ?? 0 }, (_each, index) => {
    const feature = decoded!.feature(index);
    const geometry = feature.loadGeometry().map((part) => part.map(({ x, y }) => [x, y]));
    return { id: feature.id, type: feature.type, geometry, properties: { ...feature.properties } };
  });
}

const shapes = [
  'POINT(5 7)',
  'MULTIPOINT((0 0),(10 -3),(4096 4096))',
  'LINESTRING(2 2,2 10,10 10)',
  'MULTILINESTRING((2 2,2 10,10 10),(1 1,3 5))',
  'LINESTRING(-64 3,5000 3,17 3)',
  'POLYGON((0 0,10 0,10 10,0 10,0 0))',
  'POLYGON((0 0,100 0,100 100,0 100,0 0),(10 10,10 20,20 20,20 10,10 10))',
  'MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((11 11,20 11,20 20,11 20,11 11),(13 13,13 17,17 17,17 13,13 13)))',
];
const properties = {
  name: '柳树巷',
  count: 3,
  below: -5,
  length_m: 12.25,
  big: 1785000000,
  open: true,
  shut: false,
  none: null,
};

eachEngine('the tile encoder', (district) => {
  const rows = async (): Promise<TileFeature[]> => {
    const { rows: found } = await district().db.raw<{ rows: { id: number; wkb: Uint8Array }[] }>(
      `select i as id, st_asbinary(st_geomfromtext(t)) as wkb from unnest(?::text[]) with ordinality u (t, i)`,
      [shapes],
    );
    return found.map(({ id, wkb }) => ({ id, geometry: wkb, properties }));
  };

  it('writes what the decoder of Mapbox reads: every type, sign and length of value', async () => {
    const seen = decode(encodeMvt('test', await rows()), 'test');
    expect(seen).to.have.length(shapes.length);
    expect(seen[2]).to.deep.equal({
      id: 3,
      type: 2,
      geometry: [
        [
          [2, 2],
          [2, 10],
          [10, 10],
        ],
      ],
      properties: { name: '柳树巷', count: 3, below: -5, length_m: 12.25, big: 1785000000, open: true, shut: false },
    });
    expect(seen[6]!.geometry[1]).to.deep.equal([
      [10, 10],
      [10, 20],
      [20, 20],
      [20, 10],
      [10, 10],
    ]);
  });

  it('writes what ST_AsMVT writes', async function () {
    if (district().engine === 'embedded') return this.skip(); // built without protobuf: the reason this encoder exists
    const { rows: native } = await district().db.raw<{ rows: { tile: Uint8Array }[] }>(
      `select st_asmvt(t, 'test', 4096, 'geom', 'id') as tile from (
         select i as id, st_geomfromtext(t) as geom, '柳树巷' as name, 3 as count, -5 as below, 12.25::float8 as length_m,
           1785000000::bigint as big, true as open, false as shut, null::text as none
         from unnest(?::text[]) with ordinality u (t, i)) t`,
      [shapes],
    );
    expect(decode(encodeMvt('test', await rows()), 'test')).to.deep.equal(decode(native[0]!.tile, 'test'));
  });

  it('leaves out what is nothing: a line of one place, a ring of two or folded flat, a hole without its ring', async () => {
    const { rows: found } = await district().db.raw<{ rows: { wkb: Uint8Array }[] }>(
      `select st_asbinary(st_geomfromtext(t)) as wkb from unnest(?::text[]) u (t)`,
      [
        [
          'LINESTRING(3 3,3 3)',
          'POLYGON((0 0,5 5,0 0,0 0))',
          'POLYGON((0 0,5 5,9 9,0 0),(1 1,2 1,2 2,1 1))',
          'MULTILINESTRING EMPTY',
        ],
      ],
    );
    expect(
      encodeMvt(
        'test',
        found.map(({ wkb }) => ({ geometry: wkb, properties: {} })),
      ),
    ).to.have.length(0);
  });

  it('turns rings the way the specification asks', async () => {
    const clockwise = 'POLYGON((0 0,0 10,10 10,10 0,0 0))';
    const { rows: found } = await district().db.raw<{ rows: { wkb: Uint8Array }[] }>(
      `select st_asbinary(st_geomfromtext(?)) as wkb`,
      [clockwise],
    );
    const [seen] = decode(encodeMvt('test', [{ geometry: found[0]!.wkb, properties: {} }]), 'test');
    expect(seen!.geometry[0]).to.deep.equal([
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [0, 0],
    ]);
  });
});
