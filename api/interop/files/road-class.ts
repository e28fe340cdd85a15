/**
 * From the words files use to our seven classes of road: OpenStreetMap's `highway`, China's road grades, and the district's
 * own words by a table it gives.
 *
 * Duties hang on the class (R5, R8), so the question for each word is who keeps such a street, not how fast one drives there.
 */
import type { z } from 'zod';
import type { roadClass } from '../../http/shapes.ts';

export type RoadClass = z.infer<typeof roadClass>;

/** `known: false`: the word is in no table; the class is then `other` and the word worth a note. */
export type RoadClassFound = { class: RoadClass; known: boolean };

/**
 * @param word as it stands in the file; null or empty is no word and gives `other`.
 * @param own the district's words, which win: { 一级街巷: 'branch' }. Compared without case and blanks.
 */
export function roadClassOf(word: unknown, own: Record<string, RoadClass> = {}): RoadClassFound {
  const text = plain(word);
  const mine = Object.entries(own).find(([key]) => plain(key) === text)?.[1];
  const found = mine ?? words.get(text) ?? words.get(text.replace(/_?link$/, '')) ?? fromPhrase(text);
  return found ? { class: found, known: true } : { class: 'other', known: text === '' };
}

const plain = (word: unknown): string =>
  typeof word === 'string' || typeof word === 'number'
    ? String(word)
        .normalize('NFKC')
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, '_')
    : '';

/*
 * highway → class. A motorway through a district is outside its sweeping but is on its map as a main road. `tertiary` is
 * a branch: Chinese mappers use it for 支路 (secondary for 次干道), and R5's main and secondary roads are few and named.
 * `unclassified` is the next step down that still carries through traffic, so a branch too; `residential` and
 * `living_street` are the streets of a neighbourhood and its hutongs: back streets and alleys (R8). Ramps (_link) go with
 * the road they serve.
 */
const words = new Map<string, RoadClass>([
  ...each('main', ['motorway', 'trunk', 'primary']),
  ...each('secondary', ['secondary']),
  ...each('branch', ['tertiary', 'unclassified', 'minor']),
  ...each('alley', ['residential', 'living_street', 'alley']),
  ...each('service', ['service', 'services', 'busway', 'bus_guideway', 'escape']),
  ...each('path', ['footway', 'path', 'pedestrian', 'steps', 'cycleway', 'track', 'bridleway', 'corridor']),
  // Words of OSM that are no street to keep, or not yet one.
  ...each('other', [
    'road',
    'construction',
    'proposed',
    'planned',
    'abandoned',
    'razed',
    'raceway',
    'platform',
    'rest_area',
    'crossing',
    'elevator',
    'via_ferrata',
  ]),

  ...each('main', [
    '主干道',
    '主干路',
    '快速路',
    '快速道路',
    '高速公路',
    '高速',
    '城市主干道',
    '城市主干路',
    '国道',
    '省道',
    '主路',
  ]),
  ...each('secondary', ['次干道', '次干路', '城市次干道', '城市次干路', '县道']),
  ...each('branch', ['支路', '支道', '支干道', '城市支路', '一般道路', '街坊路', '乡道']),
  ...each('alley', [
    '背街小巷',
    '小街巷',
    '街巷',
    '小巷',
    '巷',
    '胡同',
    '里弄',
    '弄堂',
    '弄',
    '里巷',
    '巷道',
    '小区道路',
    '居住区道路',
    '村道',
    '内部道路',
  ]),
  ...each('service', ['辅路', '辅道', '附属道路', '服务道路', '匝道', '引道', '便道', '公交专用道']),
  ...each('path', [
    '步行道',
    '步行街',
    '人行道',
    '人行天桥',
    '人行步道',
    '步道',
    '绿道',
    '慢行道',
    '自行车道',
    '非机动车道',
    '台阶',
    '小路',
    '小径',
  ]),
  ...each('other', ['其他', '其它', '其他道路']),
]);

/** With our own key among them: what we export comes back as it was. */
function each(roadClass: RoadClass, keys: string[]): [string, RoadClass][] {
  return [...keys, roadClass].map((key) => [key, roadClass]);
}

/** "城市主干道(一级)" and "背街小巷/胡同" hold a word we know: the longest decides, and among equals the lower-ranked. */
function fromPhrase(text: string): RoadClass | undefined {
  if (!/\p{Script=Han}/u.test(text)) return undefined;
  const held = [...words].filter(([word]) => word.length > 1 && /\p{Script=Han}/u.test(word) && text.includes(word));
  return held.toReversed().sort(([a], [b]) => b.length - a.length)[0]?.[1];
}
