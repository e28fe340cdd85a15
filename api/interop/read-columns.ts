/** Which column is what, as it is typed: `name=道路名称,class=等级`. */
import { Problem } from '../problems.ts';

/** Our column to theirs. @throws Problem `invalid`. */
export function readColumns(typed: string): Record<string, string> {
  const pairs = typed.split(',').map((pair): [string, string] => {
    const at = pair.indexOf('=');
    const [ours, theirs] = [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
    if (!ours || !theirs) {
      throw new Problem('invalid', `columns has "${pair}"; expected ours=theirs, several with commas.`, {
        hint: 'For example name=道路名称,class=等级.',
        errors: [{ path: 'columns', message: 'ours=theirs,ours=theirs', came: typed }],
      });
    }
    return [ours, theirs];
  });
  return Object.fromEntries(pairs);
}
