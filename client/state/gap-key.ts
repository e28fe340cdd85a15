/** A gap has no id (it is computed), so a link names it by what it is: `community_l2.17.120.5-340.left`. */
import type { Role, Sides } from '../../api/http/shapes.ts';
import { roles, sidesWords } from './state.ts';

export type GapPlace = { role: Role; road_id: number; from_m: number; to_m: number; sides: Sides };

export function gapKey({ role, road_id, from_m, to_m, sides }: GapPlace): string {
  return `${role}.${road_id}.${from_m}-${to_m}.${sides}`;
}

export function parseGapKey(key: string): GapPlace | null {
  const parts = /^([a-z_0-9]+)\.(\d{1,15})\.(\d{1,8}(?:\.\d{1,2})?)-(\d{1,8}(?:\.\d{1,2})?)\.([a-z]+)$/.exec(key);
  if (!parts) return null;
  const role = roles.find((one) => one === parts[1]);
  const sides = sidesWords.find((one) => one === parts[5]);
  const [road_id, from_m, to_m] = [Number(parts[2]), Number(parts[3]), Number(parts[4])];
  return role && sides && road_id > 0 && from_m < to_m ? { role, road_id, from_m, to_m, sides } : null;
}
