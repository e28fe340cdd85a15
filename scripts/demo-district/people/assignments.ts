import type { Post, Role } from './chiefs.ts';
import type { Road } from '../streets/finished-roads.ts';
import type { RoadClass } from '../drawing/network.ts';
import type { Gap } from './gaps.ts';
import type { Run } from '../land/territory.ts';
import { bureauArea } from '../plan/zone-plan.ts';
import type { Zone } from '../land/zones.ts';

export interface Assignment {
  externalId: string;
  road: Road;
  fromCm: number;
  toCm: number;
  sides: 'left' | 'right' | 'both';
  role: Role;
  chiefId: string;
  from: string;
  to: string | null;
}

const l2: readonly Role[] = ['general', 'community_l2', 'sanitation_l2'];
const all: readonly Role[] = ['general', 'town_l1', 'management_l1', 'community_l2', 'management_l2', 'sanitation_l2'];

/** Which roles a class of road asks for, once the road is handed over (R5, R13-R16, R8 for alleys). */
export const requiredRoles: Record<RoadClass, readonly Role[]> = {
  main: all,
  secondary: all,
  branch: l2,
  alley: l2,
  service: l2,
  path: [],
  other: [],
};

interface Piece {
  fromCm: number;
  toCm: number;
  left: Post | null;
  right: Post | null;
}

/** Deals a road out to the posts: by community and side where it runs along a boundary, less the gaps. */
export function assignRoad(
  road: Road,
  runs: readonly Run[],
  gaps: readonly Gap[],
  posts: readonly Post[],
): Omit<Assignment, 'externalId'>[] {
  if (road.status !== 'handed_over') return [];
  return requiredRoles[road.roadClass].flatMap((role) => {
    const pieces = piecesOf(
      road,
      role,
      runs,
      gaps.filter((gap) => gap.roles.includes(role)),
      posts,
    );
    return pieces.flatMap((piece) => {
      const stretch = { road, role, fromCm: piece.fromCm, toCm: piece.toCm };
      if (piece.left === piece.right) return tenured(piece.left, { ...stretch, sides: 'both' });
      return [
        ...tenured(piece.left, { ...stretch, sides: 'left' }),
        ...tenured(piece.right, { ...stretch, sides: 'right' }),
      ];
    });
  });
}

function tenured(
  post: Post | null,
  stretch: Pick<Assignment, 'road' | 'role' | 'fromCm' | 'toCm' | 'sides'>,
): Omit<Assignment, 'externalId'>[] {
  return (post?.tenures ?? []).map(({ chief, from, to }) => ({ ...stretch, chiefId: chief.externalId, from, to }));
}

/** Maximal pieces on which the posts of both sides stay the same. */
function piecesOf(road: Road, role: Role, runs: readonly Run[], gaps: readonly Gap[], posts: readonly Post[]): Piece[] {
  const cuts = [...runs.map((run) => run.fromCm), ...gaps.flatMap((gap) => [gap.fromCm, gap.toCm]), road.lengthCm];
  const sorted = [...new Set(cuts)].toSorted((a, b) => a - b);
  const pieces: Piece[] = [];
  for (let i = 1; i < sorted.length; i++) {
    const [fromCm, toCm] = [sorted[i - 1] as number, sorted[i] as number];
    const run = runs.find((candidate) => candidate.fromCm <= fromCm && candidate.toCm >= toCm);
    const missing = (side: 'left' | 'right') =>
      gaps.some((gap) => gap.fromCm <= fromCm && gap.toCm >= toCm && (gap.sides === side || gap.sides === 'both'));
    const left = run === undefined || missing('left') ? null : postFor(posts, role, run.left, run.led);
    const right = run === undefined || missing('right') ? null : postFor(posts, role, run.right, run.led);
    const before = pieces.at(-1);
    if (before !== undefined && before.left === left && before.right === right) before.toCm = toCm;
    else pieces.push({ fromCm, toCm, left, right });
  }
  return pieces;
}

/** Inside the four lines the bureau's own people hold the management posts, whatever the town (R7). */
function postFor(posts: readonly Post[], role: Role, zone: Zone | null, led: boolean): Post | null {
  if (zone === null) return null;
  const area = led && (role === 'management_l1' || role === 'management_l2') ? bureauArea.code : zone.code;
  return posts.find((post) => post.role === role && post.areas.includes(area)) ?? null;
}
