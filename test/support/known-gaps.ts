/**
 * Hands out real roads to chiefs except at gaps that are known: every required role of every metre in a town or community
 * to the one chief of it, and walks of one day except on stretches that are known. Seeded, so it is the same every time.
 * What follows from it is for the test to say (test/coverage/real-district.test.ts).
 */
import type { Knex } from 'knex';
import { takeAssignments, type AssignmentDraft } from '../../api/assignments/take-assignments.ts';
import { openChange, touch } from '../../api/database/change-log.ts';
import { roleKeys, type RoadClass, type Role, type Sides } from '../../api/http/shapes.ts';
import { readRange, sidesWord } from '../../api/http/units.ts';
import { refreshSegments } from '../../api/segments/segments.ts';
import { addPatrol, type PassRow } from './patrol-rows.ts';

/** Measures in centimetres, on the left (1), the right (2) or both sides (3). */
export type Part = { road_id: number; from: number; to: number; sides: 1 | 2 | 3 };
export type KnownGap = Part & { role: Role };
export type ZonePart = Part & { zone_id: number; level: 'town' | 'community' };
export type Street = { id: number; class: RoadClass; length_cm: number };
export type KnownDistrict = {
  streets: Street[];
  zoned: ZonePart[];
  gaps: KnownGap[];
  /** Walked by the community's chief on the day, and left out by them. */
  walked: Part[];
  unwalked: Part[];
  chiefs: Map<string, number>;
};

/** R8, R13-R16, as the plan has them; copied here and not read from the tables. */
const everywhere: Role[] = ['general', 'community_l2', 'sanitation_l2'];
export const requiredOn: Record<RoadClass, Role[]> = {
  main: [...roleKeys],
  secondary: [...roleKeys],
  branch: everywhere,
  alley: everywhere,
  service: everywhere,
  path: ['community_l2'],
  other: ['community_l2'],
};
/** Held by somebody of the town; the other roles by somebody of the community. */
export const ofTown: readonly Role[] = ['general', 'town_l1', 'management_l1'];

/** @param districts their ids. @param day of the walks, `2026-05-06`. */
export async function handOutExceptGaps(
  db: Knex,
  districts: number[],
  day: string,
  random: () => number,
): Promise<KnownDistrict> {
  const { streets, zoned } = await readDistricts(db, districts);
  const bordersOf = new Map<number, number[]>();
  for (const { road_id, from } of zoned) {
    if (from > 0) bordersOf.set(road_id, [...(bordersOf.get(road_id) ?? []), from]);
  }
  const gaps = streets.flatMap((street) => inventGaps(street, bordersOf.get(street.id) ?? [], random));
  const chiefs = await addChiefs(db, zoned);
  await assignExcept(db, streets, zoned, gaps, chiefs);
  const communities = zoned.filter(({ level }) => level === 'community');
  const unwalked = communities.flatMap((part) => inventUnwalked(part, random));
  const walked = await walkExcept(db, communities, unwalked, chiefs, day);
  return { streets, zoned, gaps, walked, unwalked, chiefs };
}

async function readDistricts(db: Knex, districts: number[]): Promise<{ streets: Street[]; zoned: ZonePart[] }> {
  const { rows } = await db.raw<{
    rows: { zone_id: number; level: ZonePart['level']; road_id: number; span: string; sides: string }[];
  }>(
    `select s.zone_id, s.level, s.road_id, s.span, s.sides
     from zone_stretches s join zones z on z.id = s.zone_id left join zones p on p.id = z.parent_id
     where s.level in ('town', 'community') and (z.parent_id = any (?) or p.parent_id = any (?))
     order by s.road_id, s.level, s.span, s.sides`,
    [districts, districts],
  );
  const zoned = rows.map(({ span, sides, ...row }): ZonePart => {
    const [from, to] = readRange(span);
    const bits: Record<Sides, Part['sides']> = { left: 1, right: 2, both: 3 };
    return { ...row, from, to, sides: bits[sidesWord(sides)] };
  });
  const streets = await db('roads')
    .whereRaw('id = any (?)', [[...new Set(zoned.map(({ road_id }) => road_id))]])
    .where({ status: 'handed_over' })
    .orderBy('id')
    .select<Street[]>('id', 'class', 'length_cm');
  const handedOver = new Set(streets.map(({ id }) => id));
  return { streets, zoned: zoned.filter(({ road_id }) => handedOver.has(road_id)) };
}

