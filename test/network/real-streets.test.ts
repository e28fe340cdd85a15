import { createReadStream } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'csv-parse';
import pg from 'pg';
import { fromWgs84 } from '../../api/geometry/crs.ts';
import { interpolate } from '../../api/geometry/interpolate.ts';
import { locate } from '../../api/geometry/locate.ts';
import { substring } from '../../api/geometry/substring.ts';
import { buildNetwork } from '../../api/network/network.ts';
import { nearest } from '../../api/network/nearest.ts';
import { dataFile, readStreets } from '../support/read-streets.ts';
import { seededRandom } from '../support/shapes.ts';
import { town } from '../support/streets.ts';

describe('the potholes of Syracuse', () => {
  it('lie on the streets that the city wrote down as nearest', async function () {
    const [streets, potholes] = [dataFile('syracuse-ny/street_shapefile.zip'), dataFile('syracuse-ny/potholes.csv')];
    if (!streets || !potholes) {
      console.log('      skipped: ../shared/data is not here');
      return this.skip();
    }
    const roads = await readStreets(streets, 'EPSG:32618', (properties) => Number(properties['STREET_ID']));
    // A street is there once for each of its ways; the network wants every id once.
    const network = buildNetwork(
      roads.map((road, i) => ({ ...road, id: i })),
      1,
    );
    const project = fromWgs84('EPSG:32618');
    let [right, all] = [0, 0];
    for await (const row of createReadStream(potholes).pipe(parse({ columns: true }))) {
      const { StreetID, Latitude, Longitude } = row as Record<string, string>;
      if (!Number(StreetID) || !Number(Latitude)) continue;
      const found = nearest(network, ...project([Number(Longitude), Number(Latitude)]), 500);
      all++;
      if (found && roads[found.road_id]!.id === Number(StreetID)) right++;
    }
    expect(all).to.be.above(7000);
    expect(all - right, 'one of them is as near to two').to.be.at.most(1);
  });
});

describe('lines and places', () => {
  it('are where PostGIS finds them: 77 roads of a town, 500 positions', async function () {
    if (!process.env.DATABASE_URL) {
      console.log('      skipped: no DATABASE_URL, so no PostGIS to compare with');
      return this.skip();
    }
    const random = seededRandom(42);
    const roads = town(random);
    const network = buildNetwork(roads, 1);
    const client = new pg.Client(process.env.DATABASE_URL);
    await client.connect();
    try {
      await client.query('create temp table line (id int, length_cm int, geom geometry)');
      for (const { id, length_cm, coordinates } of roads) {
        await client.query('insert into line values ($1, $2, st_geomfromtext($3))', [id, length_cm, wkt(coordinates)]);
      }
      for (let i = 0; i < 500; i++) {
        const [x, y] = [1000 * random(), 1000 * random()];
        const road = roads[Math.floor(random() * roads.length)]!;
        const { length_cm, coordinates } = road;
        const [from, to] = [random(), random()].map((share) => Math.round(share * length_cm)).sort((a, b) => a - b) as [
          number,
          number,
        ];
        const { rows } = await client.query<Record<string, number>>(
          `select nearest.distance, st_distance(geom, place) as offset_m,
                  st_linelocatepoint(geom, place) * $4::float8 as measure_cm,
                  st_x(st_lineinterpolatepoint(geom, $5 / $4::float8)) as x, st_y(st_lineinterpolatepoint(geom, $5 / $4::float8)) as y,
                  st_length(st_linesubstring(geom, $5 / $4::float8, $6 / $4::float8)) as part_m
           from line, st_point($1, $2) place,
                lateral (select st_distance(l.geom, place) as distance from line l order by l.geom <-> place limit 1) nearest
           where id = $3`,
          [x, y, road.id, length_cm, from, to],
        );
        const said = rows[0]!;
        const located = locate(coordinates, x, y, length_cm);
        expect(located.offset_m).to.be.closeTo(said.offset_m!, 1e-6);
        expect(located.measure_cm).to.be.closeTo(said.measure_cm!, 0.51);
        expect(nearest(network, x, y, 1000)!.offset_m).to.be.closeTo(said.distance!, 1e-6);
        const place = interpolate(coordinates, from, length_cm);
        expect([place.x - said.x!, place.y - said.y!].map((d) => Math.round(1e6 * d) + 0)).to.deep.equal([0, 0]);
        const part = substring(coordinates, from, to, length_cm);
        let length = 0;
        for (let k = 2; k < part.length; k += 2)
          length += Math.hypot(part[k]! - part[k - 2]!, part[k + 1]! - part[k - 1]!);
        expect(length).to.be.closeTo(said.part_m!, 1e-6);
      }
    } finally {
      await client.end();
    }
  });
});

const wkt = (line: ArrayLike<number>): string =>
  `LINESTRING(${Array.from({ length: line.length / 2 }, (_, i) => `${line[2 * i]} ${line[2 * i + 1]}`).join()})`;
