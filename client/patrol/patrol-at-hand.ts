/** The picked patrol with everything the map and the panel read from it, put together once. */
import type { Patrol, PassList, PatrolTrack } from '../../api/patrols/patrols.contract.ts';
import { watchAnswer } from '../requests/answers.ts';
import { passesPath, patrolPath, trackPath } from '../requests/paths.ts';
import type { Problem } from '../requests/send.ts';
import type { State } from '../state/state.ts';
import { createStore, type Store } from '../state/store.ts';
import { playhead } from './playhead.ts';
import { walkOf, type Walk } from './walk.ts';

export type PatrolAtHand = {
  id: number;
  patrol: Patrol | null;
  walk: Walk | null;
  /** From this confidence on a pass is credited. */
  least: number | null;
  problem: Problem | undefined;
};

export const patrolAtHand = createStore<PatrolAtHand | null>(null);

export function followPickedPatrol(store: Store<State>): void {
  let stops: (() => void)[] = [];
  const follow = ({ patrols: { patrol: id } }: State): void => {
    for (const stop of stops) stop();
    stops = [];
    if (id === null) return patrolAtHand.update(() => null);
    patrolAtHand.update((before) =>
      before?.id === id ? before : { id, patrol: null, walk: null, least: null, problem: undefined },
    );
    let patrol: Patrol | undefined;
    let track: PatrolTrack | undefined;
    let passes: PassList | undefined;
    const put = (problem: Problem | undefined): void =>
      patrolAtHand.update((before) =>
        before?.id !== id
          ? before
          : {
              id,
              patrol: patrol ?? before.patrol,
              walk: patrol && track && passes ? walkOf(patrol, track, passes) : before.walk,
              least: passes?.least_confidence ?? before.least,
              problem,
            },
      );
    stops.push(
      watchAnswer(patrolPath(id), ({ value, problem }) => {
        patrol = value;
        put(problem);
      }),
      watchAnswer(trackPath(id), ({ value, problem }) => {
        track = value;
        if (value ?? problem) put(problem);
      }),
      watchAnswer(passesPath(id), ({ value, problem }) => {
        passes = value;
        if (value ?? problem) put(problem);
      }),
    );
  };
  const stand = ({ patrols: { second } }: State): void => playhead.update(() => second ?? 0);
  stand(store.get());
  follow(store.get());
  store.watch((now, before) => {
    if (now.patrols.patrol !== before.patrols.patrol) follow(now);
    if (now.patrols.second !== before.patrols.second || now.patrols.patrol !== before.patrols.patrol) stand(now);
  });
}
