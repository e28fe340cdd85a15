/** Tracks that nobody would send on purpose: each gets a clear answer, and nothing of it is kept. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { engines } from '../support/district.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { buildTown } from '../support/town.ts';
import { clearPatrols, gpx, lineFeature, ndjson, sendTrack, walk, type Sent } from '../support/patrol-tracks.ts';

const files = new URL('../../../shared/data/imports/gpx/', import.meta.url);
const types = { ndjson: 'application/x-ndjson', geojson: 'application/geo+json', gpx: 'application/gpx+xml' };

for (const engine of engines) {
  describe(`tracks that are not as they should be (${engine})`, () => {
    let server: TestServer;
    let chief_id: number;
    let sent = 0;
    before(async () => {
      server = await startTestServer(async ({ db }) => {
        chief_id = (await buildTown(db)).chiefs.community_l2[0];
      }, engine);
    });
    after(() => server.stop());
    beforeEach(() => clearPatrols(server.district.db));

    const fixes = walk('2026-05-01T08:00:00+08:00', 300);
    const send = (body: string | Buffer<ArrayBuffer>, type: string, crs = 'wgs84'): Promise<Sent> =>
      sendTrack(server.url, body, { external_id: `bad ${(sent += 1)}`, chief_id, crs }, type);

    async function refused(
      status: number,
      says: RegExp,
      body: string | Buffer<ArrayBuffer>,
      type: string,
      crs?: string,
    ) {
      await clearPatrols(server.district.db);
      const answer = await send(body, type, crs);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(status);
      expect(`${answer.body.detail} ${answer.body.hint}`).to.match(says);
      expect(await server.district.db('patrols').pluck('id')).to.deep.equal([]);
      expect(await server.district.db('passes').pluck('number')).to.deep.equal([]);
      expect(
        await server.district
          .db('change_log')
          .where({ kind: 'receive_patrol' })
          .whereRaw(`details->>'external_id' = ?`, [`bad ${sent}`]),
      ).to.deep.equal([]);
      return answer.body;
    }
    async function taken(dropped: object[], body: string, type: string): Promise<Sent['body']> {
      const answer = await send(body, type);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
      expect(answer.body.dropped).to.deep.equal(dropped);
      return answer.body;
    }
    const withFirst = (change: object): string => ndjson([{ ...fixes[0], ...change }, ...fixes.slice(1)]);

    it('fixes out of order are sorted, and flagged', async () => {
      const inOrder = await taken([], ndjson(fixes), types.ndjson);
      const shuffled = [...fixes.slice(30), ...fixes.slice(0, 30)];
      const { genuineness, walked_m, started_at } = await taken([], ndjson(shuffled), types.ndjson);
      expect(walked_m).to.equal(inOrder.walked_m);
      expect(started_at).to.equal(inOrder.started_at);
      expect(genuineness.map(({ kind }: { kind: string }) => kind)).to.include('out_of_order');
    });

    it('of fixes at the same time the first is kept', async () => {
      await taken(
        [{ because: 'same_time', fixes: 2, first: 'line 2' }],
        ndjson([fixes[0]!, ...fixes, fixes[5]!]),
        types.ndjson,
      );
    });

    it('null island is left out, of a file that is otherwise good', async () => {
      await taken(
        [{ because: 'null_island', fixes: 1, first: 'line 1' }],
        withFirst({ position: [0, 0] }),
        types.ndjson,
      );
    });

    it('so are another continent, no place on earth, and what is no position', async () => {
      const odd = [[-73.9, 40.7], [500, 95], ['120', 31], [120.1], null, { lon: 1 }];
      const body = ndjson([...odd.map((position, i) => ({ ...fixes[i], position })), ...fixes.slice(10)]);
      await taken(
        [
          { because: 'no_position', fixes: 4, first: 'line 3' },
          { because: 'far_away', fixes: 1, first: 'line 1' },
          { because: 'off_earth', fixes: 1, first: 'line 2' },
        ],
        body,
        types.ndjson,
      );
    });

    it('a whole track on another continent is refused with where it lies', async () => {
      const away = fixes.map((fix, i) => ({ ...fix, position: [-73.9 + i / 1e5, 40.7] }));
      const problem = await refused(
        400,
        /No fix of the track can be used; left out: 61 far_away \(first: line 1\).*lies [\d,]+ km from the district/,
        ndjson(away),
        types.ndjson,
      );
      expect(problem.dropped).to.deep.equal([{ because: 'far_away', fixes: 61, first: 'line 1' }]);
      const swapped = fixes.map((fix) => ({ ...fix, position: fix.position.toReversed() }));
      await refused(400, /latitude and longitude are swapped/, ndjson(swapped), types.ndjson);
    });

    it('a single fix, and none', async () => {
      await refused(400, /Only one fix of the track can be used/, ndjson(fixes.slice(0, 1)), types.ndjson);
      await refused(400, /The body is empty/, '', types.ndjson);
      await refused(400, /No fix of the track can be used/, ' \n \n', types.ndjson);
      await refused(
        415,
        /a FeatureCollection without features/,
        '{"type":"FeatureCollection","features":[]}',
        types.geojson,
      );
    });

    it('times that are missing, local, impossible or words', async () => {
      const times = [
        undefined,
        '2026-05-01T08:00:00',
        '2026-02-30T08:00:00Z',
        'soon',
        '1970-01-01T00:00:01Z',
        '2926-05-01T08:00:00Z',
      ];
      const body = ndjson([...times.map((time, i) => ({ ...fixes[i], time })), ...fixes.slice(10)]);
      await taken(
        [
          { because: 'no_time', fixes: 1, first: 'line 1' },
          { because: 'unreadable_time', fixes: 3, first: 'line 2' },
          { because: 'impossible_time', fixes: 2, first: 'line 5' },
        ],
        body,
        types.ndjson,
      );
      await refused(400, /left out: 61 no_time/, ndjson(fixes.map(({ position }) => ({ position }))), types.ndjson);
    });

    it('a patrol of years', async () => {
      await refused(
        400,
        /reach from 2016-.* to 2026-.*48 hours at most/,
        withFirst({ time: '2016-05-01T08:00:00Z' }),
        types.ndjson,
      );
    });

    it('an accuracy that is NaN is none; one below zero says that the fix is not valid', async () => {
      const nan = ndjson(fixes)
        .replace('"accuracy_m":5', '"accuracy_m":NaN')
        .replace('"accuracy_m":5', '"accuracy_m":"NaN"');
      const { id } = await taken([], nan, types.ndjson);
      const track = (await (await fetch(`${server.url}/api/patrols/${id}/track`)).json()) as {
        properties: { accuracies_m: unknown[] };
      };
      expect(track.properties.accuracies_m.slice(0, 3)).to.deep.equal([null, null, 5]);
      await taken(
        [{ because: 'invalid_by_device', fixes: 1, first: 'line 1' }],
        withFirst({ accuracy_m: -1 }),
        types.ndjson,
      );
      await taken(
        [],
        lineFeature(fixes).replace('"properties":{', '"properties":{"accuracies":[NaN,Infinity],'),
        types.geojson,
      );
    });

    it('a line that is broken costs that line', async () => {
      const lines = ndjson(fixes).split('\n');
      lines[3] = lines[3]!.slice(0, 40);
      lines[7] = '[1,2]';
      await taken([{ because: 'unreadable', fixes: 2, first: 'line 4' }], lines.join('\r\n'), types.ndjson);
      await refused(415, /Line 1 is longer than 10,000/, `{"time": "${'x'.repeat(300_000)}"}`, types.ndjson);
    });

    it('a content type that is not true, missing or unknown', async () => {
      await refused(
        415,
        /declares GeoJSON, but the body begins as GPX.*application\/gpx\+xml/,
        gpx(fixes),
        types.geojson,
      );
      await refused(415, /declares GPX, but the body begins as GeoJSON/, lineFeature(fixes), types.gpx);
      await refused(415, /declares GPX, but the body begins as one JSON object a line/, ndjson(fixes), types.gpx);
      await refused(
        415,
        /declares GeoJSON, but the body begins as one JSON object a line/,
        ndjson(fixes),
        types.geojson,
      );
      await refused(
        415,
        /declares one JSON object a line, but the body begins as GeoJSON/,
        lineFeature(fixes),
        types.ndjson,
      );
      await refused(415, /begins as a zip archive/, Buffer.from('PK\x03\x04'), types.gpx);
      await refused(415, /begins as a gzip archive/, Buffer.from([0x1f, 0x8b, 8, 0]), types.gpx);
      await refused(415, /begins as binary data/, Buffer.from('{\0\0\0'), types.geojson);
      await refused(415, /begins as "lat,lon,time/, 'lat,lon,time\n1,2,3\n', types.geojson);
      await refused(415, /content type text\/csv is no track.*application\/gpx\+xml/, ndjson(fixes), 'text/csv');
      await refused(415, /This XML is <kml> and no GPX/, '<?xml version="1.0"?><kml></kml>', types.gpx);
      await refused(415, /JSON is no GeoJSON/, '{"a": 1}', types.geojson);
    });

    it('a chief or a coordinate system that is not known', async () => {
      const unknown = await sendTrack(server.url, ndjson(fixes), { external_id: 'x', chief_id: 9999 });
      expect(unknown.body).to.deep.include({ status: 400, detail: 'There is no chief 9999.' });
      await refused(400, /EPSG:99999.*no coordinate system/, ndjson(fixes), types.ndjson, 'EPSG:99999');
      await refused(
        400,
        /is less than 180 m from the origin|is no place on earth/,
        ndjson(fixes),
        types.ndjson,
        'EPSG:4549',
      );
    });

    it('broken JSON, with its place', async () => {
      const whole = lineFeature(fixes);
      await refused(
        400,
        /broken: the document ends before it is complete at line 1, column \d+/,
        whole.slice(0, -2),
        types.geojson,
      );
      await refused(
        400,
        /a comma is out of place at line 2, column 16/,
        '{"type":"Feature",\n "geometry":{},,}',
        types.geojson,
      );
      await refused(400, /more than 100 brackets/, `{"a":${'['.repeat(200)}`, types.geojson);
      await refused(400, /too long/, `{"type":"Feature","a":"${'x'.repeat(2_000_000)}`, types.geojson);
    });

    it('GeoJSON whose times do not fit its positions', async () => {
      const line = JSON.parse(lineFeature(fixes)) as { properties: { coordTimes: string[] } };
      line.properties.coordTimes.pop();
      await refused(400, /left out: 61 no_time \(first: position 1\)/, JSON.stringify(line), types.geojson);
      await refused(400, /left out: 61 no_time/, lineFeature(fixes).replace('coordTimes', 'clock'), types.geojson);
    });

    it('GeoJSON whose positions are one list without end, which would fill the memory', async () => {
      const endless = `{"type":"Feature","geometry":{"type":"LineString","coordinates":[${'1,'.repeat(100_000)}`;
      await refused(400, /Position 1 of the GeoJSON has more than 16 numbers/, endless, types.geojson);
    });

    it('broken XML, with line and column', async () => {
      const broken = gpx(fixes).replace('</trkpt>\n<trkpt', '</trkpoint>\n<trkpt');
      await refused(400, /The GPX is broken at line 4, column \d+: Unexpected close tag/, broken, types.gpx);
      await refused(400, /The GPX is broken at line \d+/, gpx(fixes).slice(0, 2000), types.gpx);
    });

    it('entities: a bomb is not opened, a file is not read', async () => {
      const bomb = `<?xml version="1.0"?>\n<!DOCTYPE gpx [<!ENTITY a "${'b'.repeat(1000)}">${'cdefg'
        .split('')
        .map((name, i) => `<!ENTITY ${name} "${`&${'acdef'[i]};`.repeat(10)}">`)
        .join('')}]>\n<gpx><trk><trkseg><trkpt lat="1" lon="1"><time>&g;</time></trkpt></trkseg></trk></gpx>`;
      await refused(415, /document type/, bomb, types.gpx);
      await refused(415, /document type/, '<!DOCTYPE gpx SYSTEM "file:///etc/passwd"><gpx/>', types.gpx);
      await refused(
        400,
        /Invalid character entity/,
        '<gpx><trk><trkseg><trkpt lat="1" lon="1"><time>&g;</time></trkpt></trkseg></trk></gpx>',
        types.gpx,
      );
      await refused(400, /100 elements in each other/, `<gpx>${'<a>'.repeat(100_000)}`, types.gpx);
    });

    it('the GPX files of others', async function () {
      if (!existsSync(files)) this.skip(); // they are not part of the repository
      const says: Record<string, RegExp> = {
        'issue-127.gpx': /left out: 2 no_time/,
        'issue-13.gpx': /far_away.*lies [\d,]+ km from the district/,
        'no_trk.gpx': /no track points/,
        'no_trkpt.gpx': /no track points/,
        'no_trkseg.gpx': /no track points/,
        'test1.gpx': /left out: 264 impossible_time/, // 1970
        'test2.gpx': /left out: 2 impossible_time/,
        'test2_no_millis.gpx': /left out: 3 no_time/,
      };
      for (const name of readdirSync(files)) {
        await refused(
          400,
          says[name] ?? /far_away/,
          readFileSync(new URL(name, files)) as Buffer<ArrayBuffer>,
          types.gpx,
        );
      }
    });

    it('ten million fixes: cut off, in little memory', async function () {
      this.timeout(120_000);
      const line = Buffer.from('{"time":1777593600,"position":[120.01,31.6]}\n');
      const many = Buffer.alloc(line.length * 1_200_000, line);
      const problem = await refused(413, /more than 1,000,000 fixes/, many, types.ndjson);
      expect(problem.hint).to.contain('each patrol by itself');
    });

    it('an upload that breaks off', async () => {
      const abort = new AbortController();
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(Buffer.from(ndjson(fixes)));
          setTimeout(() => abort.abort(), 50);
        },
      });
      await fetch(`${server.url}/api/patrols?external_id=off&chief_id=${chief_id}&crs=wgs84`, {
        method: 'POST',
        headers: { 'Content-Type': types.ndjson },
        body,
        signal: abort.signal,
        duplex: 'half',
      } as RequestInit).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await server.district.db('patrols')).to.deep.equal([]);
    });
  });
}
