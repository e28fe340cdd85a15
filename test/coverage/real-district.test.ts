/**
 * Dongcheng and Xicheng: real roads, invented inner borders, known gaps. What the audit should find is counted here
 * centimetre by centimetre, in arrays, from what was handed out; where zones lie on roads is taken as it is kept.
 * On the embedded engine Dongcheng alone. Needs ../shared/data.
 */
import { expect } from 'chai';
import request from 'supertest';
import { createApp } from '../../api/app.ts';
import type { Coverage, Gap, GapList } from '../../api/coverage/coverage.contract.ts';
import { roleKeys, type Sides } from '../../api/http/shapes.ts';
import { importFile } from '../../api/interop/imports.ts';
import { eachEngine } from '../support/district.ts';
import {
  handOutExceptGaps,
  ofTown,
  requiredOn,
  type KnownDistrict,
  type Part,
  type Street,
} from '../support/known-gaps.ts';
import { dataFile } from '../support/read-streets.ts';
import { contextOf } from '../support/server.ts';
import { seededRandom } from '../support/shapes.ts';

const files = ['roads', 'zones-voronoi'].map((name) => dataFile(`beijing-2013/${name}.geojson`));
/** A metre and a side of it is held by these roles (six bits), in this town (nine) and community (nine). */
type SideOf = [left: Int32Array, right: Int32Array];
type Stretch = { from: number; to: number; sides: Sides; value: number };
type Tally = { required: number; met: number; missing: number; tolerated: number };
type Truth = { unheld: string[]; unwalked: string[]; tallies: Map<string, Tally>; metres: number; noCommunity: number };

const communityBit = 1 << roleKeys.indexOf('community_l2');
const townOf = (state: number): number => (state >> 6) & 511;
const communityOf = (state: number): number => state >> 15;

