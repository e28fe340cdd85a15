/** Centimetres inside, metres on the wire; sides as words on the wire, ranges inside. */
import type { Sides } from './shapes.ts';

export const metres = (cm: number): number => cm / 100;
export const centimetres = (m: number): number => Math.round(m * 100);
/** Side-centimetres (each side counts on its own) to metres of road; a multiple of 0.005. */
export const roadMetres = (side_cm: number): number => side_cm / 200;

/**
 * Rounded down to a hundredth: 99.999 % is not "everything"; null where nothing is required. Whole numbers are multiplied
 * before they are divided, or 57 of 100 would be 56.99 %.
 */
export const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((part * 10_000) / whole) / 100;

const ranges: Record<Sides, string> = { left: '[0,1)', right: '[1,2)', both: '[0,2)' };
export const sidesRange = (sides: Sides): string => ranges[sides];

/** Reads a range as PostgreSQL prints it, `[0,1250)`. */
export function readRange(text: string): [from: number, to: number] {
  const [from, to] = text.slice(1, -1).split(',').map(Number);
  return [from!, to!];
}

const words: Record<string, Sides> = { '[0,1)': 'left', '[1,2)': 'right', '[0,2)': 'both' };
export const sidesWord = (range: string): Sides => words[range]!;

/** A stretch of the database (two ranges as text) as the wire says it; `length_m` is along the road, on however many sides. */
export function stretchOnWire({ span, sides }: { span: string; sides: string }) {
  const [from, to] = readRange(span);
  return { from_m: metres(from), to_m: metres(to), sides: sidesWord(sides), length_m: metres(to - from) };
}
