/**
 * Do the probabilities of snapping mean what they say? Simulated reports (test/support/reports.ts) in 6 × 6 km of inner
 * Beijing, classes and names as OpenStreetMap has them, motorways and trunk roads as flyovers; the same every time.
 * npm run bench -- reliability
 */
import { extentOf } from '../../api/geometry/extent.ts';
import { roadClassOf } from '../../api/interop/files/road-class.ts';
import { buildNetwork } from '../../api/network/network.ts';
import type { RoadInput } from '../../api/network/network.ts';
import { snap } from '../../api/network/snap.ts';
import { dataFile, readStreets } from '../../test/support/read-streets.ts';
import { simulateReports } from '../../test/support/reports.ts';
import type { Telling } from '../../test/support/reports.ts';
import { seededRandom } from '../../test/support/shapes.ts';
import { beijing } from './support/streets.ts';

const REPORTS = 20_000;
const BANDS = [0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 1];

type Band = { answers: number; right: number };
const emptyBand = (): Band => ({ answers: 0, right: 0 });
const told = ({ answers, right }: Band): string =>
  answers === 0 ? '·' : `${((100 * right) / answers).toFixed(0)} of ${answers}`;

const network = buildNetwork(await streets(), 1);
const [minX, minY, maxX, maxY] = extentOf(network.xy);
const [x, y] = [(minX + maxX) / 2, (minY + maxY) / 2];
const area = [x - 3000, y - 3000, x + 3000, y + 3000] as const;

const situations: [string, Omit<Telling, 'accuracy_m'>][] = [
  ['position alone', {}],
  ['with heading', { heading: true }],
  ['with name', { name: true }],
  ['with both', { heading: true, name: true }],
  ['one error in ten twice as large as stated', { rough: true }],
];
const columns = ['first >= 0.9', 'matched', 'side >= 0.9'];
for (const [title, telling] of situations) {
  console.log(`\n${title}: % right, of how many answers, by the probability stated`);
  row('', ...BANDS.slice(1).map((to, i) => `${BANDS[i]}-${to}`), ...columns);
  for (const accuracy_m of [6, 15, 30, 50]) {
    const { bands, sure, matched, sides } = reliability({ ...telling, accuracy_m }, 'all');
    row(`${accuracy_m} m`, ...[...bands, sure, matched, sides].map(told));
  }
}
console.log('\nby what the answer says, position alone, 15 m: the first road where it has this flag; being on no road');
row('', ...BANDS.slice(1).map((to, i) => `${BANDS[i]}-${to}`), ...columns);
for (const which of ['corner', 'parallel', 'layer', 'no flag', 'no road'] as const) {
  const { bands, sure, matched, sides } = reliability({ accuracy_m: 15 }, which);
  row(which, ...[...bands, sure, matched, sides].map(told));
}

/** Answers that are counted: all, those about no road, or the first one of each report when it has a flag. */
type Which = 'all' | 'no road' | 'no flag' | 'corner' | 'parallel' | 'layer';

function reliability(telling: Telling, which: Which): Record<'sure' | 'matched' | 'sides', Band> & { bands: Band[] } {
  const report = simulateReports(network, area, seededRandom(7));
  const bands = BANDS.slice(1).map(emptyBand);
  const [sure, matched, sides] = [emptyBand(), emptyBand(), emptyBand()];
  const count = (band: Band, right: boolean): void => {
    band.answers++;
    band.right += Number(right);
  };
  for (let i = 0; i < REPORTS; i++) {
    const { question, truth, side } = report(telling);
    const { candidates, off_network_probability, verdict } = snap(network, question);
    const [first] = candidates;
    const none = { road_id: 0, probability: off_network_probability };
    const flagged =
      first && (which === 'no flag' ? first.flags.length === 0 : first.flags.some((flag) => flag === which));
    const answers = which === 'all' ? [...candidates, none] : which === 'no road' ? [none] : flagged ? [first] : [];
    for (const { road_id, probability } of answers) {
      count(bands[BANDS.findLastIndex((from) => probability >= from)] ?? bands.at(-1)!, road_id === truth);
    }
    if (!first || !answers.some(({ road_id }) => road_id === first.road_id)) continue;
    const right = first.road_id === truth;
    if (first.probability >= 0.9) count(sure, right);
    if (verdict === 'matched') count(matched, right);
    if (right && first.side_probability >= 0.9) count(sides, first.side === side);
  }
  return { bands, sure, matched, sides };
}

function row(name: string, ...cells: string[]): void {
  console.log(name.padEnd(9) + cells.map((cell) => cell.padStart(13)).join(''));
}

async function streets(): Promise<RoadInput[]> {
  const file = dataFile('beijing-2013/roads.geojson');
  if (!file) return (await beijing()).roads;
  const high: boolean[] = [];
  const roads = await readStreets(file, 'EPSG:4548', undefined, ({ highway }) => {
    high.push(/^(motorway|trunk)/.test(String(highway)));
    return roadClassOf(highway).class;
  });
  return roads.map((road, i) => ({ ...road, layer: high[i] ? 1 : 0 }));
}
