import { expect } from 'chai';
import supertest from 'supertest';
import { createApp } from '../../api/app.ts';
import { digestOf } from '../../api/coverage/canonical-json.ts';
import type { Certificate } from '../../api/coverage/certificate.contract.ts';
import { compareCertificates, faultsOfFile } from '../../api/coverage/compare-certificates.ts';
import type { Database } from '../../api/database/connect.ts';
import { openChange } from '../../api/database/change-log.ts';
import { roleKeys, type Role } from '../../api/http/shapes.ts';
import { deriveZoneStretches } from '../../api/zones/zones.ts';
import { eachEngine } from '../support/district.ts';
import { addPatrol } from '../support/patrol-rows.ts';
import { contextOf } from '../support/server.ts';
import { addChief, addRoad, addZone, buildTown, type Town } from '../support/town.ts';

/** Wednesday morning: the last day is the 19th, the last week 11 to 17 May, the last month April. */
const at = '2026-05-20T08:00:00+08:00';
const lengths = { high: 100_000, mill: 20_000, back: 30_000 };
/** By the default rules. */
const rolesOf = (road: keyof typeof lengths): Role[] =>
  road === 'high' ? [...roleKeys] : ['general', 'community_l2', 'sanitation_l2'];

async function assign(
  db: Database,
  row: { road: number; chief: number; role: Role; from: number; to: number; sides: string; validity?: string },
): Promise<void> {
  await db.raw(
    `insert into assignments (road_id, road_length_cm, span, sides, role, chief_id, validity, change_id)
     select r.id, r.length_cm, int4range(?, ?), ?, ?, ?, ?, ? from roads r where r.id = ?`,
    [
      row.from,
      row.to,
      row.sides,
      row.role,
      row.chief,
      row.validity ?? '[2026-01-01,)',
      await openChange(db, { actor: 'tester', kind: 'test' }),
      row.road,
    ],
  );
  await db.raw('select refresh_segments(array[?::integer])', [row.road]);
}

/** Numbers that look drawn by lot and are the same in every run (a linear congruence). */
function lots(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * most);
  };
}