eachEngine(
  `the audit of two real districts${files.includes(null) ? ', skipped because ../shared/data is not there' : ''}`,
  (district) => {
    let api: ReturnType<typeof request>;
    let known: KnownDistrict;
    let truth: Map<number, Truth>;
    let districts: number[];
    const get = async <T>(path: string): Promise<T> => (await api.get(path).expect(200)).body as T;
    const coverage = (query: string): Promise<Coverage> => get(`/api/coverage?${query}`);

    async function allGaps(query: string): Promise<{ list: GapList; gaps: Gap['properties'][] }> {
      const list = await get<GapList>(`/api/coverage/gaps?limit=1000&${query}`);
      const gaps = list.features.map(({ properties }) => properties);
      let cursor = list.next_cursor;
      while (cursor) {
        const next: GapList = await get(`/api/coverage/gaps?limit=1000&${query}&cursor=${cursor}`);
        gaps.push(...next.features.map(({ properties }) => properties));
        cursor = next.next_cursor;
      }
      return { list, gaps };
    }

    before(async function () {
      this.timeout(300_000);
      const [roads, zones] = files;
      if (!roads || !zones) return this.skip();
      const { db, engine } = district();
      await importFile(db, roads, { kind: 'roads' }, { actor: 'tester' });
      await importFile(db, zones, { kind: 'zones' }, { actor: 'tester' });
      const codes = engine === 'embedded' ? ['110101000000'] : ['110101000000', '110102000000'];
      districts = await db('zones').whereIn('code', codes).orderBy('code').pluck<number[]>('id');
      known = await handOutExceptGaps(db, districts, '2026-05-06', seededRandom(4));
      const parents = await db('zones').select<{ id: number; parent_id: number | null }[]>('id', 'parent_id');
      truth = countByCentimetre(known, new Map(parents.map(({ id, parent_id }) => [id, parent_id])), districts);
      api = request(createApp(contextOf(district())));
    });

    it('has hundreds of gaps, of every shape', () => {
      expect(known.gaps.length).to.be.above(200);
      expect(new Set(known.gaps.map(({ sides }) => sides))).to.deep.equal(new Set([1, 2, 3]));
      expect(known.unwalked.length).to.be.above(200);
    });

    it('lists exactly the gaps that were left, cut where a border cuts them, and not one more', async function () {
      this.timeout(120_000);
      for (const id of districts) {
        const { list, gaps } = await allGaps(`kind=unheld&zone_id=${id}`);
        sameSet(
          gaps.map((gap) => told(gap)),
          truth.get(id)!.unheld,
        );
        expect(list.count).to.equal(gaps.length);
        expect(sideCm(list.missing_m)).to.equal(sum(truth.get(id)!, 'unheld', 'missing'));
      }
    });

    it('required = met + missing, to the centimetre, for each role and class', async function () {
      this.timeout(120_000);
      for (const id of districts) {
        const { groups, road_m, total } = await coverage(`zone_id=${id}&group=class`);
        expect(sideCm(road_m)).to.equal(truth.get(id)!.metres);
        expect(sideCm(total.missing_m)).to.equal(sum(truth.get(id)!, 'unheld', 'missing'));
        const seen = groups.flatMap(({ name, roles }) =>
          roles
            .filter(({ required_m }) => required_m > 0)
            .map(({ role, required_m, met_m, missing_m }) =>
              [`${name} ${role}`, ...[required_m, met_m, missing_m].map(sideCm)].join(' '),
            ),
        );
        const expected = [...truth.get(id)!.tallies]
          .filter(([key]) => key.startsWith('unheld '))
          .map(([key, { required, met, missing }]) => [key.slice(7), required, met, missing].join(' '));
        sameSet(seen, expected);
      }
    });

    it('tells the metres that the borders leave in no community', async function () {
      this.timeout(120_000);
      for (const id of districts) {
        const { total } = await coverage(`kind=unzoned&zone_id=${id}&group=none`);
        expect([sideCm(total.required_m), sideCm(total.missing_m)]).to.deep.equal([
          truth.get(id)!.metres,
          truth.get(id)!.noCommunity,
        ]);
      }
    });

    it('lists exactly what was not walked that day, and tolerates a tenth of a segment', async function () {
      this.timeout(120_000);
      for (const id of districts) {
        const asked = `kind=unwalked&role=community_l2&at=2026-05-07&zone_id=${id}`;
        const { list, gaps } = await allGaps(asked);
        sameSet(
          gaps.map((gap) => `${told(gap)} ${gap.chief?.id ?? null}`),
          truth.get(id)!.unwalked,
        );
        const { total, groups } = await coverage(`${asked}&group=class`);
        expect(sideCm(list.missing_m)).to.equal(sideCm(total.missing_m));
        const seen = groups.map(({ name, required_m, met_m, missing_m, tolerated_m }) =>
          [name, ...[required_m, met_m, missing_m, tolerated_m].map(sideCm)].join(' '),
        );
        const expected = [...truth.get(id)!.tallies]
          .filter(([key]) => key.startsWith('unwalked '))
          .map(([key, { required, met, missing, tolerated }]) =>
            [key.slice(9), required, met, missing, tolerated].join(' '),
          );
        sameSet(seen, expected);
        expect(sum(truth.get(id)!, 'unwalked', 'tolerated')).to.be.above(0);
      }
    });

    it('loses exactly the length of what one further assignment closes', async function () {
      this.timeout(120_000);
      const [id] = districts;
      const before = await allGaps(`kind=unheld&role=community_l2&zone_id=${id}`);
      const closed = before.gaps.find(
        ({ community, length_m, sides }) => community && sides === 'both' && length_m > 20,
      )!;
      const to_m = Math.round(closed.from_m! * 100 + closed.length_m * 33) / 100;
      await api
        .post('/api/assignments/changes')
        .send({
          changes: [
            {
              op: 'assign',
              road_id: closed.road_id,
              from_m: closed.from_m,
              to_m,
              role: 'community_l2',
              chief_id: known.chiefs.get(`community_l2 ${closed.community!.id}`),
            },
          ],
        })
        .expect(200);
      const after = await allGaps(`kind=unheld&role=community_l2&zone_id=${id}`);
      expect(sideCm(before.list.missing_m) - sideCm(after.list.missing_m)).to.equal(
        2 * Math.round(100 * (to_m - closed.from_m!)),
      );
      const rest = told(closed).replace(` ${Math.round(closed.from_m! * 100)} `, ` ${Math.round(to_m * 100)} `);
      sameSet(after.gaps.map(told), [...before.gaps.filter((gap) => gap !== closed).map(told), rest]);
    });
  },
  4548,
);

