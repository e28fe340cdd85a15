/**
 * What else a report says about its road, as factors on the likelihood: how likely it is to say this about that road,
 * compared with others. No evidence is a factor of 1.
 */

/** One heading in five says nothing: people turn round, cross over, hold the phone askew. */
const USELESS_HEADINGS = 0.2;
/** The others are within 20° of the road two times out of three. */
const HEADING_ERROR_DEG = 20;
/** Who names a street names the one he means in 19 cases of 20, if it has a name, else one nearby. */
const OWN_NAME = 0.95;
/** Who names a zone names the one he is in nine times in ten: its edges run along streets, and few know them by heart. */
const OWN_ZONE = 0.9;
/** Who is on a street without a name, or on none, names one nearby for orientation in one case of four. */
const NAME_FOR_ORIENTATION = 0.25;

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
 * For the streets named in a text such as 解放路123号对面 or 清扫解放路与东解放路交叉口: how likely the text is if it is about each of
 * the roads, compared with any one. A name in it counts once, in the longest form (解放路 is also in 东解放路); several share what
 * one would have. Whoever names a wrong street picks any of the names nearby. Width, case and blanks do not matter.
 *
 * @param names of the roads nearby; null for those without.
 * @returns a factor for each road, and for being on none. All 1 where the text has none of the names.
 */
export function nameFactors(text: string, names: readonly (string | null)[]): { roads: number[]; offNetwork: number } {
  const distinct = [...new Set(names.flatMap((name) => (name ? [plain(name)] : [])))];
  const told = namesIn(plain(text), distinct);
  if (told.size === 0) return { roads: names.map(() => 1), offNetwork: 1 };
  const own = OWN_NAME / told.size;
  const other = (1 - OWN_NAME) / Math.max(1, distinct.length - told.size);
  const nameless = NAME_FOR_ORIENTATION / distinct.length;
  const roads = names.map((name) => (name ? (told.has(plain(name)) ? own : other) : nameless));
  return { roads, offNetwork: nameless };
}

/**
 * For the zone that a report names: how likely it names that one if it is about each of the roads.
 *
 * @param within whether the nearest place of each road lies in the zone, on one side at least.
 * @returns a factor for each road, and for being on none, about whose zone nothing is known: it is as good as the best road.
 */
export function zoneFactors(within: readonly boolean[]): { roads: number[]; offNetwork: number } {
  const roads = within.map((is) => (is ? OWN_ZONE : 1 - OWN_ZONE));
  return { roads, offNetwork: Math.max(1 - OWN_ZONE, ...roads) };
}

/** The names that stand in a text, the longest first and none inside another. A name of one character is in too many texts. */
function namesIn(text: string, names: readonly string[]): Set<string> {
  const told = new Set<string>();
  let rest = text;
  for (const name of names.filter(({ length }) => length >= 2).toSorted((a, b) => b.length - a.length)) {
    if (!rest.includes(name)) continue;
    told.add(name);
    rest = rest.replaceAll(name, ' ');
  }
  return told;
}

const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
