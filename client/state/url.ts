/**
 * State to address and back. The address carries what the current mode shows; the other modes' state is kept from
 * `before`, so the browser's Back into another mode finds that mode's list as it was left.
 */
import type { State } from './state.ts';
import {
  ages,
  cadenceGroups,
  cadenceSpans,
  changeWords,
  classes,
  coverageTabs,
  gapKinds,
  groupings,
  initialState,
  issueTabs,
  languages,
  modes,
  optionalLayers,
  patrolDays,
  patrolTabs,
  periods,
  planTabs,
  roles,
  sidesWords,
  statuses,
} from './state.ts';
import { parseGapKey } from './gap-key.ts';
import { daysBetween, mostDays } from './patrol-query.ts';

/** `mode=plan&lang=zh&road=17&from=120.5&to=340`. What stands at its default is left out, except mode and language. */
export function toQuery(state: State): string {
  const query = new URLSearchParams({ mode: state.mode, lang: state.language });
  const put = (name: string, value: string | number | null, standard: string | number | null = null): void => {
    if (value !== null && value !== standard && value !== '') query.set(name, String(value));
  };
  put('at', state.at);
  if (state.mode === 'plan') {
    const { plan } = state;
    const standard = initialState.plan;
    put('road', plan.road);
    put('from', plan.from);
    put('to', plan.to);
    put('sides', plan.sides, standard.sides);
    put('role', plan.role, standard.role);
    put('chief', plan.chief);
    put('replace', plan.replace ? 'yes' : null);
    put('tab', plan.tab, standard.tab);
    put('colour', plan.colour, standard.colour);
  } else if (state.mode === 'coverage') {
    const { coverage } = state;
    const standard = initialState.coverage;
    put('tab', coverage.tab, standard.tab);
    put('kind', coverage.kind, standard.kind);
    put('group', coverage.group, standard.group);
    put('role', coverage.role);
    put('duty', coverage.duty);
    put('zone', coverage.zone);
    put('class', coverage.class);
    put('fault', coverage.fault);
    put('age', coverage.age);
    put('period', coverage.running ? 'running' : null);
    put('gap', coverage.gap);
    put('since', coverage.since);
    put('change', coverage.change);
    put('days', coverage.days, standard.days);
    put('by', coverage.by, standard.by);
    put('chief', coverage.chief);
  } else if (state.mode === 'issues') {
    const { issues } = state;
    const standard = initialState.issues;
    put('tab', issues.tab, standard.tab);
    put('issue', issues.issue);
    put('category', issues.category);
    put('status', issues.status.join(','));
    put('period', issues.period, standard.period);
    put('zone', issues.zone);
    put('place', issues.place?.join(',') ?? null);
    put('accuracy', issues.accuracy, standard.accuracy);
  } else {
    const { patrols } = state;
    const standard = initialState.patrols;
    put('tab', patrols.tab, standard.tab);
    put('patrol', patrols.patrol);
    put('second', patrols.second);
    put('days', patrols.days, standard.days);
    put('from', patrols.from);
    put('to', patrols.to);
    put('role', patrols.role);
    put('chief', patrols.chief);
  }
  put('layers', state.switched.join(','));
  if (state.view) put('map', `${state.view.zoom}/${state.view.lat}/${state.view.lon}`);
  return query.toString().replaceAll('%2C', ',').replaceAll('%2F', '/');
}

