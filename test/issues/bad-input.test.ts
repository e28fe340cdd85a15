import { expect } from 'chai';
import fc from 'fast-check';
import supertest, { type Response } from 'supertest';
import { createApp } from '../../api/app.ts';
import { eachEngine } from '../support/district.ts';
import { addCategories } from '../support/issue-rows.ts';
import { contextOf } from '../support/server.ts';
import { buildTown, east, north } from '../support/town.ts';

const report = { position: [east + 100, north + 3], crs: 'EPSG:4549', kind: 'matter', code: '01002' };

eachEngine('bad reports', (district) => {
  let api: ReturnType<typeof supertest>;
  before(async () => {
    await buildTown(district().db);
    await addCategories(district().db);
    api = supertest(createApp(contextOf(district())));
  });
  const rows = async (): Promise<number[]> =>
    Promise.all(
      ['issues', 'history', 'change_log'].map(async (table) =>
        Number((await district().db(table).count({ count: '*' }))[0]!.count),
      ),
    );
  const postText = (path: string, text: string) => api.post(path).set('Content-Type', 'application/json').send(text);

  /** RFC 9457, and never a fault of the server. */
  function isProblem(answer: Response, what: string): void {
    expect(answer.status, `${what}: ${JSON.stringify(answer.body)}`).to.be.within(400, 499);
    expect(answer.type, what).to.equal('application/problem+json');
    expect(answer.body.status, what).to.equal(answer.status);
    for (const member of ['type', 'title', 'detail'])
      expect(answer.body[member], `${what} ${member}`).to.be.a('string').and.not.equal('');
  }

  const fields: [what: string, body: unknown, path?: string][] = [
    ['nothing', {}],
    ['a list', []],
    ['null', null],
    ['an unknown field', { ...report, colour: 'red' }, 'colour'],
    ['a prototype', JSON.parse('{"__proto__": {"a": 1}}')],
    ['a position of one number', { ...report, position: [120] }, 'position'],
    ['a position of three', { ...report, position: [120, 30, 5] }, 'position'],
    ['a position in words', { ...report, position: ['120', '30'] }, 'position.0'],
    ['a position of nulls', { ...report, position: [null, null] }, 'position.0'],
    ['no crs', { ...report, crs: undefined }, 'crs'],
    ['an unknown crs', { ...report, crs: 'mars2000' }, 'crs'],
    ['an unknown code of a crs', { ...report, crs: 'EPSG:999999' }, 'crs'],
    ['SQL for a crs', { ...report, crs: "EPSG:4549'; drop table issues; --" }, 'crs'],
    ['no accuracy', { ...report, accuracy_m: 0 }, 'accuracy_m'],
    ['an accuracy below a millimetre', { ...report, accuracy_m: 1e-64 }, 'accuracy_m'],
    ['a negative accuracy', { ...report, accuracy_m: -3 }, 'accuracy_m'],
    ['an accuracy of a country', { ...report, accuracy_m: 1e9 }, 'accuracy_m'],
    ['a heading beyond the circle', { ...report, heading_deg: 360 }, 'heading_deg'],
    ['an unknown kind', { ...report, kind: 'thing' }, 'kind'],
    ['an unknown code', { ...report, code: '99999' }, 'code'],
    ['a code of the other kind', { ...report, kind: 'part' }, 'code'],
    ['a code as a number', { ...report, code: 1002 }, 'code'],
    ['an unknown surface', { ...report, surface: 'wall' }, 'surface'],
    ['a text too long', { ...report, text: 'x'.repeat(4001) }, 'text'],
    ['U+0000 in the text', { ...report, text: 'a\u0000b' }, 'text'],
    ['half of an emoji', { ...report, text: 'a\ud83d' }, 'text'],
    ['U+0000 in the external_id', { ...report, external_id: 'a\u0000b' }, 'external_id'],
    ['an empty external_id', { ...report, external_id: ' ' }, 'external_id'],
    ['a date that cannot be read', { ...report, reported_at: 'last Tuesday' }, 'reported_at'],
    ['a day that is not', { ...report, reported_at: '2026-02-30T00:00:00Z' }, 'reported_at'],
    ['a time without an offset', { ...report, reported_at: '2026-02-20T00:00:00' }, 'reported_at'],
    ['an offset of no place', { ...report, reported_at: '2026-02-20T00:00:00+23:00' }],
    ['a time before telephones', { ...report, reported_at: '0001-01-01T00:00:00Z' }, 'reported_at'],
    ['a time to come', { ...report, reported_at: '9999-12-31T23:59:59Z' }, 'reported_at'],
    ['a road that is not', { ...report, road_id: 99_999_999_999 }, 'road_id'],
    ['a road that is no number', { ...report, road_id: '1' }, 'road_id'],
    ['swapped degrees', { ...report, position: [31.6, 120], crs: 'wgs84' }, 'position'],
    ['degrees as metres', { ...report, position: [120, 31.6] }, 'position'],
    ['another country', { ...report, position: [2.35, 48.85], crs: 'wgs84' }, 'position'],
  ];
  for (const [what, body, path] of fields) {
    it(`refuses ${what} and writes nothing`, async () => {
      const before = await rows();
      const answer = await postText('/api/issues', JSON.stringify(body));
      isProblem(answer, what);
      if (path)
        expect(
          answer.body.errors?.map((error: { path: string }) => error.path),
          what,
        ).to.include(path);
      expect(await rows()).to.deep.equal(before);
    });
  }

  const bodies: [what: string, text: string][] = [
    ['no body', ''],
    ['a broken one', '{"position": [1, 2'],
    ['NaN', '{"position": [NaN, 1], "crs": "wgs84"}'],
    ['Infinity', '{"position": [1e999, 3500000], "crs": "EPSG:4549"}'],
    ['a bare word', 'nonsense'],
    ['six megabytes', `{"text": "${'x'.repeat(6_000_000)}"}`],
    ['a deep nest', '['.repeat(20_000) + ']'.repeat(20_000)],
  ];
  for (const path of ['/api/snap', '/api/issues']) {
    for (const [what, text] of bodies) {
      it(`${path} refuses ${what}`, async () => {
        isProblem(await postText(path, text), what);
      });
    }
    it(`${path} refuses a body that is not JSON, with the header it wants`, async () => {
      isProblem(await api.post(path).type('form').send('a=1'), 'a form');
      isProblem(
        await api.post(path).set('Content-Type', 'application/json').set('Content-Encoding', 'zstd').send('{}'),
        'zstd',
      );
    });
  }

  it('keeps SQL, markup and every script as the text it is', async () => {
    for (const text of [
      "'); drop table issues; --",
      '<script>alert(1)</script>',
      '$1 :name ? ?? \\',
      '𠮷野家 مرحبا 👩‍👩‍👧‍👦',
      '%s %00 \\u0000',
    ]) {
      const { body } = await api
        .post('/api/issues')
        .send({ ...report, text, external_id: text })
        .expect(201);
      expect(body.properties).to.include({ text, external_id: text });
      expect(
        (
          await api
            .post('/api/issues')
            .send({ ...report, text, external_id: text })
            .expect(200)
        ).body.id,
      ).to.equal(body.id);
    }
  });

  it('refuses changes that cannot be', async () => {
    const { body: issue } = await api.post('/api/issues').send(report).expect(201);
    const before = await rows();
    for (const change of [
      [],
      null,
      { status: 'open' },
      { status: null },
      { text: 5 },
      { text: 'a\u0000' },
      { text: '\udc00' },
      { text: 'x'.repeat(4001) },
      { road_id: 0 },
      { road_id: 'high' },
      { road_id: 99_999_999_999 },
      { code: '01001' },
    ]) {
      isProblem(
        await api.patch(`/api/issues/${issue.id}`).set('Content-Type', 'application/json').send(JSON.stringify(change)),
        JSON.stringify(change),
      );
    }
    expect(await rows()).to.deep.equal(before);
  });

  it('refuses filters that cannot be', async () => {
    for (const query of [
      'limit=0',
      'limit=1001',
      'limit=ten',
      'cursor=x',
      `cursor=${Buffer.from('["a","b"]').toString('base64url')}`,
      `cursor=${Buffer.from('[1e300,1]').toString('base64url')}`,
      'bbox=1,2,3',
      'bbox=3,2,1,4',
      'bbox=NaN,0,1,1',
      'bbox=-200,0,1,1',
      'kind=x',
      'code=1',
      "code=01001' or 1=1",
      'status=open',
      'verdict=maybe',
      'road_id=x',
      'road_id=99999999999',
      'from=soon',
      'to=2026-13-01',
      'from=2026-01-01T00:00:00%2B20:00',
      'zone_id=-1',
      'surface=%00',
    ]) {
      isProblem(await api.get(`/api/issues?${query}`), query);
    }
    isProblem(await api.get('/api/issues?zone_id=123456'), 'zone');
    for (const [cursor, status] of [
      [[9_007_199_254_740_991, 1], 200],
      [[-9_007_199_254_740_991, 9_007_199_254_740_991], 200],
    ] as const) {
      await api.get(`/api/issues?cursor=${Buffer.from(JSON.stringify(cursor)).toString('base64url')}`).expect(status);
    }
  });

  // Anything at all, and reports of which single fields are anything at all.
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'wgs84',
      'gcj02',
      'bd09',
      'EPSG:4549',
      'EPSG:4326',
      'EPSG:3857',
      'EPSG:2335',
      'EPSG:4978',
      '01001',
      '01002',
      'part',
      'roof',
      '2026-01-01T00:00:00Z',
    ),
  );
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: 4.9e5, max: 5.1e5, noNaN: true }),
  );
  const accuracy_m = fc.oneof(
    fc.double({ min: 1e-300, max: 5000, noNaN: true }),
    fc.double({ min: 0.001, max: 5000, noNaN: true }),
    fc.constantFrom(1e-9, 1, 10, 5000),
  );
  const inTown = fc.record({
    position: fc.tuple(
      fc.double({ min: east - 100, max: east + 1100, noNaN: true }),
      fc.double({ min: north - 300, max: north + 300, noNaN: true }),
    ),
    crs: fc.constant('EPSG:4549'),
    accuracy_m,
  });
  const anywhere = fc.record({
    position: fc.tuple(number, number),
    crs: fc.constantFrom(
      'EPSG:4549',
      'wgs84',
      'gcj02',
      'bd09',
      'EPSG:3857',
      'EPSG:4528',
      'EPSG:2335',
      'EPSG:4610',
      'EPSG:32651',
      'EPSG:4978',
    ),
    accuracy_m,
  });
  const sound = fc.oneof(inTown, anywhere);
  const more = fc.record(
    {
      external_id: fc.oneof(fc.constantFrom('a', 'b'), fc.string({ unit: 'binary' })),
      heading_deg: fc.double({ min: 0, max: 359, noNaN: true }),
      kind: fc.constantFrom('part', 'matter'),
      code: fc.constantFrom('01001', '01002', '01003', '04001', '77777'),
      surface: fc.constantFrom('ground', 'facade', 'roof'),
      text: fc.string({ unit: 'binary', maxLength: 50 }),
      reported_at: fc
        .oneof(
          fc.date({ noInvalidDate: true }),
          fc.date({ min: new Date('2020-01-01'), max: new Date('2026-06-01'), noInvalidDate: true }),
        )
        .map((date) => date.toISOString()),
      road_id: fc.integer({ min: 1, max: 5 }),
    },
    { requiredKeys: ['kind', 'code'] },
  );
  const spoilt = (base: fc.Arbitrary<object>) =>
    fc
      .tuple(
        base,
        fc.dictionary(
          fc.constantFrom(
            'position',
            'crs',
            'accuracy_m',
            'heading_deg',
            'road_name',
            'kind',
            'code',
            'text',
            'surface',
            'external_id',
            'reported_at',
            'road_id',
            '__proto__',
            'x',
          ),
          anything,
          { maxKeys: 2 },
        ),
      )
      .map(([whole, broken]) => ({ ...whole, ...broken }));
  const whole = fc.tuple(sound, more).map(([first, second]) => ({ ...first, ...second }));
  // Nothing is wrong with these but a name that came before (409), so that the property sees what is written too.
  const taken = fc
    .tuple(
      inTown,
      fc.constantFrom({ kind: 'matter', code: '01002' }, { kind: 'part', code: '01001' }),
      fc.record(
        {
          accuracy_m: fc.double({ min: 0.001, max: 5000, noNaN: true }),
          external_id: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
          heading_deg: fc.double({ min: 0, max: 359, noNaN: true }),
          surface: fc.constantFrom('ground', 'facade', 'roof'),
          text: fc.string({ unit: 'grapheme', maxLength: 50 }),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([{ position, crs }, what, rest]) => ({ position, crs, ...what, ...rest }));

  for (const [path, bodiesOf] of [
    ['/api/snap', fc.oneof(anything, sound, spoilt(sound))],
    ['/api/issues', fc.oneof(anything, whole, spoilt(whole), taken)],
  ] as const) {
    it(`${path} answers anything at all with an answer or a problem, never with a fault`, async () => {
      const statuses = new Map<number, number>();
      await fc.assert(
        fc.asyncProperty(bodiesOf, async (body) => {
          const answer = await postText(path, JSON.stringify(body));
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          if (answer.status >= 300) isProblem(answer, JSON.stringify(body));
        }),
        { numRuns: 400 },
      );
      // The property would hold for a server that refuses everything.
      expect(statuses.get(400)).to.be.greaterThan(40);
      expect(statuses.get(path === '/api/snap' ? 200 : 201)).to.be.greaterThan(40);
    });
  }
});
