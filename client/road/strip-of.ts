/**
 * The strip diagram of a road as data: six role rows, each a line of blocks that say who holds from where to where, and
 * a band of the zones above them. Segments end wherever anything changes; a row only where its own holder does.
 */
import type { Segment } from '../../api/segments/segments.contract.ts';
import type { Role, Sides } from '../../api/http/shapes.ts';
import { roles } from '../state/state.ts';

type Holder = NonNullable<Segment['properties']['holders'][Role]>;

/** `holder` null and `missing` false: nobody is asked for. Left and right that say the same are one block on both. */
export type Block = { from: number; to: number; sides: Sides; holder: Holder | null; missing: boolean };
type Zone = Segment['properties']['town'];
export type ZoneBlock = { from: number; to: number; sides: Sides; town: Zone; community: Zone; bureau_led: boolean };
export type Strip = { rows: Record<Role, Block[]>; zones: ZoneBlock[]; missing_m: Record<Role, number> };

export function stripOf(segments: readonly Segment[]): Strip {
  const rows = {} as Strip['rows'];
  const missing_m = {} as Strip['missing_m'];
  for (const role of roles) {
    rows[role] = runs(
      segments,
      ({ holders, missing }) => `${holders[role]?.id ?? '-'}/${missing.includes(role)}`,
      ({ holders, missing }) => ({ holder: holders[role] ?? null, missing: missing.includes(role) }),
    );
    missing_m[role] = metresOf(rows[role].filter((block) => block.missing));
  }
  const zones = runs(
    segments,
    ({ town, community, bureau_led }) => `${town?.id}/${community?.id}/${bureau_led}`,
    ({ town, community, bureau_led }) => ({ town, community, bureau_led }),
  );
  return { rows, zones, missing_m };
}

/** Metres of road; a side alone counts half, as everywhere. */
export function metresOf(blocks: readonly { from: number; to: number; sides: Sides }[]): number {
  const metres = blocks.reduce((sum, { from, to, sides }) => sum + (to - from) * (sides === 'both' ? 1 : 0.5), 0);
  return Math.round(metres * 100) / 100;
}

/** What is left of blocks inside a stretch. */
export function within<B extends { from: number; to: number; sides: Sides }>(
  blocks: readonly B[],
  from: number,
  to: number,
  sides: Sides,
): B[] {
  return blocks.flatMap((block) => {
    const shared = sharedSides(block.sides, sides);
    const [low, high] = [Math.max(block.from, from), Math.min(block.to, to)];
    return shared && low < high ? [{ ...block, from: low, to: high, sides: shared }] : [];
  });
}

function sharedSides(a: Sides, b: Sides): Sides | null {
  if (a === 'both') return b;
  return b === 'both' || a === b ? a : null;
}

type Span<V> = { from: number; to: number; key: string; value: V };
type Run<V> = { from: number; to: number; sides: Sides } & V;

function runs<V extends object>(
  segments: readonly Segment[],
  keyOf: (properties: Segment['properties']) => string,
  valueOf: (properties: Segment['properties']) => V,
): Run<V>[] {
  const side = (wanted: 'left' | 'right'): Span<V>[] =>
    segments
      .filter(({ properties: { sides } }) => sides === 'both' || sides === wanted)
      .map(({ properties }) => ({
        from: properties.from_m,
        to: properties.to_m,
        key: keyOf(properties),
        value: valueOf(properties),
      }))
      .sort((a, b) => a.from - b.from);
  const [left, right] = [side('left'), side('right')];
  const cuts = [...new Set([...left, ...right].flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);

  const open: Record<Sides, (Run<V> & { key: string }) | null> = { left: null, both: null, right: null };
  const done: (Run<V> & { key: string })[] = [];
  const extend = (sides: Sides, from: number, to: number, span: Span<V>): void => {
    const last = open[sides];
    if (last && last.to === from && last.key === span.key) last.to = to;
    else done.push((open[sides] = { ...span.value, from, to, sides, key: span.key }));
  };
  for (let i = 1; i < cuts.length; i++) {
    const [from, to] = [cuts[i - 1]!, cuts[i]!];
    const onLeft = left.find((span) => span.from <= from && span.to >= to);
    const onRight = right.find((span) => span.from <= from && span.to >= to);
    if (onLeft && onRight && onLeft.key === onRight.key) extend('both', from, to, onLeft);
    else {
      if (onLeft) extend('left', from, to, onLeft);
      if (onRight) extend('right', from, to, onRight);
    }
  }
  return done.map(({ key: _key, ...run }) => run as unknown as Run<V>);
}