/** Anything that is not understood stands at its default: an old or mistyped link opens, it never fails. */
export function fromQuery(query: string, before: State = initialState): State {
  const given = new URLSearchParams(query);
  const word = <T extends string>(name: string, allowed: readonly T[], standard: T): T =>
    allowed.find((one) => one === given.get(name)) ?? standard;
  const wordOrNull = <T extends string>(name: string, allowed: readonly T[]): T | null =>
    allowed.find((one) => one === given.get(name)) ?? null;
  const words = <T extends string>(name: string, allowed: readonly T[]): T[] =>
    [...new Set((given.get(name) ?? '').split(','))].flatMap((text) => allowed.find((one) => one === text) ?? []);
  const whole = (name: string): number | null => {
    const text = given.get(name) ?? '';
    return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
  };
  const metres = (name: string): number | null => {
    const text = given.get(name) ?? '';
    return /^\d{1,8}(\.\d{1,2})?$/.test(text) ? Number(text) : null;
  };

  /** A word that the server knows: the key of a duty, of a fault. */
  const key = (name: string): string | null => {
    const text = given.get(name) ?? '';
    return /^[a-z0-9_]{1,40}$/.test(text) ? text : null;
  };

  const mode = word('mode', modes, initialState.mode);
  const state: State = {
    ...before,
    mode,
    language: word('lang', languages, before.language),
    at: day(given.get('at')),
    view: view(given.get('map')),
    switched: words('layers', optionalLayers).sort(),
  };
  if (mode === 'plan') {
    const [from, to] = [metres('from'), metres('to')];
    const backwards = from !== null && to !== null && from >= to;
    state.plan = {
      road: whole('road'),
      from: backwards ? null : from,
      to: backwards ? null : to,
      sides: word('sides', sidesWords, initialState.plan.sides),
      role: word('role', roles, initialState.plan.role),
      chief: whole('chief'),
      replace: given.get('replace') === 'yes',
      tab: word('tab', planTabs, initialState.plan.tab),
      colour: word('colour', ['complete', ...roles], initialState.plan.colour),
    };
  } else if (mode === 'coverage') {
    const gap = given.get('gap');
    const standard = initialState.coverage;
    state.coverage = {
      tab: word('tab', coverageTabs, standard.tab),
      kind: word('kind', gapKinds, standard.kind),
      group: word('group', groupings, standard.group),
      role: wordOrNull('role', roles),
      duty: key('duty'),
      zone: whole('zone'),
      class: wordOrNull('class', classes),
      fault: key('fault'),
      age: wordOrNull('age', ages),
      running: given.get('period') === 'running',
      gap: gap !== null && parseGapKey(gap) ? gap : null,
      since: day(given.get('since')),
      change: wordOrNull('change', changeWords),
      days: word('days', cadenceSpans, standard.days),
      by: word('by', cadenceGroups, standard.by),
      chief: whole('chief'),
    };
  } else if (mode === 'issues') {
    const category = given.get('category');
    state.issues = {
      tab: word('tab', issueTabs, initialState.issues.tab),
      issue: whole('issue'),
      category: category !== null && /^(part|matter)-\d{5}$/.test(category) ? category : null,
      status: words('status', statuses),
      period: word('period', periods, initialState.issues.period),
      zone: whole('zone'),
      place: place(given.get('place')),
      accuracy: Math.min(metres('accuracy') || initialState.issues.accuracy, 5000),
    };
  } else {
    const [from, to] = [day(given.get('from')), day(given.get('to'))];
    const range = from !== null && to !== null && from <= to && daysBetween(from, to) < mostDays;
    state.patrols = {
      tab: word('tab', patrolTabs, initialState.patrols.tab),
      patrol: whole('patrol'),
      second: given.get('second') === '0' ? 0 : whole('second'),
      days: word('days', patrolDays, initialState.patrols.days),
      from: range ? from : null,
      to: range ? to : null,
      role: wordOrNull('role', roles),
      chief: whole('chief'),
    };
  }
  return state;
}

function day(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : text;
}

/** `14.5/30.12345/114.34567`, the order of the addresses people know from OpenStreetMap: zoom, latitude, longitude. */
function view(text: string | null): State['view'] {
  const [zoom, lat, lon] = numbers(text, '/', 3) ?? [];
  if (zoom === undefined || lat === undefined || lon === undefined) return null;
  return zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180 ? { lon, lat, zoom } : null;
}

function place(text: string | null): [number, number] | null {
  const [lon, lat] = numbers(text, ',', 2) ?? [];
  if (lon === undefined || lat === undefined) return null;
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null;
}

function numbers(text: string | null, separator: string, count: number): number[] | null {
  const parts = (text ?? '').split(separator);
  const all = parts.length === count && parts.every((part) => /^-?\d{1,3}(\.\d{1,8})?$/.test(part));
  return all ? parts.map(Number) : null;
}