const sideCm = (metres: number): number => Math.round(200 * metres);
const told = ({ road_id, role, town, community, from_m, to_m, sides }: Gap['properties']): string =>
  [road_id, role, town?.id ?? 0, community?.id ?? 0, Math.round(from_m! * 100), Math.round(to_m! * 100), sides].join(
    ' ',
  );
const sum = ({ tallies }: Truth, kind: string, what: keyof Tally): number =>
  [...tallies].reduce((total, [key, tally]) => total + (key.startsWith(`${kind} `) ? tally[what] : 0), 0);

/** Says which differ: the whole of two long lists tells nobody anything. */
function sameSet(seen: readonly string[], expected: readonly string[]): void {
  const [here, there] = [new Set(seen), new Set(expected)];
  const missed = expected.filter((one) => !here.has(one)).slice(0, 5);
  const invented = seen.filter((one) => !there.has(one)).slice(0, 5);
  expect({ missed, invented, count: seen.length }).to.deep.equal({ missed: [], invented: [], count: expected.length });
}

/** District by district, road by road: one array of centimetres a side. */
function countByCentimetre(
  { streets, zoned, gaps, walked, chiefs }: KnownDistrict,
  parents: Map<number, number | null>,
  districts: number[],
): Map<number, Truth> {
  const truth = new Map<number, Truth>(
    districts.map((id) => [id, { unheld: [], unwalked: [], tallies: new Map(), metres: 0, noCommunity: 0 }]),
  );
  const districtOf = (state: number): number =>
    townOf(state)
      ? parents.get(townOf(state))!
      : communityOf(state)
        ? parents.get(parents.get(communityOf(state))!)!
        : 0;
  const onRoad = <One extends Part>(parts: readonly One[]): Map<number, One[]> => {
    const map = new Map<number, One[]>();
    for (const part of parts) map.set(part.road_id, [...(map.get(part.road_id) ?? []), part]);
    return map;
  };
  const [zonedOn, gapsOn, walkedOn] = [onRoad(zoned), onRoad(gaps), onRoad(walked)];
  for (const street of streets) {
    const states: SideOf = [new Int32Array(street.length_cm), new Int32Array(street.length_cm)];
    const paint = ({ from, to, sides }: Part, change: (state: number) => number): void => {
      for (const [side, array] of states.entries()) {
        if (sides & (1 << side)) for (let cm = from; cm < to; cm++) array[cm] = change(array[cm]!);
      }
    };
    for (const part of zonedOn.get(street.id)!) {
      let bits = part.zone_id << (part.level === 'town' ? 6 : 15);
      for (const role of requiredOn[street.class]) {
        if (ofTown.includes(role) === (part.level === 'town')) bits |= 1 << roleKeys.indexOf(role);
      }
      paint(part, (state) => state | bits);
    }
    for (const gap of gapsOn.get(street.id) ?? []) paint(gap, (state) => state & ~(1 << roleKeys.indexOf(gap.role)));
    const feet: SideOf = [new Int32Array(street.length_cm), new Int32Array(street.length_cm)];
    for (const { from, to, sides } of walkedOn.get(street.id) ?? []) {
      for (const [side, array] of feet.entries()) if (sides & (1 << side)) array.fill(1, from, to);
    }
    for (const id of districts)
      countStreet(street, states, feet, (state) => districtOf(state) === id, chiefs, truth.get(id)!);
  }
  return truth;
}