/** One road in six has a gap, of one of nine shapes. */
function inventGaps(
  { id: road_id, class: kind, length_cm: end }: Street,
  borders: number[],
  random: () => number,
): KnownGap[] {
  const below = (limit: number): number => Math.floor(random() * limit);
  if (random() > 1 / 6 || end < 1000) return [];
  const roles = requiredOn[kind];
  const role = roles[below(roles.length)]!;
  const other = roles[below(roles.length)]!;
  const [a, b, c] = [below(end), below(end), below(end)].toSorted((one, two) => one - two) as [number, number, number];
  const gap = (of: Role, from: number, to: number, sides: Part['sides'] = 3): KnownGap[] =>
    from < to ? [{ road_id, role: of, from, to, sides }] : [];
  const border = borders[below(borders.length)] ?? a;
  const shapes: (() => KnownGap[])[] = [
    () => gap(role, a, c),
    () => gap(role, a, c, 1),
    () => gap(role, a, c, 2),
    () => gap(role, 0, end),
    () => gap(role, Math.max(0, border - 1 - below(20_000)), Math.min(end, border + 1 + below(20_000))),
    () => (random() < 0.5 ? gap(role, 0, b + 1) : gap(role, b, end)),
    // Two that touch: of one role they are one gap, of two they are two.
    () => [...gap(role, a, b), ...gap(role, b, c)],
    () => [...gap(role, a, b), ...(role === other ? [] : gap(other, b, c))],
    // Both sides, but not from and to the same metre; and a single centimetre.
    () => [
      ...gap(role, a, c, 1),
      ...gap(role, b, end, 2),
      ...gap(other === role ? role : other, a, a + 1, other === role ? 2 : 3),
    ],
  ];
  const made = shapes[below(shapes.length)]!();
  return made.filter((one, i) => !made.slice(0, i).some((before) => before.role === one.role && meet(before, one)));
}

const meet = (one: Part, two: Part): boolean => one.from < two.to && two.from < one.to && (one.sides & two.sides) !== 0;

/** On one part in five: more or less than what is tolerated, exactly that, or all of it; now and then on one side. */
function inventUnwalked({ road_id, from, to, sides }: Part, random: () => number): Part[] {
  if (random() > 1 / 5) return [];
  const length = to - from;
  const shares = [0.02, 0.08, 0.1, 0.15, 0.4, 1];
  const left_out = Math.max(1, Math.floor(length * shares[Math.floor(random() * shares.length)]!));
  const start = from + Math.floor(random() * (length - left_out + 1));
  const one = sides === 3 && random() < 0.25 ? (random() < 0.5 ? 1 : 2) : sides;
  return [{ road_id, from: start, to: start + left_out, sides: one }];
}

/** One chief a role and zone, found by `role zone`. */
async function addChiefs(db: Knex, zoned: ZonePart[]): Promise<Map<string, number>> {
  const change_id = await openChange(db, { actor: 'tester', kind: 'test' });
  const rows = [...new Map(zoned.map((part) => [part.zone_id, part])).values()].flatMap(({ zone_id, level }) =>
    roleKeys
      .filter((role) => ofTown.includes(role) === (level === 'town'))
      .map((role) => ({ name: `${role} ${zone_id}`, role, zone_id, change_id })),
  );
  const added = await db('chiefs').insert(rows).returning<{ id: number; name: string }[]>(['id', 'name']);
  return new Map(added.map(({ id, name }) => [name, id]));
}

