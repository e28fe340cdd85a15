/**
 * A stretch that lacks something has no id (it is computed), so a link names it by what it is:
 * `community_l2.17.120.5-340.left`, with the duty behind it where a duty was not kept, and `unzoned` instead of a role
 * where no community lies. What was found by looking at the whole inventory is kept under a number: `fault.12`.
 */
import type { GapKind } from '../../api/coverage/coverage.contract.ts';
import type { Role, Sides } from '../../api/http/shapes.ts';
import { roles, sidesWords } from './state.ts';

export type GapPlace = {
  /** null: no role is missing, no community is. */
  role: Role | null;
  road_id: number;
  from_m: number;
  to_m: number;
  sides: Sides;
  /** Key of a duty; null where nobody holds it at all. */
  duty: string | null;
};
export type GapName = GapPlace | { fault: number };

/** What the API says of a gap, as far as it names it. */
export type NamedGap = { [Part in keyof GapPlace]: GapPlace[Part] | null } & { kind: GapKind; key: string };

const standing = /^standing:([1-9]\d{0,14})$/;

export function gapKey(gap: NamedGap): string {
  const fault = standing.exec(gap.key);
  if (fault) return `fault.${fault[1]}`;
  const { role, road_id, from_m, to_m, sides, duty } = gap;
  // A kind that is still to come: told apart within its own list, but no link leads to it.
  if (road_id === null || from_m === null || to_m === null || sides === null) return gap.key;
  return placeKey({ role, road_id, from_m, to_m, sides, duty });
}

export function placeKey({ role, road_id, from_m, to_m, sides, duty }: GapPlace): string {
  return `${role ?? 'unzoned'}.${road_id}.${from_m}-${to_m}.${sides}${duty === null ? '' : `.${duty}`}`;
}

export const faultKey = (id: number): string => `fault.${id}`;

export function parseGapKey(key: string): GapName | null {
  const fault = /^fault\.([1-9]\d{0,14})$/.exec(key);
  if (fault) return { fault: Number(fault[1]) };
  const parts =
    /^([a-z_0-9]+)\.(\d{1,15})\.(\d{1,8}(?:\.\d{1,2})?)-(\d{1,8}(?:\.\d{1,2})?)\.([a-z]+)(?:\.([a-z0-9_]{1,40}))?$/.exec(
      key,
    );
  if (!parts) return null;
  const role = roles.find((one) => one === parts[1]) ?? null;
  const sides = sidesWords.find((one) => one === parts[5]);
  const [road_id, from_m, to_m] = [Number(parts[2]), Number(parts[3]), Number(parts[4])];
  const named = role !== null || (parts[1] === 'unzoned' && parts[6] === undefined);
  if (!named || !sides || road_id === 0 || from_m >= to_m) return null;
  return { role, road_id, from_m, to_m, sides, duty: parts[6] ?? null };
}

/** The stretch on which a role can be assigned, where a key names one. */
export function assignable(key: string): (GapPlace & { role: Role }) | null {
  const gap = parseGapKey(key);
  return gap && 'role' in gap && gap.role !== null ? { ...gap, role: gap.role } : null;
}

/**
 * Whether a gap is the one that a key names. A tile may join what the list cuts where a zone or a holder changes, so the
 * same metres for the same reason are the same gap.
 */
export function isNamed(key: string, gap: NamedGap): boolean {
  const own = gapKey(gap);
  if (own === key) return true;
  const [named, here] = [parseGapKey(key), parseGapKey(own)];
  if (!named || !here || 'fault' in named || 'fault' in here) return false;
  return (
    named.road_id === here.road_id &&
    named.role === here.role &&
    named.duty === here.duty &&
    (named.sides === here.sides || named.sides === 'both' || here.sides === 'both') &&
    Math.min(named.to_m, here.to_m) > Math.max(named.from_m, here.from_m)
  );
}
