/**
 * Step by step, on which links the walker stood. Whoever stands drifts over some cells of a link, each of which is
 * improbable; the link is not.
 */

/** Less probable standing is told of no link. */
const STOOD_INDEED = 0.3;

export type Standing = {
  /** Steps come in any order, each in one go. */
  add(step: number, link: number, cell: number, probability: number): void;
  /** At the end: the last step is told, too. */
  close(): void;
};

/** @param stood is told of the likeliest cell of each link. */
export function createStanding(stood: (step: number, link: number, cell: number) => void): Standing {
  const links = new Map<number, { cell: number; most: number; sum: number }>();
  let present = 0;

  function close(): void {
    for (const [link, { cell, sum }] of links) if (sum >= STOOD_INDEED) stood(present, link, cell);
    links.clear();
  }

  return {
    add(step, link, cell, probability) {
      if (step !== present) close();
      present = step;
      const stand = links.get(link);
      if (!stand) links.set(link, { cell, most: probability, sum: probability });
      else {
        stand.sum += probability;
        if (probability > stand.most) [stand.cell, stand.most] = [cell, probability];
      }
    },
    close,
  };
}
