/**
 * What else a report says about its road, as factors on the likelihood: how much likelier this evidence is on that road
 * than anywhere. No evidence is a factor of 1, and so is any evidence off the network.
 */

/** One heading in five says nothing: people turn round, cross over, hold the phone askew. */
const USELESS_HEADINGS = 0.2;
/** The others are within 20° of the road two times out of three. */
const HEADING_ERROR_DEG = 20;
/** A street name that was given is right twenty times as often as it is some other street's nearby. */
const NAME_FACTOR = 20;

/**
 * For a heading that makes an angle with the road. Both directions of the road count, people walk either way.
 * 3.0 along the road, 0.2 across it; 1 on average over all angles.
 *
 * @param dx, dy direction of the road.
 */
export function headingFactor(heading_deg: number, dx: number, dy: number): number {
  const angle = angleBetween(heading_deg, (Math.atan2(dx, dy) * 180) / Math.PI);
  const bell = Math.exp(-((angle / HEADING_ERROR_DEG) ** 2) / 2);
  const average = (HEADING_ERROR_DEG * Math.sqrt(Math.PI / 2)) / 90;
  return USELESS_HEADINGS + ((1 - USELESS_HEADINGS) * bell) / average;
}

/** Degrees between two undirected lines, 0 to 90. */
export function angleBetween(a_deg: number, b_deg: number): number {
  const angle = Math.abs(a_deg - b_deg) % 180;
  return Math.min(angle, 180 - angle);
}

/**
 * Which of the names are meant by a text such as 解放路 or 解放路123号对面: those in it, and of these the longest, because
 * 解放路 is also in 东解放路. Width, case and blanks do not matter.
 *
 * @returns a factor for each name.
 */
export function nameFactors(text: string, names: readonly (string | null)[]): number[] {
  const wanted = plain(text);
  const found = names.map((name) => (name && wanted.includes(plain(name)) ? plain(name).length : 0));
  const longest = Math.max(2, ...found); // a name of one character is in too many texts
  return found.map((length) => (length === longest ? NAME_FACTOR : 1));
}

const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
