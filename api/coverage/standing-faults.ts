/**
 * Faults that show only when the whole inventory is looked at, kept as rows with a validity so that any date can be asked.
 *
 * A kind of fault stands on kinds of data. Its look is kept with their versions, and when these differ it is looked again,
 * whoever changed the data and how; what was there and is no longer ends, what is new begins, the rest stays. What stands on
 * evidence that grows old is looked at again on another day too.
 */
import type { Knex } from 'knex';
import type { DataKind } from '../database/change-log.ts';
import { lookAtInventory } from './look-at-inventory.ts';
import { lookAtZones } from './look-at-zones.ts';
import { findUnregistered } from './unregistered.ts';
import { standingState, writeStanding } from './standing-faults.queries.ts';

/** A fault as a look finds it. */
export type StandingFault = {
  fault: string;
  /** The same key is the same fault, when it is looked again; unique among the faults of a kind. */
  key: string;
  road_id: number | null;
  other_road_id: number | null;
  /** Centimetres, for a stretch of `road_id`. */
  span: readonly [from_cm: number, to_cm: number] | null;
  zone_ids: number[];
  length_cm: number;
  area_m2: number | null;
  /** Hexadecimal well-known binary in the district's CRS. */
  wkb: string;
  /** Figures that a person needs, with their units in their names. */
  details: Record<string, unknown>;
  /** Since when it is there, where the look knows; else since the last change of `since_roads` and `zone_ids`. */
  since: Date | null;
  since_roads: number[];
};

type Look = {
  /** When one of these has another version, it is looked again. */
  stands_on: DataKind[];
  /** Another number where another release finds other faults in the same data. */
  edition: number;
  /** Its evidence grows old, so that it is looked again on another day too. */
  ages: boolean;
  look: (db: Knex) => Promise<StandingFault[]>;
};

const looks = {
  inventory: { stands_on: ['roads'], edition: 1, ages: false, look: lookAtInventory },
  zones: { stands_on: ['zones'], edition: 1, ages: false, look: lookAtZones },
  unregistered: {
    stands_on: ['roads', 'patrols', 'issues'],
    edition: 1,
    ages: true,
    look: (db) => findUnregistered(db),
  },
} satisfies Record<string, Look>;

export type StandingKind = keyof typeof looks;
export const standingKinds = Object.keys(looks) as StandingKind[];

/** Rounds after which the rows of the last look are good enough: others keep changing the data meanwhile. */
const MOST_ROUNDS = 3;

/**
 * Looks again where what a kind stands on has changed since. Call it before reading `standing_faults`; mostly one
 * question of one row. The look itself is made before the transaction that writes it, so that it holds no lock (in a
 * transaction of the caller it is made there); of two processes that looked at once the second finds it done.
 */
export async function ensureStanding(db: Knex, kinds: readonly StandingKind[] = standingKinds): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const state = await standingState(db);
    const due = kinds.filter((kind) => state.looked[kind] !== versionsText(looks[kind], state));
    if (due.length === 0) return;
    for (const kind of due) await lookOnce(db, kind, state);
  }
}

type State = Awaited<ReturnType<typeof standingState>>;

async function lookAgain(db: Knex, kind: StandingKind, state: State): Promise<void> {
  const { looked } = state;
  const look: Look = looks[kind];
  const found = await look.look(db);
  await writeStanding(db, kind, found, {
    seen: looked[kind] ?? null,
    versions: versionsText(look, state),
    comparable: looked[kind]?.startsWith(editionText(look)) ?? false,
  });
}

/** By knex's configuration object, which is one for each database. */
const looking = new WeakMap<object, Map<StandingKind, Promise<void>>>();

/**
 * Requests of one moment share a look. Not in a transaction: on the embedded engine it has the only connection, for which
 * the other look would wait.
 */
async function lookOnce(db: Knex, kind: StandingKind, state: State): Promise<void> {
  if (db.isTransaction) return lookAgain(db, kind, state);
  const { config } = db.client as { config: object };
  const kept = looking.get(config) ?? new Map<StandingKind, Promise<void>>();
  looking.set(config, kept);
  const other = kept.get(kind);
  if (other) return other;
  const own = lookAgain(db, kind, state).finally(() => kept.delete(kind));
  kept.set(kind, own);
  return own;
}

const editionText = ({ edition }: Look): string => `edition ${edition},`;

const versionsText = (look: Look, { versions, today }: State): string =>
  [editionText(look), ...look.stands_on.map((kind) => `${kind} ${versions[kind]}`), ...(look.ages ? [today] : [])].join(
    ' ',
  );
