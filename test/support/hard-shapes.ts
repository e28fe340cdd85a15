/**
 * Streets that matchers get wrong, small enough to draw, each with a way that somebody walks there. Metres.
 * A way is a list of places; he may stop at one of them (`stand_s`), and be where no road is.
 */
import type { RoadInput } from '../../api/network/network.ts';
import { road } from './streets.ts';

export type Stop = { x: number; y: number; stand_s?: number };
export type HardShape = {
  name: string;
  roads: RoadInput[];
  way: Stop[];
  /** Spans of road that are walked by it, by road id, metres. */
  walked: { id: number; from: number; to: number }[];
};

const street = (id: number, ...coordinates: number[]): RoadInput => road(id, coordinates, { class: 'alley' });
const stop = (x: number, y: number, stand_s?: number): Stop => (stand_s ? { x, y, stand_s } : { x, y });
const whole = ({ id, length_cm }: RoadInput): { id: number; from: number; to: number } => ({
  id,
  from: 0,
  to: length_cm / 100,
});

/** Two alleys side by side between two cross streets; the southern one is walked. */
function parallelAlleys(apart: number): HardShape {
  const roads = [
    street(1, 0, 0, 400, 0),
    street(2, 0, apart, 400, apart),
    street(3, 0, -200, 0, 0, 0, apart, 0, 200),
    street(4, 400, -200, 400, 0, 400, apart, 400, 200),
  ];
  return {
    name: `parallel alleys ${apart} m apart`,
    roads,
    way: [stop(0, -200), stop(0, 0), stop(400, 0), stop(400, -200)],
    walked: [whole(roads[0]!), { id: 3, from: 0, to: 200 }, { id: 4, from: 0, to: 200 }],
  };
}

function frontageLane(): HardShape {
  const roads = [
    street(1, -200, 0, 0, 0, 300, 0, 500, 0),
    street(2, 0, 0, 15, 16, 285, 16, 300, 0),
    street(3, -200, 0, -200, 200),
    street(4, 500, 0, 500, 200),
  ];
  return {
    name: 'frontage lane beside an avenue',
    roads,
    way: [stop(-200, 200), stop(-200, 0), stop(0, 0), stop(15, 16), stop(285, 16), stop(300, 0), stop(500, 0)],
    walked: [whole(roads[2]!), { id: 1, from: 0, to: 200 }, whole(roads[1]!), { id: 1, from: 500, to: 700 }],
  };
}

function dualCarriageway(): HardShape {
  const roads = [
    street(1, 0, 0, 250, 0, 500, 0),
    street(2, 0, 22, 250, 22, 500, 22),
    street(3, 0, -200, 0, 0, 0, 22, 0, 200),
    street(4, 500, -200, 500, 0, 500, 22, 500, 200),
    street(5, 250, 0, 250, -200),
  ];
  return {
    name: 'dual carriageway',
    roads,
    way: [stop(0, 200), stop(0, 22), stop(500, 22), stop(500, 200)],
    walked: [whole(roads[1]!), { id: 3, from: 222, to: 400 }, { id: 4, from: 222, to: 400 }],
  };
}

function tJunction(): HardShape {
  const roads = [street(1, -300, 0, 0, 0, 300, 0), street(2, 0, 0, 0, -300)];
  return {
    name: 'T-junction passed straight on',
    roads,
    way: [stop(-300, 0), stop(300, 0)],
    walked: [whole(roads[0]!)],
  };
}

function deadEnd(): HardShape {
  const roads = [street(1, -200, 0, 0, 0, 200, 0), street(2, 0, 0, 0, 120), street(3, 60, 0, 60, 120)];
  return {
    name: 'dead end walked out and back',
    roads,
    way: [stop(-200, 0), stop(0, 0), stop(0, 120), stop(0, 0), stop(200, 0)],
    walked: [whole(roads[0]!), whole(roads[1]!)],
  };
}

