/**
 * One fix a line: {"time": "2026-05-01T08:00:00+08:00", "position": [120.1, 30.2], "accuracy_m": 8, "heading_deg": 90,
 * "speed_m_s": 1.3}. What an app can append to while it walks, and send again as it stands: a line that is broken, as
 * the last one is where the battery died, costs that line only.
 */
import { Problem } from '../../problems.ts';
import type { Gathering, SentFix } from './gather-fixes.ts';
import { readTime } from './read-time.ts';

/** A fix has some 150 characters. */
const LONGEST_LINE = 10_000;

/** @throws Problem `unreadable` for a line longer than any fix. */
export async function readNdjson(texts: AsyncIterable<string>, gathering: Gathering): Promise<void> {
  let line = 0;
  let rest = '';
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const one of lines) readLine(one, (line += 1), gathering);
    if (rest.length > LONGEST_LINE) throw tooLong(line + 1);
  }
  if (rest.trim() !== '') readLine(rest, line + 1, gathering);
}

function readLine(text: string, line: number, gathering: Gathering): void {
  if (text.length > LONGEST_LINE) throw tooLong(line);
  if (text.trim() === '') return;
  const fix = parseLine(text);
  if (typeof fix !== 'object' || fix === null || Array.isArray(fix)) return gathering.drop('unreadable', line);
  const said = fix as Record<string, unknown>;
  const position = said.position;
  if (said.time === undefined || said.time === null) return gathering.drop('no_time', line);
  const time = readTime(said.time, 'nothing');
  if (Number.isNaN(time)) return gathering.drop('unreadable_time', line);
  if (!Array.isArray(position)) return gathering.drop('no_position', line);
  gathering.add({ time, x: numberOf(position[0]), y: numberOf(position[1]), ...sensorsOf(said) }, line);
}

/** What else a device says about a fix, under its usual names; NaN for what it does not, or not as a number. */
export const sensorsOf = (
  said: Record<string, unknown>,
): Pick<SentFix, 'accuracy_m' | 'heading_deg' | 'speed_m_s'> => ({
  accuracy_m: numberOf(said.accuracy_m ?? said.accuracy),
  heading_deg: numberOf(said.heading_deg ?? said.heading),
  speed_m_s: numberOf(said.speed_m_s ?? said.speed),
});

export const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : NaN);

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Python writes NaN and Infinity, which JSON does not have.
    const mended = text.replace(/([:[,]\s*)(?:NaN|-?Infinity)(?=\s*[,}\]])/g, '$1null');
    if (mended === text) return undefined;
    try {
      return JSON.parse(mended);
    } catch {
      return undefined;
    }
  }
}

const tooLong = (line: number): Problem =>
  new Problem(
    'unreadable',
    `Line ${line} is longer than ${LONGEST_LINE.toLocaleString('en')} characters; a fix is one short line.`,
    {
      hint: 'Expected one JSON object a line: {"time": …, "position": [x, y]}.',
    },
  );