async function assignExcept(
  db: Knex,
  streets: Street[],
  zoned: ZonePart[],
  gaps: KnownGap[],
  chiefs: Map<string, number>,
): Promise<void> {
  const classOf = new Map(streets.map((street) => [street.id, street.class]));
  const drafts: AssignmentDraft[] = [];
  for (const part of zoned) {
    for (const role of requiredOn[classOf.get(part.road_id)!]) {
      if (ofTown.includes(role) !== (part.level === 'town')) continue;
      const cuts = gaps.filter((gap) => gap.road_id === part.road_id && gap.role === role);
      for (const { road_id, from, to, sides } of without(part, cuts)) {
        drafts.push({
          row: drafts.length + 1,
          external_id: null,
          road_id,
          from_cm: from,
          to_cm: to,
          sides: words[sides],
          role,
          chief_id: chiefs.get(`${role} ${part.zone_id}`)!,
          valid_from: '2020-01-01',
          valid_to: null,
        });
      }
    }
  }
  await db.transaction(async (trx) => {
    const change_id = await openChange(trx, { actor: 'tester', kind: 'test' });
    const { refused, road_ids } = await takeAssignments(trx, change_id, drafts);
    if (refused.length > 0) throw new Error(`${refused.length} refused: ${refused[0]!.reason}`);
    await refreshSegments(trx, road_ids);
    await touch(trx, 'assignments');
  });
}

/**
 * Every community's chief walks all of it but what is left out. What must not count is put there: a walk that is not
 * credited, one of the day before, one of another role.
 */
async function walkExcept(
  db: Knex,
  communities: ZonePart[],
  unwalked: Part[],
  chiefs: Map<string, number>,
  day: string,
): Promise<Part[]> {
  const walks = new Map<number, Part[]>();
  for (const part of communities) {
    const cuts = unwalked.filter(({ road_id }) => road_id === part.road_id);
    walks.set(part.zone_id, [...(walks.get(part.zone_id) ?? []), ...without(part, cuts)]);
  }
  const pass = ({ road_id, from, to, sides }: Part, more: Partial<PassRow> = {}): PassRow => ({
    road_id,
    span: [from, to],
    sides: ranges[sides],
    from: `${day}T09:00:00+08:00`,
    ...more,
  });
  const before = new Date(Date.parse(`${day}T23:59:59+08:00`) - 86_400_000).toISOString();
  const [first] = communities;
  await db.transaction(async (trx) => {
    for (const [zone_id, parts] of walks) {
      await addPatrol(
        trx,
        chiefs.get(`community_l2 ${zone_id}`)!,
        parts.map((part) => pass(part)),
      );
    }
    const chief = chiefs.get(`community_l2 ${first!.zone_id}`)!;
    await addPatrol(
      trx,
      chief,
      unwalked.map((part) => pass(part, { credited: false })),
    );
    await addPatrol(
      trx,
      chief,
      unwalked.map((part) => pass(part, { from: before })),
    );
    await addPatrol(
      trx,
      chiefs.get(`sanitation_l2 ${first!.zone_id}`)!,
      unwalked.map((part) => pass(part)),
    );
  });
  return [...walks.values()].flat();
}

const words = { 1: 'left', 2: 'right', 3: 'both' } as const;
const ranges = { 1: '[0,1)', 2: '[1,2)', 3: '[0,2)' } as const;

/** What is left of a part: on both its sides together, or on each where something is cut out of one side alone. */
function without({ road_id, from, to, sides }: Part, cuts: readonly Part[]): Part[] {
  const own = cuts.filter((cut) => meet(cut, { road_id, from, to, sides }));
  const together = own.every((cut) => (cut.sides & sides) === sides);
  const apart: Part['sides'][] = together ? [sides] : [1, 2];
  return apart.flatMap((some) => {
    const left: Part[] = [];
    let at = from;
    for (const cut of own.filter((one) => (one.sides & some) !== 0).toSorted((one, two) => one.from - two.from)) {
      if (cut.from > at) left.push({ road_id, from: at, to: cut.from, sides: some });
      at = Math.max(at, cut.to);
    }
    if (at < to) left.push({ road_id, from: at, to, sides: some });
    return left;
  });
}
