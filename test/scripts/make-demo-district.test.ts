import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import type { Feature, FeatureCollection, LineString, MultiPolygon, Polygon } from 'geojson';
import { existsSync, readFileSync } from 'node:fs';
import proj4 from 'proj4';
import { keyPoints as planned } from '../../scripts/demo-district/plan/key-points.ts';
import { generateDistrict } from '../../scripts/demo-district/district.ts';

const demo = new URL('../../geodata/demo/', import.meta.url);
const codesFile = new URL('../../geodata/codes/categories.csv', import.meta.url);
const sharedCodes = new URL('../../../shared/data/codes/gbt47678.5-2026.csv', import.meta.url);

const epsg4549 = '+proj=tmerc +lat_0=0 +lon_0=120 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs';
const { forward: toMetric } = proj4('EPSG:4326', epsg4549);

type Row = Record<string, string>;
type Place = [east: number, north: number];
interface RoadProperties {
  external_id: string;
  name: string | null;
  class: string;
  status: string;
  oneway?: boolean;
  layer?: number;
}
interface ZoneProperties {
  code: string;
  parent_code: string | null;
  level: string;
  name: string;
}

describe('the demo district', function () {
  // The generator takes some five seconds of a free core and runs twice.
  this.timeout(180_000);

  const text = (name: string) => readFileSync(new URL(name, demo), 'utf8');
  const rows = (name: string) => parse(text(name), { columns: true }) as Row[];
  const features = <G extends LineString | Polygon | MultiPolygon, P>(name: string) =>
    (JSON.parse(text(name)) as FeatureCollection<G, P>).features;

  const roads = features<LineString, RoadProperties>('roads.geojson');
  const zones = features<Polygon, ZoneProperties>('zones.geojson');
  const waters = features<Polygon, { kind: string }>('water.geojson');
  const chiefs = rows('chiefs.csv');
  const assignments = rows('assignments.csv');
  const issues = rows('issues.csv');
  const categories = parse(readFileSync(codesFile, 'utf8'), { columns: true }) as Row[];
  const facts = JSON.parse(text('district.json')) as {
    reference_date: string;
    counts: Record<string, number>;
    seed: number;
  };
  const midnight = Date.parse(`${facts.reference_date}T00:00:00+08:00`);

  const idOf = (road: Feature<LineString, RoadProperties>) => road.properties.external_id;
  const metric = new Map(
    roads.map((road) => [idOf(road), road.geometry.coordinates.map((position) => toMetric(position) as Place)]),
  );
  const lengths = new Map([...metric].map(([id, line]) => [id, lengthOf(line)]));

  it('is the same to the byte at every run, and is what lies in geodata/demo', () => {
    const once = generateDistrict();
    const again = generateDistrict();
    expect(Object.keys(once)).to.include.members([
      'roads.geojson',
      'zones.geojson',
      'chiefs.csv',
      'assignments.csv',
      'issues.csv',
      'key-points.csv',
      'patrols.ndjson',
    ]);
    for (const [name, content] of Object.entries(once)) {
      expect(content === again[name], `${name} differs between two runs`).to.equal(true);
      expect(content === text(name), `${name} is stale: npx tsx scripts/make-demo-district.ts`).to.equal(true);
    }
  });

  it('stays under three megabytes', () => {
    const bytes = ['roads', 'zones', 'water', 'green', 'buildings'].reduce(
      (sum, name) => sum + text(`${name}.geojson`).length,
      0,
    );
    expect(bytes + text('assignments.csv').length + 3 * text('issues.csv').length).to.be.below(3_000_000);
  });

  describe('roads', () => {
    it('are more than 400 with 150 to 220 km, mostly handed over, with ids of their own', () => {
      expect(roads.length).to.be.within(400, 1000);
      expect([...lengths.values()].reduce((sum, metres) => sum + metres, 0) / 1000).to.be.within(150, 220);
      expect(new Set(roads.map(idOf)).size).to.equal(roads.length);
      expect(roads.filter((road) => road.properties.status === 'handed_over').length).to.be.above(roads.length * 0.95);
      expect(new Set(roads.map((road) => road.properties.status))).to.have.keys(['planned', 'built', 'handed_over']);
      expect(roads.length).to.equal(facts.counts['roads']);
    });

    it('have names of their own, but for the two carriageways of the expressway; some lanes have none', () => {
      const names = roads.flatMap((road) => road.properties.name ?? []);
      const twice = new Set(names.filter((name, i) => names.indexOf(name) !== i));
      expect([...twice]).to.have.members(['迎宾大道', '迎宾大道辅路', '建设路立交桥']);
      expect(roads.length - names.length).to.be.within(30, 120);
    });

    it('are written with at most seven decimals, as lengths that round and truncate to the same centimetre', () => {
      for (const road of roads) {
        for (const value of road.geometry.coordinates.flat()) expect(value).to.equal(Number(value.toFixed(7)));
        expect(((lengths.get(idOf(road)) as number) * 100) % 1, idOf(road)).to.be.within(0.05, 0.45);
      }
    });

    it('meet at shared vertices only: no two segments of one layer cross elsewhere', () => {
      const layer = new Map(roads.map((road) => [idOf(road), road.properties.layer ?? 0]));
      const crossings = crossingSegments(metric)
        .filter(([a, b]) => layer.get(a) === layer.get(b))
        .map(([a, b]) => `${a} crosses ${b}`);
      expect(crossings).to.deep.equal([]);
    });

    it('have a flyover that shares no vertex with the street below', () => {
      const below = roads.find((road) => road.properties.name === '建设路') as (typeof roads)[number];
      const decks = roads.filter((road) => road.properties.name === '建设路立交桥');
      expect(decks).to.have.length(2);
      const pairs = crossingSegments(
        new Map([below, ...decks].map((road) => [idOf(road), metric.get(idOf(road)) as Place[]])),
      );
      expect(pairs).to.have.length(2);
      const vertices = new Set(below.geometry.coordinates.map(String));
      expect(
        decks.some((deck) => deck.geometry.coordinates.some((position) => vertices.has(String(position)))),
      ).to.equal(false);
    });

    it('hang together: every road can be reached from every other', () => {
      const groups = new Map<string, string>(roads.map((road) => [idOf(road), idOf(road)]));
      const root = (id: string): string => (groups.get(id) === id ? id : root(groups.get(id) as string));
      const first = new Map<string, string>();
      for (const road of roads) {
        for (const key of road.geometry.coordinates.map(String)) {
          const other = first.get(key);
          if (other === undefined) first.set(key, idOf(road));
          else groups.set(root(idOf(road)), root(other));
        }
      }
      expect(new Set(roads.map((road) => root(idOf(road)))).size).to.equal(1);
    });

    it('cross water on bridges only', () => {
      const shores = new Map(
        waters.map((water, i) => [
          `water ${i}`,
          (water.geometry.coordinates[0] as Place[]).map((position) => toMetric(position) as Place),
        ]),
      );
      const atGrade = new Map(
        [...metric].filter(([id]) => !roads.some((road) => idOf(road) === id && (road.properties.layer ?? 0) > 0)),
      );
      const wet = crossingSegments(new Map([...shores, ...atGrade])).filter(
        ([a, b]) => a.startsWith('water') !== b.startsWith('water'),
      );
      expect(wet).to.deep.equal([]);
      expect(
        roads.filter((road) => (road.properties.layer ?? 0) > 0 && road.properties.name?.endsWith('桥')).length,
      ).to.be.at.least(6);
    });
  });

  describe('zones', () => {
    const level = (name: string) => zones.filter((zone) => zone.properties.level === name);
    const edges = (zone: Feature<Polygon>) => {
      const ring = (zone.geometry.coordinates[0] as number[][]).map(String);
      return ring.slice(1).map((to, i) => [ring[i] as string, to] as const);
    };

    it('are one district, three sub-districts, three towns with five to eight communities each, and the bureau’s area', () => {
      expect(level('district')).to.have.length(1);
      expect(level('bureau')).to.have.length(1);
      expect(level('town').filter((zone) => zone.properties.name.endsWith('街道'))).to.have.length(3);
      expect(level('town').filter((zone) => zone.properties.name.endsWith('镇'))).to.have.length(3);
      for (const town of level('town')) {
        const children = zones.filter((zone) => zone.properties.parent_code === town.properties.code);
        expect(children.length, town.properties.name).to.be.within(5, 8);
        for (const child of children) expect(child.properties.code.startsWith(town.properties.code)).to.equal(true);
      }
    });

    it('tile their parents exactly: inner edges are shared in reverse, outer edges are the parent’s own', () => {
      for (const parent of [...level('district'), ...level('town')]) {
        const children = zones.filter(
          (zone) => zone.properties.parent_code === parent.properties.code && zone.properties.level !== 'bureau',
        );
        const open = new Set<string>();
        for (const [from, to] of children.flatMap(edges)) {
          if (!open.delete(`${to} ${from}`)) open.add(`${from} ${to}`);
        }
        expect([...open], parent.properties.name).to.have.members(edges(parent).map(([from, to]) => `${from} ${to}`));
      }
    });

    it('have boundaries that run along streets with a metre or two of noise', () => {
      const street = metric.get(
        idOf(roads.find((road) => road.properties.name === '解放南路') as (typeof roads)[number]),
      ) as Place[];
      const near = level('town')
        .flatMap((zone) => zone.geometry.coordinates[0] as Place[])
        .map((position) => metresToLine(toMetric(position) as Place, street))
        .filter((metres) => metres < 5);
      expect(near.length).to.be.above(6);
      expect(near.filter((metres) => metres > 0.1).length).to.be.above(3);
      expect(Math.max(...near)).to.be.below(2.5);
    });
  });

  describe('chiefs and assignments', () => {
    const roles = ['general', 'town_l1', 'management_l1', 'community_l2', 'management_l2', 'sanitation_l2'];
    const bothDuties = new Set(['main', 'secondary']);
    const span = (row: Row) =>
      [Math.round(Number(row['from_m']) * 100), Math.round(Number(row['to_m']) * 100)] as const;
    const validity = (row: Row) =>
      [
        Date.parse(row['valid_from'] as string),
        row['valid_to'] === '' ? Infinity : Date.parse(row['valid_to'] as string),
      ] as const;

    it('are some sixty or seventy people in six roles, with telephone numbers nobody has', () => {
      expect(chiefs.length).to.be.within(55, 75);
      expect(new Set(chiefs.map((chief) => chief['role']))).to.have.keys(roles);
      expect(new Set(chiefs.map((chief) => chief['name'])).size).to.equal(chiefs.length);
      for (const chief of chiefs) {
        expect(chief['phone']).to.match(/^1380000\d{4}$/);
        expect(zones.some((zone) => zone.properties.code === chief['zone_code'])).to.equal(true);
      }
    });

    it('lie within their roads, belong to people of the role, and begin before they end', () => {
      for (const row of assignments) {
        const [from, to] = span(row);
        expect(from, row['external_id']).to.be.within(0, to - 1);
        expect(to, row['external_id']).to.be.at.most(
          Math.floor((lengths.get(row['road_external_id'] as string) as number) * 100),
        );
        expect(chiefs.find((chief) => chief['external_id'] === row['chief_external_id'])?.['role']).to.equal(
          row['role'],
        );
        expect(['left', 'right', 'both']).to.include(row['sides']);
        const [begins, ends] = validity(row);
        expect(begins).to.be.below(ends);
        expect(begins).to.be.below(midnight);
      }
    });

    it('never overlap on one role, road, side and day', () => {
      const overlaps: string[] = [];
      assignments.forEach((a, i) => {
        for (const b of assignments.slice(i + 1)) {
          if (a['road_external_id'] !== b['road_external_id'] || a['role'] !== b['role']) continue;
          const sameSide = a['sides'] === b['sides'] || a['sides'] === 'both' || b['sides'] === 'both';
          const [[fromA, toA], [fromB, toB]] = [span(a), span(b)];
          const [[beginsA, endsA], [beginsB, endsB]] = [validity(a), validity(b)];
          if (sameSide && fromA < toB && fromB < toA && beginsA < endsB && beginsB < endsA)
            overlaps.push(`${a['external_id']} ${b['external_id']}`);
        }
      });
      expect(overlaps).to.deep.equal([]);
    });

    it('ask nothing of roads that are not handed over, and all six roles of avenues only', () => {
      for (const row of assignments) {
        const road = roads.find((candidate) => idOf(candidate) === row['road_external_id'])?.properties;
        expect(road?.status).to.equal('handed_over');
        const six = bothDuties.has(road?.class ?? '');
        expect(six || ['general', 'community_l2', 'sanitation_l2'].includes(row['role'] as string)).to.equal(true);
      }
    });

    it('leave believable gaps: 85 to 93 % of the community level is held, a little more or less of the others', () => {
      for (const role of roles) {
        const duty = roads.filter(({ properties }) => {
          const asked =
            bothDuties.has(properties.class) ||
            (['branch', 'alley', 'service'].includes(properties.class) &&
              ['general', 'community_l2', 'sanitation_l2'].includes(role));
          return asked && properties.status === 'handed_over';
        });
        const required = duty.reduce((sum, road) => sum + 200 * (lengths.get(idOf(road)) as number), 0);
        const held = assignments
          .filter((row) => row['role'] === role && validity(row)[1] > midnight)
          .reduce((sum, row) => sum + (span(row)[1] - span(row)[0]) * (row['sides'] === 'both' ? 2 : 1), 0);
        const [low, high] = role === 'community_l2' ? [0.85, 0.93] : [0.75, 0.97];
        expect(held / required, role).to.be.within(low, high);
      }
    });

    it('keep their history: stretches that ended, taken over by another person on the same day or by nobody', () => {
      const ended = assignments.filter((row) => row['valid_to'] !== '');
      const takenOver = ended.filter((row) =>
        assignments.some(
          (next) =>
            next['road_external_id'] === row['road_external_id'] &&
            next['role'] === row['role'] &&
            next['from_m'] === row['from_m'] &&
            next['valid_from'] === row['valid_to'],
        ),
      );
      expect(takenOver.length).to.be.above(20);
      expect(ended.length - takenOver.length).to.be.above(10);
    });
  });

  it('has twenty key points of different names, beside roads that are handed over', () => {
    const keyPoints = rows('key-points.csv');
    expect(keyPoints).to.have.length(20);
    expect(facts.counts['key_points']).to.equal(20);
    expect(new Set(keyPoints.map((row) => row['name'])).size).to.equal(20);
    const inScope = roads.filter((road) => road.properties.status === 'handed_over');
    for (const row of keyPoints) {
      const place = toMetric([Number(row['lon']), Number(row['lat'])]) as Place;
      const [nearest] = inScope
        .map((road) => ({ name: road.properties.name, metres: metresToLine(place, metric.get(idOf(road))!) }))
        .toSorted((a, b) => a.metres - b.metres);
      expect(nearest!.metres, row['name']).to.be.within(3, 10);
      expect(nearest!.name).to.equal(planned.find(({ name }) => name === row['name'])!.road);
      expect(Number(row['reach_m'])).to.be.within(40, 60);
    }
  });

  describe('patrols', () => {
    const patrols = text('patrols.ndjson')
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            external_id: string;
            chief_external_id: string;
            started_at: string;
            every_s: number;
            positions: [number, number][];
          },
      );

    const endOf = ({ started_at, every_s, positions }: (typeof patrols)[number]) =>
      Date.parse(started_at) + 1000 * every_s * positions.length;
    const roleOf = new Map(chiefs.map((chief) => [chief['external_id'], chief['role']]));
    const today = patrols.filter(({ started_at }) => Date.parse(started_at) >= midnight);

    it('are some three hundred in less than three megabytes: of a fortnight, the general chiefs’ of two months', () => {
      expect(patrols.length).to.equal(facts.counts['patrols']);
      expect(patrols.length).to.be.within(300, 400);
      expect(text('patrols.ndjson').length).to.be.below(3_000_000);
      for (const patrol of patrols.filter((one) => !today.includes(one))) {
        const days = roleOf.get(patrol.chief_external_id) === 'general' ? 50 : 14;
        expect(Date.parse(patrol.started_at), patrol.external_id).to.be.above(midnight - days * 86_400_000);
        expect(endOf(patrol), patrol.external_id).to.be.below(midnight);
      }
    });

    it('of the reference date itself are a few, all over by nine in the morning', () => {
      expect(today.length).to.be.within(5, 20);
      for (const patrol of today) expect(endOf(patrol), patrol.external_id).to.be.below(midnight + 9.5 * 3_600_000);
    });

    it('are of every community cadre who holds anything, but for the one of 湖滨社区, and of eleven people of other roles', () => {
      const held = assignments.filter((row) => row['role'] === 'community_l2' && row['valid_to'] === '');
      const cadres = new Set(held.map((row) => row['chief_external_id']));
      const walkers = new Set(patrols.map(({ chief_external_id }) => chief_external_id));
      const idle = chiefs.filter(
        (chief) => cadres.has(chief['external_id']) && !walkers.has(chief['external_id'] as string),
      );
      expect(idle.map((chief) => chief['organisation'])).to.deep.equal(['湖滨社区居民委员会']);
      const others = [...walkers].map((id) => roleOf.get(id)).filter((role) => role !== 'community_l2');
      const count = (role: string) => others.filter((one) => one === role).length;
      expect(['general', 'town_l1', 'management_l1', 'management_l2', 'sanitation_l2'].map(count)).to.deep.equal([
        2, 3, 2, 2, 2,
      ]);
    });

    it('of the daily work, which begin with P078, never have somebody in two places at once', () => {
      const atOnce = patrols.flatMap((one, i) =>
        patrols
          .slice(Math.max(i + 1, 77))
          .filter((other) => other.chief_external_id === one.chief_external_id)
          .filter((other) => Date.parse(one.started_at) < endOf(other) && Date.parse(other.started_at) < endOf(one))
          .map((other) => `${one.external_id} ${other.external_id}`),
      );
      expect(atOnce).to.deep.equal([]);
    });

    it('lead over no street that is only planned', () => {
      const planned = roads.filter((road) => road.properties.status === 'planned');
      const others = [...metric].filter(([id]) => !planned.some((road) => idOf(road) === id));
      for (const road of planned) {
        // The middle of it lies away from all others.
        const line = metric.get(idOf(road))!;
        const middle = line[Math.floor(line.length / 2)]!;
        expect(Math.min(...others.map(([, other]) => metresToLine(middle, other)))).to.be.above(100);
        const near = patrols.filter(({ positions }) =>
          positions.some((position) => {
            const [east, north] = toMetric(position) as Place;
            return Math.hypot(east - middle[0], north - middle[1]) < 60;
          }),
        );
        expect(near.map(({ external_id }) => external_id)).to.deep.equal([]);
      }
    });

    it('of an office are joint checks, once a week on the same day, with the squad at the same time a few metres beside', () => {
      for (const office of chiefs.filter((chief) => chief['role'] === 'town_l1')) {
        const checks = patrols.filter(({ chief_external_id }) => chief_external_id === office['external_id']);
        if (checks.length === 0) continue;
        expect(checks).to.have.length(2);
        const days = checks.map(({ started_at }) => Math.floor((Date.parse(started_at) - midnight) / 86_400_000));
        expect(days[1]! - days[0]!).to.equal(7);
        for (const check of checks) {
          const company = patrols.find((one) => one !== check && one.started_at === check.started_at)!;
          expect(roleOf.get(company.chief_external_id)).to.equal('management_l1');
          const apart = check.positions.map((position, i) => {
            const [a, b] = [toMetric(position), toMetric(company.positions[i]!)] as [Place, Place];
            return Math.hypot(a[0] - b[0], a[1] - b[1]);
          });
          expect(Math.max(...apart)).to.be.within(1, 50);
        }
      }
    });

    it('have one track twice', () => {
      const [walked, copied] = ['P062', 'P072'].map((id) => patrols.find(({ external_id }) => external_id === id)!);
      expect(copied!.positions).to.deep.equal(walked!.positions);
      expect(copied!.started_at).to.not.equal(walked!.started_at);
    });

    it('of two cadres lead through a lane that is not registered: 150 m and more further than 25 m from any road', () => {
      const cadres = patrols.slice(74, 77);
      const through = cadres.filter(({ positions }) => {
        const far = positions
          .map((position) => toMetric(position) as Place)
          .filter((place) => ![...metric.values()].some((line) => metresToLine(place, line) < 25));
        return lengthOf(far) > 150;
      });
      expect(through.map(({ external_id }) => external_id)).to.deep.equal(['P075', 'P076', 'P077']);
      expect(new Set(through.map(({ chief_external_id }) => chief_external_id)).size).to.equal(2);
    });
  });

  describe('issues', () => {
    it('are 1,500 to 2,500 in the half year before the reference date, in order of time', () => {
      expect(issues.length).to.be.within(1500, 2500);
      const times = issues.map((issue) => Date.parse(issue['reported_at'] as string));
      expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
      expect(times[0]).to.be.above(midnight - 185 * 86_400_000);
      expect(times.at(-1)).to.be.below(midnight);
    });

    it('have a code and surface of the code table', () => {
      for (const issue of issues) {
        const category = categories.find((row) => row['kind'] === issue['kind'] && row['code'] === issue['code']);
        expect(category?.['surface'], `${issue['kind']} ${issue['code']}`).to.equal(issue['surface']);
      }
    });

    it('are closed after they were reported, and only then carry a time of closing', () => {
      for (const issue of issues) {
        expect(issue['closed_at'] !== '', issue['external_id']).to.equal(issue['status'] === 'closed');
        if (issue['closed_at'] === '') continue;
        expect(Date.parse(issue['closed_at'] as string)).to.be.within(
          Date.parse(issue['reported_at'] as string),
          midnight,
        );
      }
      const open = issues.filter((issue) => !['closed', 'void'].includes(issue['status'] as string));
      expect(open.length).to.be.within(30, 150);
    });

    it('lie near a road, but for a few in parks and fields and two in a lane that is not registered', () => {
      const far = issues.filter((issue) => {
        const place = toMetric([Number(issue['lon']), Number(issue['lat'])]) as Place;
        return ![...metric.values()].some((line) => metresToLine(place, line) < 45);
      });
      expect(far.length).to.be.within(5, 20);
      const elsewhere = far.filter((issue) => !issue['text']!.includes('小巷'));
      expect(new Set(elsewhere.map((issue) => issue['code']))).to.have.keys(['06047', '06020']);
    });
  });

  describe('the code table', () => {
    it('has 153 parts and 250 matters, each kind and code once, with names in two languages and a surface', () => {
      expect(categories).to.have.length(403);
      expect(categories.filter((row) => row['kind'] === 'part')).to.have.length(153);
      expect(new Set(categories.map((row) => `${row['kind']} ${row['code']}`)).size).to.equal(403);
      expect(new Set(categories.map((row) => row['name_en'])).size).to.equal(403);
      for (const row of categories) {
        expect(row['class_code']).to.equal(row['code']?.slice(0, 2));
        expect(row['name_zh'], row['code']).to.match(/\p{Script=Han}/u);
        expect(row['name_en'], row['code']).to.match(/^[A-Z][\x20-\x7e]+$/);
        expect(['ground', 'facade', 'roof']).to.include(row['surface']);
      }
    });

    it('leaves out the numbers that the standard leaves out', () => {
      const missing = ['01016', '05001', '05004', '05005', '05006', '05007', '05008', '06031', '07005', '09007'];
      expect(categories.filter((row) => missing.includes(row['code'] as string))).to.deep.equal([]);
    });

    it('has the Chinese names of the transcription it was made from', function () {
      if (!existsSync(sharedCodes)) return this.skip();
      const source = parse(readFileSync(sharedCodes, 'utf8'), { columns: true }) as Row[];
      expect(categories.map((row) => [row['kind'], row['code'], row['name_zh']])).to.deep.equal(
        source.map((row) => [row['kind'], row['code'], row['name']]),
      );
    });
  });
});

