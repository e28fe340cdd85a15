/** Find a road by name or number. */
import type { JSX } from 'preact';
import { createRef } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { roadsPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { say } from '../../state/notices.ts';
import { pickRoad } from '../../state/transitions.ts';
import { Combobox } from '../controls/combobox.tsx';
import { ClassMark } from '../controls/marks.tsx';
import { useDesk, useWords } from '../desk.ts';

/** The box that the shortcut "/" jumps to. */
export const searchBox = createRef<HTMLInputElement>();

const shown = 20;
const pause_ms = 180;

export function RoadSearch(): JSX.Element {
  const { m, length } = useWords();
  const { store } = useDesk();
  const [text, setText] = useState('');
  const asked = useLater(text.trim(), pause_ms);
  const { last, loading } = useAnswer(asked ? roadsPath({ q: asked, limit: shown }) : null);
  const found = asked && last && !loading ? last.features.length : null;
  useEffect(() => {
    if (found !== null) say(m.search.results(found));
  }, [found, asked]);
  return (
    <Combobox
      inputRef={searchBox}
      label={m.search.road}
      placeholder={m.search.road}
      clearLabel={m.search.clear}
      text={text}
      onText={setText}
      options={asked ? (last?.features ?? []) : []}
      keyOf={(road) => road.id}
      loading={loading || asked !== text.trim()}
      empty={asked ? m.search.nothing(asked) : null}
      draw={(road) => (
        <>
          <span class="option-main">{road.properties.name ?? `${m.unnamed} ${road.properties.external_id ?? ''}`}</span>
          <ClassMark roadClass={road.properties.class} />
          <span class="option-figure">{length(road.properties.length_m)}</span>
        </>
      )}
      onPick={(road) => {
        setText('');
        store.update(pickRoad(road.id));
      }}
    />
  );
}

/** A value that waits until it has rested. */
export function useLater<T>(value: T, milliseconds: number): T {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(() => value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
