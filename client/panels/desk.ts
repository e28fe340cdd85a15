/** What every panel works with: the state, the words of the language, the settings, the map. */
import { createContext } from 'preact';
import { useContext, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { RoadClass } from '../../api/http/shapes.ts';
import * as format from '../i18n/format.ts';
import { messagesOf, type Messages } from '../i18n/messages.ts';
import type { Desk } from '../modes/mode.ts';
import type { Language, State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import type { Transition } from '../state/transitions.ts';

export const DeskContext = createContext<Desk>(null as unknown as Desk);
export const useDesk = (): Desk => useContext(DeskContext);

/** A part of a store; the panel is drawn again when that part changes. */
export function useStore<T, P>(store: Store<T>, select: (value: T) => P): P {
  const [, redraw] = useReducer((round: number) => round + 1, 0);
  const part = select(store.get());
  const latest = useRef({ part, select });
  latest.current = { part, select };
  useEffect(() => {
    const check = (): void => {
      if (!Object.is(latest.current.select(store.get()), latest.current.part)) redraw(undefined);
    };
    check(); // it may have changed between drawing and this effect
    return store.watch(check);
  }, [store]);
  return part;
}

export const useScreen = <P>(select: (state: State) => P): P => useStore(useDesk().store, select);

/** Turns transitions into handlers: `onClick={act(goTo('plan'))}`. */
export function useAct(): (transition: Transition) => () => void {
  const { store } = useDesk();
  return (transition) => () => store.update(transition);
}

export type Words = {
  m: Messages;
  language: Language;
  count: (value: number) => string;
  decimal: (value: number) => string;
  length: (metres: number) => string;
  lengthParts: (metres: number) => [value: string, unit: string];
  exact: (metres: number) => string;
  metres: (metres: number) => string;
  signed: (metres: number) => string;
  percent: (value: number | null) => string;
  probability: (share: number) => string;
  day: (moment: string) => string;
  shortDay: (moment: string) => string;
  dayAndTime: (moment: string) => string;
  /** `08:31:05` */
  clock: (moment: string | Date) => string;
  /** `1 小时 12 分` */
  duration: (seconds: number) => string;
  /** `120–340 米` */
  span: (from: number, to: number) => string;
  roadName: (name: string | null, roadClass?: RoadClass) => string;
};

export function useWords(): Words {
  const language = useScreen((state) => state.language);
  return useMemo(() => wordsIn(language), [language]);
}

export function wordsIn(language: Language): Words {
  const m = messagesOf[language];
  const metres = (value: number): string => format.exactMetres(language, value);
  return {
    m,
    language,
    metres,
    count: (value) => format.count(language, value),
    decimal: (value) => format.decimal(language, value),
    length: (value) => format.length(language, value),
    lengthParts: (value) => format.lengthParts(language, value),
    exact: (value) => format.exactLength(language, value),
    signed: (value) => format.signedLength(language, value),
    percent: (value) => format.percent(language, value),
    probability: (share) => format.probability(language, share),
    day: (moment) => format.day(language, moment),
    shortDay: (moment) => format.shortDay(language, moment),
    dayAndTime: (moment) => format.dayAndTime(language, moment),
    clock: (moment) => format.clock(language, moment),
    duration: (seconds) =>
      format
        .durationParts(seconds)
        .map(([unit, value]) => m.duration[unit](format.count(language, value)))
        .join(' '),
    span: (from, to) => m.common.span(metres(from), metres(to)),
    roadName: (name, roadClass) => name ?? (roadClass ? m.unnamedOf(m.roadClass[roadClass]) : m.unnamed),
  };
}

const narrow = matchMedia('(max-width: 760px)');

/** Is the window as narrow as a phone? The layout follows CSS; this is for what CSS cannot say. */
export const isPhone = (): boolean => narrow.matches;

export function usePhone(): boolean {
  const [phone, setPhone] = useState(isPhone);
  useEffect(() => {
    const change = (): void => setPhone(isPhone());
    narrow.addEventListener('change', change);
    return () => narrow.removeEventListener('change', change);
  }, []);
  return phone;
}