function lengthOf(line: readonly Place[]): number {
  return line
    .slice(1)
    .reduce(
      (sum, [east, north], i) => sum + Math.hypot(east - (line[i] as Place)[0], north - (line[i] as Place)[1]),
      0,
    );
}

function metresToLine([east, north]: Place, line: readonly Place[]): number {
  let best = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [[ax, ay], [bx, by]] = [line[i - 1] as Place, line[i] as Place];
    const squared = (bx - ax) ** 2 + (by - ay) ** 2;
    const share = Math.max(0, Math.min(1, ((east - ax) * (bx - ax) + (north - ay) * (by - ay)) / squared));
    best = Math.min(best, Math.hypot(east - ax - share * (bx - ax), north - ay - share * (by - ay)));
  }
  return best;
}

/** Pairs of lines with segments that cross properly, found by brute force over a grid of 100 m. */
function crossingSegments(lines: ReadonlyMap<string, readonly Place[]>): [string, string][] {
  const cells = new Map<string, { id: string; a: Place; b: Place }[]>();
  for (const [id, line] of lines) {
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1] as Place, line[i] as Place];
      for (let x = Math.floor(Math.min(a[0], b[0]) / 100); x <= Math.max(a[0], b[0]) / 100; x++) {
        for (let y = Math.floor(Math.min(a[1], b[1]) / 100); y <= Math.max(a[1], b[1]) / 100; y++) {
          cells.set(`${x} ${y}`, [...(cells.get(`${x} ${y}`) ?? []), { id, a, b }]);
        }
      }
    }
  }
  const pairs = new Map<string, [string, string]>();
  for (const segments of cells.values()) {
    segments.forEach((one, i) => {
      for (const other of segments.slice(i + 1)) {
        if (one.id !== other.id && cross(one.a, one.b, other.a, other.b))
          pairs.set(`${one.id} ${other.id}`, [one.id, other.id]);
      }
    });
  }
  return [...pairs.values()];
}

/** Strictly on opposite sides of each other by more than a millimetre: touching ends do not count. */
function cross(a: Place, b: Place, c: Place, d: Place): boolean {
  const side = (p: Place, q: Place, r: Place) =>
    ((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])) / Math.hypot(q[0] - p[0], q[1] - p[1]);
  const apart = (one: number, other: number) => (one > 0.02 && other < -0.02) || (one < -0.02 && other > 0.02);
  return apart(side(a, b, c), side(a, b, d)) && apart(side(c, d, a), side(c, d, b));
}
