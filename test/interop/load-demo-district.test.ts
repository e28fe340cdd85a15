import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { cadenceOf } from '../../api/coverage/cadence.queries.ts';
import { coverageOf } from '../../api/coverage/coverage.queries.ts';
import { findUnregistered } from '../../api/coverage/unregistered.ts';
import { isEmpty, loadDemoDistrict } from '../../api/interop/load-demo-district.ts';
import type { ImportReport } from '../../api/interop/imports.contract.ts';
import { listKeyPoints } from '../../api/rules/key-points.ts';
import { eachEngine } from '../support/district.ts';

const about = JSON.parse(readFileSync(new URL('../../geodata/demo/district.json', import.meta.url), 'utf8')) as {
  name: string;
  counts: Record<ImportReport['kind'] | 'key_points' | 'patrols', number>;
};

eachEngine('the demo district', (district) => {
  const db = () => district().db;

  it('that breaks half-way leaves an empty database, so that the next start loads it anew', async () => {
    const broken = loadDemoDistrict(db(), {
      actor: 'tester',
      tell: (step) => {
        if (step.endsWith('assignments')) throw new Error('broken');
      },
    });
    expect(
      await broken.then(
        () => 'loaded',
        (error: Error) => error.message,
      ),
    ).to.equal('broken');
    expect(await isEmpty(db())).to.equal(true);
  });

  it('comes in whole, not a row of it refused', async () => {
    await loadDemoDistrict(db(), { actor: 'tester', tell: () => {} });
    expect(await isEmpty(db())).to.equal(false);
    const reports = (await db()('imports').orderBy('id').select<{ report: ImportReport }[]>('report')).map(
      ({ report }) => report,
    );
    for (const { kind, rows, created, rejected, rejections } of reports) {
      expect({ kind, rows, created, rejected, first: rejections[0] }).to.deep.equal({
        kind,
        rows: about.counts[kind],
        created: about.counts[kind],
        rejected: 0,
        first: undefined,
      });
    }
    expect(reports.map(({ kind }) => kind)).to.deep.equal(['zones', 'roads', 'chiefs', 'assignments', 'issues']);
    expect(await db()('district').first('name', 'demo')).to.deep.equal({ name: about.name, demo: true });
  });

  it('has its segments partition its roads', async () => {
    const { rows } = await db().raw(
      `select count(*) as wrong from roads r left join (
         select road_id, sum(side_cm(span, sides)) as cm from segments group by road_id
       ) s on s.road_id = r.id where s.cm is distinct from 2 * r.length_cm`,
    );
    expect(rows[0].wrong).to.equal(0);
  });

  it('has its patrols, of which three are doubted: one copied, one driven, one drawn', async () => {
    const patrols = await db()('patrols')
      .orderBy('external_id')
      .select<{ external_id: string; flags: { kind: string }[]; walked_cm: number; ended_at: Date }[]>(
        'external_id',
        'flags',
        'walked_cm',
        'ended_at',
      );
    // Of those of today only what somebody can have walked by now.
    expect(patrols.length).to.be.within(about.counts.patrols - 20, about.counts.patrols);
    const doubted = patrols
      .filter(({ flags }) => flags.length > 0)
      .map(({ external_id, flags }) => [external_id, ...flags.map(({ kind }) => kind).toSorted()]);
    expect(doubted).to.deep.equal([
      ['P072', 'repeated_track'],
      ['P073', 'too_fast'],
      ['P074', 'straight_lines', 'too_regular'],
    ]);
    for (const { external_id, walked_cm, ended_at } of patrols) {
      expect(walked_cm, external_id).to.be.above(50_000);
      expect(ended_at.getTime()).to.be.within(Date.now() - 52 * 86_400_000, Date.now());
    }
  });

  it('has towns that keep their duty and towns that do not, and a cadre who does nothing', async () => {
    const kept = async (group: 'town' | 'chief') => {
      const { groups } = await cadenceOf(db(), { role: 'community_l2', group });
      return new Map(groups.map(({ name, kept_percent }) => [name, kept_percent!]));
    };
    const towns = await kept('town');
    expect(towns.get('柳桥镇')).to.be.above(90);
    expect(towns.get('白马镇')).to.be.within(75, 97);
    expect(towns.get('石塘镇')).to.be.within(40, 70);
    // He is credited with what others came through on their way.
    const idle = await db()('chiefs').where({ organisation: '湖滨社区居民委员会' }).first<{ name: string }>('name');
    expect((await kept('chief')).get(idle.name)).to.be.below(30);
  });

  it('had patrols yesterday, known before it was over, and joint checks last week that towns and squads walked together', async () => {
    const { duties } = await coverageOf(db(), { kind: 'unwalked', group: 'none', period: 'ended' });
    const met = new Map(duties.map(({ duty, met_percent }) => [duty, met_percent!]));
    for (const [duty, least] of [
      ['community_patrol', 50],
      ['joint_check', 30],
      ['collection', 20],
      ['sweeping', 10],
      ['inspection', 30],
    ] as const) {
      expect(met.get(duty), duty).to.be.within(least, 90);
    }
    const { total } = await cadenceOf(db(), { role: 'community_l2', group: 'none' });
    expect(total.walked_m).to.be.above(0);
    expect(total.late_m).to.equal(0);
  });

  it('has its key points on their roads since its beginning', async () => {
    const { key_points } = await listKeyPoints(db(), {});
    expect(key_points).to.have.length(about.counts.key_points);
    expect(key_points.find(({ external_id }) => external_id === 'K001')).to.include({
      name: '南门菜市场',
      road_name: '南城根街',
      reach_m: 60,
    });
    for (const { name, valid_from } of key_points) {
      expect(Date.parse(valid_from), name).to.be.below(Date.now() - 300 * 86_400_000);
    }
  });

  it('ends today: its last issues are of the last days, none is of tomorrow', async () => {
    const { rows } = await db().raw(
      `select max(reported_at) < now() + interval '1 day' as past, max(reported_at) > now() - interval '3 days' as recent,
         extract(day from max(reported_at) - min(reported_at))::integer as days from issues`,
    );
    expect(rows[0]).to.deep.include({ past: true, recent: true });
    expect(rows[0].days).to.be.within(150, 200);
  });

  it('has one way that is walked and not registered, told where it is', async () => {
    const faults = await findUnregistered(db());
    expect(faults.map(({ fault }) => fault)).to.deep.equal(['walked']);
    const [lane] = faults;
    expect(lane!.details).to.deep.include({ walks: 3, chiefs: 2 });
    expect(lane!.length_cm).to.be.within(22_500, 25_500);
    const { rows } = await db().raw<{ rows: { name: string; metres: number }[] }>(
      `select r.name, st_distance(r.geom, st_setsrid(?::geometry, (select srid from district))) as metres
       from roads r where r.id = any (?) order by r.name`,
      [lane!.wkb, lane!.details.road_ids],
    );
    expect(rows.map(({ name }) => name)).to.have.members(['北园路', '红旗路']);
    for (const { metres } of rows) expect(metres).to.be.below(0.02);
  });
});
