import { createReadStream } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'csv-parse';
import pg from 'pg';
import { fromWgs84 } from '../../api/geometry/crs.ts';
import { interpolate } from '../../api/geometry/interpolate.ts';
import { locate } from '../../api/geometry/locate.ts';
import { substring } from '../../api/geometry/substring.ts';
import { buildNetwork } from '../../api/network/network.ts';
import type { RoadInput } from '../../api/network/network.ts';
import { nearest } from '../../api/network/nearest.ts';
import { snap } from '../../api/network/snap.ts';
import { dataFile, readStreets } from '../support/read-streets.ts';
import { eachEngine } from '../support/district.ts';
import { anyLine, anyPlace, seededRandom } from '../support/shapes.ts';
import { road, town } from '../support/streets.ts';

describe('the potholes of Syracuse', () => {
  type Pothole = { street: number; x: number; y: number; address: string };
  let roads: RoadInput[] = [];
  let streetIds: number[] = [];
  const potholes: Pothole[] = [];

  before(async function () {
    const [streets, file] = [dataFile('syracuse-ny/street_shapefile.zip'), dataFile('syracuse-ny/potholes.csv')];
    if (!streets || !file) {
      console.log('      skipped: ../shared/data is not here');
      return this.skip();
    }
    const read = await readStreets(
      streets,
      'EPSG:32618',
      ({ STREET_ID }) => Number(STREET_ID),
      undefined,
      ({ STREET }) => String(STREET),
    );
    // A street is there once for each of its ways; the network wants every id once.
    streetIds = read.map(({ id }) => id);
    roads = read.map((road, i) => ({ ...road, id: i }));
    const project = fromWgs84('EPSG:32618');
    for await (const row of createReadStream(file).pipe(parse({ columns: true }))) {
      const { StreetID, Latitude, Longitude, Location } = row as Record<string, string>;
      if (!Number(StreetID) || !Number(Latitude)) continue;
      const [x, y] = project([Number(Longitude), Number(Latitude)]);
      potholes.push({ street: Number(StreetID), x, y, address: Location! });
    }
  });

  it('lie on the streets that the city wrote down as nearest', () => {
    const network = buildNetwork(roads, 1);
    const wrong = potholes.filter(({ street, x, y }) => {
      const found = nearest(network, x, y, 500);
      return !found || streetIds[found.road_id] !== street;
    });
    expect(potholes.length).to.be.above(7000);
    expect(wrong.length, 'one of them is as near to two').to.be.at.most(1);
  });

  it('are put on their street more often where the address is told, at no accuracy less often', () => {
    const network = buildNetwork(roads, 1);
    // The label is the nearest line, not the address: where the two disagree, as at corners, there is no telling who is right.
    const nameOf = new Map(streetIds.map((id, i) => [id, roads[i]!.name]));
    const agreed = potholes.filter(({ street, address }) => address.includes(nameOf.get(street) ?? ' '));
    expect(agreed.length).to.be.above(4900); // two thirds; the others say SALINA ST S for S SALINA ST, or the crossing street
    for (const accuracy_m of [5, 15, 40]) {
      const [alone, told] = [{}, { told: true }].map((how) => {
        // The city's positions are exact; a phone's are not.
        const random = seededRandom(9);
        const sigma = accuracy_m / 1.51;
        const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
        return agreed.filter(({ street, x, y, address }) => {
          const at = { x: x + sigma * normal(), y: y + sigma * normal(), accuracy_m };
          const [first] = snap(network, 'told' in how ? { ...at, text: address } : at).candidates;
          return first && streetIds[first.road_id] === street;
        }).length;
      });
      console.log(`      ${accuracy_m} m: ${alone} of ${agreed.length} right, ${told} with the address`);
      expect(told).to.be.above(alone!);
    }
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

eachEngine('the nearest place', (district) => {
  it('is where PostGIS finds it, with measure and side: 60 times some roads and a position', async () => {
    const { db } = district();
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { minLength: 1, maxLength: 6 }), anyPlace, async (lines, [x, y]) => {
        const network = buildNetwork(lines.map((line, i) => road(i + 1, line)), 1); // prettier-ignore
        const found = nearest(network, x, y, 2000)!;
        const line = lines[found.road_id - 1]!;
        const { rows } = await db.raw<{
          rows: { nearest_m: number; offset_m: number; share: number; cross: number }[];
        }>(
          `with
           line as (select st_geomfromtext(?) as geom),
           asked as (select geom, place, st_linelocatepoint(geom, place) as share, st_length(geom) as length
             from line, st_point(?::float8, ?::float8) as place),
           aimed as (select *, st_lineinterpolatepoint(geom, share) as foot,
             st_lineinterpolatepoint(geom, greatest(0, share - 0.0001 / length)) as behind,
             st_lineinterpolatepoint(geom, least(1, share + 0.0001 / length)) as ahead from asked)
           select st_distance(geom, place) as offset_m, share,
             (select min(st_distance(st_geomfromtext(text), place)) from unnest(?::text[]) as text) as nearest_m,
             (st_x(ahead) - st_x(behind)) * (st_y(place) - st_y(foot)) - (st_y(ahead) - st_y(behind)) * (st_x(place) - st_x(foot)) as cross
           from aimed`,
          [wkt(line), x, y, lines.map(wkt)],
        );
        const said = rows[0]!;
        expect(found.offset_m).to.be.closeTo(said.nearest_m, 1e-6);
        expect(found.offset_m).to.be.closeTo(said.offset_m, 1e-6);
        const { along, roadLengths_cm } = network;
        const at = said.share * roadLengths_cm[found.road]!;
        // A line that crosses itself has two places that are equally near; then the distance alone is compared.
        const once = Math.abs(found.measure_cm - at) < 1;
        const there = interpolate(line, at);
        if (!once) expect(Math.hypot(there.x - x, there.y - y)).to.be.closeTo(found.offset_m, 0.01);
        // Where the line has a direction at the foot: not within a millimetre of a vertex, nor on the line.
        const inner = along.every((metres) => Math.abs(metres * 100 - at) > 0.1);
        if (once && inner && found.offset_m > 0.001) expect(found.side).to.equal(said.cross > 0 ? 'left' : 'right');
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

const wkt = (line: ArrayLike<number>): string =>
  `LINESTRING(${Array.from({ length: line.length / 2 }, (_, i) => `${line[2 * i]} ${line[2 * i + 1]}`).join()})`;