function countStreet(
  street: Street,
  states: SideOf,
  feet: SideOf,
  isInside: (state: number) => boolean,
  chiefs: Map<string, number>,
  truth: Truth,
): void {
  const segments = stretchesOf(states).filter(({ value }) => isInside(value));
  if (segments.length === 0) return;
  const inside = states.map((array) => new Uint8Array(array.length));
  for (const { from, to, sides } of segments) {
    if (sides !== 'right') inside[0]!.fill(1, from, to);
    if (sides !== 'left') inside[1]!.fill(1, from, to);
  }
  const tally = (key: string): Tally => {
    const one = truth.tallies.get(key) ?? { required: 0, met: 0, missing: 0, tolerated: 0 };
    truth.tallies.set(key, one);
    return one;
  };
  const place = (value: number): string => `${townOf(value)} ${communityOf(value)}`;
  const span = ({ from, to, sides }: Stretch): string => `${from} ${to} ${sides}`;
  for (const role of requiredOn[street.class]) {
    const bit = 1 << roleKeys.indexOf(role);
    const count = tally(`unheld ${street.class} ${role}`);
    // Where the role is missing, the place; bit 0 tells it from nothing.
    const missing: SideOf = [new Int32Array(street.length_cm), new Int32Array(street.length_cm)];
    for (const [side, array] of states.entries()) {
      for (let cm = 0; cm < array.length; cm++) {
        const state = array[cm]!;
        if (!inside[side]![cm]) continue;
        count.required += 1;
        if (state & bit) count.met += 1;
        else {
          count.missing += 1;
          missing[side]![cm] = (state & ~63) | 1;
        }
      }
    }
    truth.unheld.push(...stretchesOf(missing).map((one) => `${street.id} ${role} ${place(one.value)} ${span(one)}`));
  }
  // A duty is kept or not segment by segment; what is missing is put together again.
  const unwalked: SideOf = [new Int32Array(street.length_cm), new Int32Array(street.length_cm)];
  const count = tally(`unwalked ${street.class}`);
  for (const { from, to, sides, value } of segments) {
    const own = sides === 'both' ? [0, 1] : [sides === 'left' ? 0 : 1];
    let steps = 0;
    for (const side of own) for (let cm = from; cm < to; cm++) steps += feet[side]![cm]!;
    const required = own.length * (to - from);
    truth.metres += required;
    if (communityOf(value) === 0) truth.noCommunity += required;
    const isMet = steps * 10 >= required * 9;
    count.required += required;
    count.met += isMet ? required : steps;
    count[isMet ? 'tolerated' : 'missing'] += required - steps;
    if (isMet) continue;
    for (const side of own) {
      for (let cm = from; cm < to; cm++)
        if (!feet[side]![cm]) unwalked[side]![cm] = (value & ~63) | (value & communityBit) | 1;
    }
  }
  for (const one of stretchesOf(unwalked)) {
    const chief = one.value & communityBit ? chiefs.get(`community_l2 ${communityOf(one.value)}`) : null;
    truth.unwalked.push(`${street.id} community_l2 ${place(one.value)} ${span(one)} ${chief}`);
  }
}

/** Maximal stretches of one value that is not 0: on both sides where they agree, else on each. */
function stretchesOf([left, right]: SideOf): Stretch[] {
  const found: Stretch[] = [];
  const open: Record<Sides, Stretch | null> = { left: null, right: null, both: null };
  for (let cm = 0; cm < left.length; cm++) {
    const a = left[cm]!;
    const b = right[cm]!;
    if (cm > 0 && a === left[cm - 1] && b === right[cm - 1]) continue;
    step('both', a === b ? a : 0, cm);
    step('left', a === b ? 0 : a, cm);
    step('right', a === b ? 0 : b, cm);
  }
  for (const sides of ['left', 'right', 'both'] as const) step(sides, 0, left.length);
  return found;

  function step(sides: Sides, value: number, cm: number): void {
    if ((open[sides]?.value ?? 0) === value) return;
    if (open[sides]) found.push({ ...open[sides], to: cm });
    open[sides] = value === 0 ? null : { from: cm, to: cm, sides, value };
  }
}
