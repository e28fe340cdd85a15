import type { FlatLine } from './line.ts';

/** The line digitised the other way round: measure m becomes length_cm - m, and left becomes right. */
export function reverse(line: FlatLine): number[] {
  const turned: number[] = [];
  for (let i = line.length - 2; i >= 0; i -= 2) turned.push(line[i]!, line[i + 1]!);
  return turned;
}