/** Three quarters round a circle of 20 m with four arms. */
function roundabout(): HardShape {
  const at = (degrees: number, radius: number): [number, number] => [
    Math.round(1000 * radius * Math.cos((degrees * Math.PI) / 180)) / 1000,
    Math.round(1000 * radius * Math.sin((degrees * Math.PI) / 180)) / 1000,
  ];
  const round = Array.from({ length: 25 }, (_, i) => at(15 * i, 20));
  const roads = [
    street(1, ...round.slice(0, 24).flat(), ...round[0]!),
    ...[0, 90, 180, 270].map((degrees, i) => street(2 + i, ...at(degrees, 20), ...at(degrees, 250))),
  ];
  const walkedRound = round.slice(0, 19).map(([x, y]) => stop(x, y));
  return {
    name: 'roundabout, three quarters round',
    roads,
    way: [stop(250, 0), ...walkedRound, stop(0, -250)],
    walked: [whole(roads[1]!), { id: 1, from: 0, to: (roads[0]!.length_cm / 100) * 0.75 }, whole(roads[4]!)],
  };
}

/** A flyover crosses above: no junction, though the lines cross. */
function flyover(): HardShape {
  const roads = [
    street(1, -300, 0, 300, 0),
    road(2, [-250, -120, 250, 120], { class: 'main', layer: 1 }),
    street(3, 300, 0, 300, 120),
  ];
  return {
    name: 'flyover over a street',
    roads,
    way: [stop(-300, 0), stop(300, 0), stop(300, 120)],
    walked: [whole(roads[0]!), whole(roads[2]!)],
  };
}

/** Leaves the street in its middle, crosses a park, comes to the middle of another. */
function park(): HardShape {
  const roads = [
    street(1, -300, 0, 300, 0),
    street(2, -300, 260, 300, 260),
    street(3, -300, 0, -300, 260),
    street(4, 300, 0, 300, 260),
  ];
  return {
    name: 'through a park between two streets',
    roads,
    way: [stop(-300, 0), stop(-60, 0), stop(60, 260), stop(300, 260)],
    walked: [
      { id: 1, from: 0, to: 240 },
      { id: 2, from: 360, to: 600 },
    ],
  };
}

function standing(): HardShape {
  const roads = [street(1, -200, 0, 0, 0, 200, 0), street(2, 0, 0, 0, 200), street(3, 0, 0, 0, -200)];
  return {
    name: 'standing for ten minutes at a crossing',
    roads,
    way: [stop(-200, 0), stop(0, 0, 600), stop(200, 0)],
    walked: [whole(roads[0]!)],
  };
}

/** Turns round in the middle of a street. */
function turnsRound(): HardShape {
  const roads = [street(1, 0, 0, 500, 0), street(2, 0, 0, 0, 200), street(3, 500, 0, 500, 200)];
  return {
    name: 'turns round in the middle of a street',
    roads,
    way: [stop(0, 200), stop(0, 0), stop(260, 0), stop(0, 0), stop(0, 200)],
    walked: [{ id: 1, from: 0, to: 260 }, whole(roads[1]!)],
  };
}

export const hardShapes: HardShape[] = [
  ...[8, 12, 15, 20].map(parallelAlleys),
  frontageLane(),
  dualCarriageway(),
  tJunction(),
  deadEnd(),
  roundabout(),
  flyover(),
  park(),
  standing(),
  turnsRound(),
];

/** Where somebody is who walks a way at a pace, at each second, and how long it takes. */
export function along(way: readonly Stop[], pace_m_s: number): { at: (at_s: number) => Stop; until_s: number } {
  const starts: number[] = [];
  let time = 0;
  for (const [i, place] of way.entries()) {
    const before = way[i - 1];
    if (before) time += Math.hypot(place.x - before.x, place.y - before.y) / pace_m_s;
    starts.push(time);
    time += place.stand_s ?? 0;
  }
  const at = (at_s: number): Stop => {
    const i = Math.max(
      0,
      starts.findLastIndex((start) => start <= at_s),
    );
    const [here, next] = [way[i]!, way[i + 1]];
    const left = starts[i]! + (here.stand_s ?? 0);
    if (!next || at_s <= left) return here;
    const t = Math.min(1, (at_s - left) / (starts[i + 1]! - left));
    return { x: here.x + t * (next.x - here.x), y: here.y + t * (next.y - here.y) };
  };
  return { at, until_s: time };
}
