import { quarters } from '../plan/land-plan.ts';
import { branchNames, estateNames, laneNames, newEstateNames, numeral, rowNames } from '../plan/name-lists.ts';
import type { Line, Network } from '../drawing/network.ts';
import { contains } from '../drawing/polygon.ts';
import { lengthOf, pointAlong } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import type { Point } from '../drawing/shapes.ts';

/** Gives every road that the plan left nameless its name; a few lanes stay without one, as in life. */
export function nameStreets(network: Network, chance: Chance): void {
  const taken = new Set(network.lines.map((line) => line.name));
  const fresh = (line: Line, name: string): void => {
    if (taken.has(name)) return;
    taken.add(name);
    line.name = name;
  };
  const nameless = network.lines.filter((line) => line.kind === 'road' && line.name === null);
  for (const line of nameless.filter((candidate) => candidate.origin === 'branch')) {
    const pool = branchNames[quarterOf(line)] ?? branchNames['乡间'] ?? [];
    for (const word of pool) if (line.name === null) fresh(line, `${word}路`);
  }
  nameLanes(nameless, fresh, chance);
  nameGroups(nameless, fresh, chance);
}

function quarterOf(line: Line): string {
  const middle = pointAlong(line.points, lengthOf(line.points) / 2).point;
  return quarters.find((quarter) => contains(quarter.around, middle))?.name ?? '乡间';
}

/** Old lanes take a word each, the longer ones 街; dead ends are numbered after the lane they leave, or have no name. */
function nameLanes(nameless: readonly Line[], fresh: (line: Line, name: string) => void, chance: Chance): void {
  const pool = [...laneNames];
  const lanes = nameless
    .filter((line) => line.origin === 'old town')
    .toSorted((a, b) => lengthOf(b.points) - lengthOf(a.points));
  for (const line of lanes) {
    if (lengthOf(line.points) < 60 && chance.happens(0.3)) continue;
    const word = pool.splice(chance.whole(0, Math.max(0, pool.length - 1)), 1)[0];
    const kind =
      lengthOf(line.points) > 230
        ? '街'
        : chance.weighted(['巷', '弄', '里', '夹道'], (end) => ({ 巷: 6, 弄: 3, 里: 1.2, 夹道: 0.5 })[end] ?? 1);
    if (word !== undefined) fresh(line, `${word}${kind}`);
  }
  const numbers = new Map<string, number>();
  for (const line of nameless.filter((candidate) => candidate.origin === 'dead end')) {
    const parent = nameless.find(
      (lane) => lane.origin === 'old town' && lane.name !== null && touches(lane, line.points[0] as Point),
    );
    if (parent === undefined || parent.name === null || chance.happens(0.4)) continue;
    const number = (numbers.get(parent.name) ?? 0) + 1;
    numbers.set(parent.name, number);
    fresh(line, `${parent.name}${numeral(number)}弄`);
  }
}

function touches(line: Line, point: Point): boolean {
  return line.points.some((vertex) => vertex[0] === point[0] && vertex[1] === point[1]);
}

/** Housing and villages: the group's name and a number. New estates have signs on every second lane only. */
function nameGroups(nameless: readonly Line[], fresh: (line: Line, name: string) => void, chance: Chance): void {
  const pools: Record<string, string[]> = {
    rows: [...rowNames],
    estate: [...estateNames],
    'new estate': [...newEstateNames],
  };
  const groups = new Map<string, Line[]>();
  for (const line of nameless.filter((candidate) => candidate.group !== null)) {
    const key = `${line.origin} ${line.group ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  for (const lines of groups.values()) {
    const { origin, group } = lines[0] as Line;
    if (origin === 'village') {
      lines.forEach((line, i) => {
        if (i === 0) fresh(line, `${group ?? ''}村路`);
        else if (!chance.happens(0.12)) fresh(line, `${group ?? ''}${numeral(i)}巷`);
      });
      continue;
    }
    const name = pools[origin]?.shift();
    if (name === undefined) continue;
    lines.forEach((line, i) => {
      line.group = name;
      if (origin === 'new estate' && chance.happens(0.5)) return;
      const number = numeral(i);
      if (origin === 'rows') fresh(line, i === 0 ? `${name}路` : `${name}${number}巷`);
      else fresh(line, i === 0 ? `${name}环路` : i === 1 ? `${name}北环路` : `${name}${numeral(i - 1)}路`);
    });
  }
}