eachEngine('the certificate', (district) => {
  let town: Town;
  let zones: { district: number; west: number; east: number; community: number; empty: number; grid: number };
  let api: ReturnType<typeof supertest>;
  const db = (): Database => district().db;
  const issue = async (query = `at=${encodeURIComponent(at)}`): Promise<Certificate> =>
    (await api.get(`/api/coverage/certificate?${query}`).expect(200)).body as Certificate;
  /** Each centimetre of each side of each road: who holds it in which role. */
  const holders = new Map<string, Uint8Array>();

  before(async function () {
    this.timeout(120_000);
    town = await buildTown(db());
    const whole = await addZone(db(), { code: 'D', level: 'district', name: '云区', box: [-100, -100, 1200, 400] });
    const box = { parent_id: whole, level: 'town' };
    const west = await addZone(db(), { code: 'W', name: '西街道', ...box, box: [-100, -100, 450, 400] });
    const east = await addZone(db(), { code: 'E', name: '东<镇', ...box, box: [450, -100, 1190, 400] });
    const inWest = { parent_id: west, level: 'community' };
    const community = await addZone(db(), { code: 'W1', name: '西一社区', ...inWest, box: [-100, -100, 450, 400] });
    const empty = await addZone(db(), { code: 'X', level: 'town', name: '空镇', box: [5000, 5000, 6000, 6000] });
    const grid = await addZone(db(), {
      code: 'G',
      level: 'grid',
      name: '网格',
      parent_id: community,
      box: [0, 0, 10, 10],
    });
    zones = { district: whole, west, east, community, empty, grid };
    await deriveZoneStretches(db(), null);
    await db().raw('select refresh_segments(null)');
    api = supertest(createApp(contextOf(district())));

    const lot = lots(7);
    for (const road of ['high', 'mill', 'back'] as const) {
      for (const role of roleKeys) {
        const held = new Uint8Array(2 * lengths[road]);
        holders.set(`${road} ${role}`, held);
        let from = 0;
        while (from < lengths[road]) {
          const to = Math.min(lengths[road], from + 1 + lot(lengths[road] / 2));
          const sides = ['none', '[0,1)', '[1,2)', '[0,2)'][lot(4)]!;
          if (sides !== 'none') {
            await assign(db(), { road: town[road], chief: town.chiefs[role][lot(2)]!, role, from, to, sides });
            if (sides !== '[1,2)') held.fill(1, from, to);
            if (sides !== '[0,1)') held.fill(1, lengths[road] + from, lengths[road] + to);
          }
          from = to;
        }
      }
    }
  });

  it('counts what is held as centimetres counted one by one do, for every role and class', async () => {
    const certificate = await issue();
    const counted = new Map<string, { required: number; met: number }>();
    for (const road of ['high', 'mill', 'back'] as const) {
      for (const role of rolesOf(road)) {
        const line = `${role} ${road === 'high' ? 'main' : 'alley'}`;
        const sum = counted.get(line) ?? { required: 0, met: 0 };
        counted.set(line, sum);
        for (const held of holders.get(`${road} ${role}`)!) {
          sum.required += 1;
          sum.met += held;
        }
      }
    }
    expect(certificate.unheld).to.have.length(counted.size);
    for (const { role, class: roadClass, ...sum } of certificate.unheld) {
      const { required, met } = counted.get(`${role} ${roadClass}`)!;
      expect(sum, `${role} ${roadClass}`).to.deep.equal({ required, met, missing: required - met });
    }
  });

  it('lists every gap: added up centimetre by centimetre they are what nobody holds', async () => {
    const { gaps } = await issue();
    const names = new Map([
      [town.high, 'high'],
      [town.mill, 'mill'],
      [town.back, 'back'],
    ] as const);
    const open = new Map([...holders].map(([line, held]) => [line, Uint8Array.from(held)]));
    for (const gap of gaps.filter(({ kind }) => kind === 'unheld')) {
      const road = names.get(gap.road!.id)!;
      const held = open.get(`${road} ${gap.role}`)!;
      for (const side of gap.sides === 'both' ? [0, 1] : [gap.sides === 'left' ? 0 : 1]) {
        for (let cm = gap.from_cm!; cm < gap.to_cm!; cm++) {
          expect(held[side * lengths[road] + cm], `${gap.key} at ${cm}`).to.equal(0);
          held[side * lengths[road] + cm] = 2;
        }
      }
    }
    for (const [line, held] of open) {
      const [road, role] = line.split(' ') as ['high', Role];
      const left = held.includes(0);
      expect(left, line).to.equal(!rolesOf(road).includes(role) && holders.get(line)!.includes(0));
    }
  });

  it('is in the order of weight, and the same question gives the same digest', async () => {
    const [first, second] = [await issue(), await issue()];
    const weights = first.gaps.map(({ side_cm }) => side_cm);
    expect(weights).to.deep.equal(weights.toSorted((a, b) => b - a));
    expect(second.digest).to.equal(first.digest);
    expect(digestOf(first)).to.equal(first.digest);
    expect(faultsOfFile(first)).to.deep.equal({ digest: true, sums: [] });
  });

  it('says which metres lie in no community, and whether zones tile their parent', async () => {
    const { unzoned, tiling } = await issue();
    // High Street lies in the community up to 450 m, Mill Lane at 500 m does not, Back Alley (0 to 300 m) does.
    expect(unzoned).to.deep.equal([
      { class: 'main', required: 200_000, met: 90_000, missing: 110_000 },
      { class: 'alley', required: 100_000, met: 60_000, missing: 40_000 },
    ]);
    const [whole, west] = tiling.parents;
    // The district is 1,300 m by 500 m and its towns end 10 m before its eastern border.
    expect(whole).to.deep.include({
      area_m2: 650_000,
      covered_m2: 645_000,
      hole_m2: 5_000,
      overlap_m2: 0,
      outside_m2: 0,
      tiles: false,
    });
    expect(west).to.deep.include({ area_m2: 275_000, covered_m2: 275_000, hole_m2: 0, tiles: true });
    expect(tiling.holds).to.equal(false);
  });

  it('cuts to a zone, and the towns and what lies outside of them add up to the district', async () => {
    const query = (zone: number): string => `at=${encodeURIComponent(at)}&zone_id=${zone}`;
    const parts = [await issue(query(zones.west)), await issue(query(zones.east))];
    const whole = await issue();
    for (const figure of ['required', 'met', 'missing'] as const)
      expect(parts.reduce((sum, part) => sum + part.totals.unheld[figure], 0)).to.equal(whole.totals.unheld[figure]);
    expect(parts[0]!.zone).to.deep.include({ code: 'W', level: 'town' });
  });

  it('tells what was walked, what is tolerated and what is missing of a duty', async () => {
    const walker = await addChief(db(), 'Walker', 'community_l2');
    // A road of its own: 100 m, of which 95 were walked yesterday. 90 % are enough.
    const lane = await addRoad(db(), {
      external_id: 'lane',
      name: '=Lane',
      class: 'path',
      line: [
        [0, 300],
        [100, 300],
      ],
    });
    await deriveZoneStretches(db(), [lane]);
    await assign(db(), { road: lane, chief: walker, role: 'community_l2', from: 0, to: 10_000, sides: '[0,2)' });
    await addPatrol(db(), walker, [{ road_id: lane, span: [0, 9_500], from: '2026-05-19T09:00:00+08:00' }]);
    const lineOf = ({ unwalked }: Certificate) => unwalked.find((line) => line.class === 'path')!;
    expect(lineOf(await issue())).to.deep.include({
      duty: 'community_patrol',
      required: 20_000,
      met: 20_000,
      missing: 0,
      tolerated: 1_000,
      period: { from: '2026-05-18T16:00:00.000Z', to: '2026-05-19T16:00:00.000Z' },
    });
    // A day later nobody has walked.
    const later = await issue(`at=${encodeURIComponent('2026-05-21T08:00:00+08:00')}`);
    expect(lineOf(later)).to.deep.include({ required: 20_000, met: 0, missing: 20_000, tolerated: 0 });
    expect(later.gaps.find(({ duty, road }) => duty === 'community_patrol' && road?.id === lane)).to.deep.include({
      side_cm: 20_000,
      since: '2026-05-19T01:00:00.000Z',
      who_acts: { kind: 'chief', id: walker, name: 'Walker' },
    });
  });

  const change = (): Promise<number> => openChange(db(), { actor: 'tester', kind: 'test' });
  const differing = (a: Certificate, b: Certificate): string[] =>
    a.inputs.filter((one, index) => one.sha256 !== b.inputs[index]!.sha256).map(({ input }) => input);

  const changes: [what: string, inputs: string[], run: () => Promise<unknown>][] = [
    ['a road', ['roads'], () => db()('roads').where({ id: town.mill }).update({ name: 'Mill Road' })],
    ['a zone', ['zones'], () => db()('zones').where({ id: zones.east }).update({ name: '东镇' })],
    [
      'an assignment',
      ['assignments'],
      () => db().raw(`update assignments set validity = '[2025-12-01,)' where id = (select min(id) from assignments)`),
    ],
    [
      'the name of a holder',
      ['chiefs'],
      () => db().raw(`update chiefs set name = 'New' where id = (select min(chief_id) from assignments)`),
    ],
    [
      'a rule of roles',
      ['role_rules'],
      async () => {
        await db()('role_rules').where({ class: 'path', role: 'general' }).update({ required: true });
        await db().raw('select refresh_segments(null)');
      },
    ],
    [
      'a rule of patrols',
      ['patrol_rules'],
      () => db()('patrol_rules').where({ duty: 'check' }).update({ share_percent: 80 }),
    ],
    [
      'a key point',
      ['key_points'],
      async () =>
        db().raw(
          `insert into key_points (name, geom, road_id, measure_cm, validity, change_id)
           select 'K', st_startpoint(geom), id, 0, '[2026-01-01,)', ? from roads where id = ?`,
          [await change(), town.high],
        ),
    ],
    [
      'a pass in a period',
      ['passes', 'earlier_walks'],
      () =>
        addPatrol(db(), town.chiefs.community_l2[0], [
          { road_id: town.high, span: [0, 100], from: '2026-05-19T10:00:00+08:00' },
        ]),
    ],
    [
      'a pass long before',
      ['earlier_walks'],
      () =>
        addPatrol(db(), town.chiefs.community_l2[0], [
          { road_id: town.high, span: [0, 100], from: '2026-02-19T10:00:00+08:00' },
        ]),
    ],
    [
      'a day of the calendar',
      ['calendar'],
      async () => db()('calendar_days').insert({ day: '2026-05-19', working: false, change_id: await change() }),
    ],
    [
      'stretches in a zone',
      ['zone_stretches'],
      () => db()('zone_stretches').where({ road_id: town.back, level: 'community' }).delete(),
    ],
    ['nothing', [], async () => {}],
    ['an assignment that begins later', [], () => assignLater('[2026-05-21,)')],
    [
      'an end that comes later',
      [],
      () =>
        db().raw(
          `update assignments set validity = tstzrange(lower(validity), '2026-05-22') where id = (select min(id) from assignments)`,
        ),
    ],
    [
      'a pass that came later',
      [],
      () =>
        addPatrol(db(), town.chiefs.community_l2[0], [
          { road_id: town.high, span: [0, 100], from: '2026-05-20T10:00:00+08:00' },
        ]),
    ],
    ['a chief who holds nothing', [], () => addChief(db(), 'Idle', 'general')],
  ];
  async function assignLater(validity: string): Promise<void> {
    const chief = await addChief(db(), 'Later', 'town_l1');
    const { id: road } = (await db()('roads').where({ external_id: 'lane' }).first<{ id: number }>('id'))!;
    await assign(db(), { road, chief, role: 'town_l1', from: 0, to: 1, sides: '[0,1)', validity });
  }
  for (const [what, inputs, run] of changes) {
    it(`has another digest of ${inputs.join(' and ') || 'no input'} after a change of ${what}`, async () => {
      const before = await issue();
      await run();
      const after = await issue();
      expect(differing(before, after)).to.deep.equal(inputs);
      expect(after.digest === before.digest).to.equal(inputs.length === 0);
      expect(compareCertificates(before, after)?.inputs.map(({ input }) => input) ?? []).to.deep.equal(inputs);
    });
  }

  it('by what was known when it was issued is what it was, whatever came in late', async () => {
    const file = await issue();
    const late = await addChief(db(), 'Late', 'community_l2');
    await db()
      .raw(`delete from assignments where road_id = ? and role = 'sanitation_l2'`, [town.back])
      .catch(() => {});
    const issued = await issue();
    await addPatrol(db(), late, [{ road_id: town.high, span: [0, 100_000], from: '2026-05-19T11:00:00+08:00' }]);
    await assign(db(), {
      road: town.back,
      chief: town.chiefs.sanitation_l2[0],
      role: 'sanitation_l2',
      from: 0,
      to: 30_000,
      sides: '[0,2)',
    });
    const now = await issue();
    expect(now.digest).to.not.equal(issued.digest);
    const difference = compareCertificates(issued, now)!;
    expect(difference.inputs.map(({ input }) => input)).to.include.members(['assignments', 'passes']);
    expect(difference.vanished.some(({ role, road }) => role === 'sanitation_l2' && road?.id === town.back)).to.equal(
      true,
    );
    const then = await issue(`at=${encodeURIComponent(at)}&known_at=${encodeURIComponent(issued.issued_at)}`);
    expect(compareCertificates(issued, then)).to.equal(null);
    expect(file.at).to.equal(issued.at);
    const { body } = await api.get(`/api/coverage/certificate/later?since=${issued.issued_at}`).expect(200);
    expect(body).to.deep.include({ patrol_count: 1, count: 2 });
  });

  it('finds what was tampered with: by the digest, and where sums were, by adding up', async () => {
    const file = await issue();
    const other = structuredClone(file);
    other.gaps[0]!.since = '2020-01-01T00:00:00.000Z';
    expect(faultsOfFile(other)).to.deep.equal({ digest: false, sums: [] });
    const better = structuredClone(file);
    better.totals.unheld.met += 100;
    better.totals.unheld.missing -= 100;
    better.digest = digestOf(better);
    expect(faultsOfFile(better).sums).to.have.length(1);
    const shorter = structuredClone(file);
    shorter.gaps.pop();
    expect(faultsOfFile(shorter).sums).to.not.be.empty;
  });

  it('is not issued when the kept segments are not what the facts give', async () => {
    await db().raw('select refresh_segments(null)'); // tests above wrote past it
    await issue('');
    await db()('segments').where({ road_id: town.mill }).update({ general: null });
    const { body } = await api.get('/api/coverage/certificate').expect(500);
    expect(body.detail).to.include('fault');
    await db().raw('select refresh_segments(null)');
    await issue('');
  });

  it('of a zone without roads says so and claims nothing', async () => {
    const certificate = await issue(`zone_id=${zones.empty}`);
    expect(certificate.totals.unheld).to.deep.equal({ required: 0, met: 0, missing: 0 });
    expect(certificate.warnings.map(({ code }) => code)).to.include('no_roads');
    const { text } = await api.get(`/api/coverage/certificate.html?zone_id=${zones.empty}`).expect(200);
    expect(text).to.include('不等于没有盲区').and.not.include('<strong>100');
  });

  it('of a date before the records warns of it', async () => {
    const { warnings, totals } = await issue('at=2001-01-01');
    expect(warnings.map(({ code }) => code)).to.include('before_records');
    expect(totals.unheld.met).to.equal(0);
  });

  for (const [what, query, status] of [
    ['an unknown zone', () => 'zone_id=99999', 404],
    ['a grid cell', () => `zone_id=${zones.grid}`, 400],
    ['a moment to come', () => 'at=2999-01-01', 400],
    ['what is known in the future', () => 'known_at=2999-01-01', 400],
    ['a moment that is none', () => 'at=yesterday', 400],
  ] as const) {
    it(`answers ${what} with ${status}, as document and as page`, async () => {
      for (const path of ['certificate', 'certificate.html']) {
        const { body, type } = await api.get(`/api/coverage/${path}?${query()}`).expect(status);
        expect(type).to.equal('application/problem+json');
        expect(body).to.include.keys('detail', 'hint');
      }
    });
  }

  for (const lang of ['zh', 'en'] as const) {
    it(`is a page in ${lang} that stands alone, escapes what was named and shows the digest of its document`, async () => {
      const moment = encodeURIComponent(at);
      const { text, headers } = await api.get(`/api/coverage/certificate.html?lang=${lang}&at=${moment}`).expect(200);
      expect(headers['content-type']).to.match(/html/);
      expect(text).to.not.match(/<script|<link|<img|\son\w+=|src=|url\(|undefined|NaN|\[object/i);
      const { digest } = await issue();
      expect(text.replaceAll(' ', '')).to.include(digest);
      expect(text).to.include('<svg').and.not.include('东<镇');
      expect(text.length).to.be.below(1_000_000);
    });
  }
});
