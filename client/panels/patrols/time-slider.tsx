/** The time of a patrol: a slider to move through it, a button to play it, and what was under the feet at that second. */
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { motionAllowed } from '../../map/create-map.ts';
import { playhead } from '../../patrol/playhead.ts';
import { nextPass, passAt, unmatchedAt, type Walk } from '../../patrol/walk.ts';
import { standAt } from '../../state/transitions.ts';
import { Icon } from '../controls/icons.tsx';
import { useDesk, useStore, useWords } from '../desk.ts';
import { Confidence } from './confidence.tsx';
import { TimeBand } from './time-band.tsx';

/** A whole patrol plays in so long, but never slower than ten times as fast as it was walked. */
const play_s = 60;
const slowest = 10;
/** The address follows once the slider has rested so long. */
const rest_ms = 350;
/** Where motion is unwanted, playing steps instead of gliding. */
const step_ms = 1000;
/** The whole map is drawn again for every step of the marker: 25 a second glide, 60 would only make an office computer warm. */
const frame_ms = 40;

export function TimeSlider({ walk }: { walk: Walk }): JSX.Element {
  const { m, clock } = useWords();
  const { store } = useDesk();
  const second = Math.min(
    useStore(playhead, (one) => one),
    walk.duration_s,
  );
  const [playing, play] = usePlaying(walk);
  useEffect(() => {
    if (playing) return;
    const timer = setTimeout(() => {
      if (Math.round(second) !== (store.get().patrols.second ?? 0)) store.update(standAt(second));
    }, rest_ms);
    return () => clearTimeout(timer);
  }, [second, playing]);
  const band = useMemo(() => <TimeBand walk={walk} />, [walk]);
  const time = clock(new Date(walk.start_ms + second * 1000));
  const where = useWhere(walk, second);
  const move = (to: number): void => {
    play(false);
    playhead.update(() => Math.min(Math.max(to, 0), walk.duration_s));
  };
  const key = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 60 : 10;
    const to: Record<string, number> = {
      ArrowRight: second + step,
      ArrowUp: second + step,
      ArrowLeft: second - step,
      ArrowDown: second - step,
      PageUp: nextPass(walk, Math.round(second), 1),
      PageDown: nextPass(walk, Math.round(second), -1),
    };
    if (event.key === ' ') play(!playing);
    else if (to[event.key] !== undefined) move(to[event.key]!);
    else return;
    event.preventDefault();
  };
  return (
    <div class="time-slider">
      <button
        type="button"
        class="time-play"
        aria-label={playing ? m.patrols.pause : m.patrols.play}
        title={playing ? m.patrols.pause : m.patrols.play}
        onClick={() => {
          // From the end it begins anew.
          if (!playing && second >= walk.duration_s) playhead.update(() => 0);
          play(!playing);
        }}
      >
        <Icon name={playing ? 'pause' : 'play'} size={18} />
      </button>
      <div class="time-track">
        {band}
        <input
          type="range"
          min={0}
          max={walk.duration_s}
          step={1}
          value={Math.round(second)}
          aria-label={m.patrols.time}
          aria-valuetext={m.patrols.standing(time, where.words)}
          title={m.patrols.timeHint}
          onInput={(event) => move(Number(event.currentTarget.value))}
          onKeyDown={key}
        />
      </div>
      <p class="time-now">
        <b>{time}</b>
        <span class={`time-where ${where.pass ? '' : 'quiet'}`}>{where.name}</span>
        {where.pass && <Confidence confidence={where.pass.confidence} credited={where.pass.credited} />}
      </p>
    </div>
  );
}

function useWhere(walk: Walk, second: number): { pass: Walk['passes'][number] | null; name: string; words: string } {
  const { m, span, roadName, probability } = useWords();
  const pass = passAt(walk, second);
  if (!pass) {
    const reason = unmatchedAt(walk, second);
    const name = reason ? m.patrols.because[reason.because] : m.patrols.between;
    return { pass, name, words: name };
  }
  const name = m.patrols.onPass(
    roadName(pass.road_name, pass.class),
    span(Math.round(pass.from_m), Math.round(pass.to_m)),
  );
  const sure = m.patrols.confidence(probability(pass.confidence));
  return { pass, name, words: m.patrols.standing(name, pass.credited ? sure : `${sure} ${m.patrols.notCredited}`) };
}

/** Moves the playhead on while it plays, and stops at the end. */
function usePlaying({ duration_s }: Walk): [playing: boolean, play: (playing: boolean) => void] {
  const [playing, play] = useState(false);
  useEffect(() => {
    if (!playing) return;
    const rate = Math.max(slowest, duration_s / play_s);
    let before = performance.now();
    let frame = 0;
    const advance = (): void => {
      const now = performance.now();
      if (now - before < frame_ms) return next();
      const to = Math.min(duration_s, playhead.get() + ((now - before) / 1000) * rate);
      before = now;
      playhead.update(() => to);
      if (to >= duration_s) play(false);
      else next();
    };
    const glides = motionAllowed();
    const next = (): void => {
      frame = glides ? requestAnimationFrame(advance) : window.setTimeout(advance, step_ms);
    };
    next();
    return () => (glides ? cancelAnimationFrame(frame) : clearTimeout(frame));
  }, [playing, duration_s]);
  return [playing, play];
}
