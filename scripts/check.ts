/** npm run check: everything that must hold beside the tests. All are run, so that one run tells everything. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const checks: [what: string, ...command: string[]][] = [
  ['types', 'typescript/bin/tsc', '-p', '.'],
  ['lint', 'oxlint/bin/oxlint', '--type-aware'],
  ['format', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ['dead code', 'knip/bin/knip.js'],
];

const failed = checks.filter(([what, program, ...given]) => {
  console.log(`== ${what}`);
  return (
    spawnSync(process.execPath, [`node_modules/${program}`, ...given], { cwd: root, stdio: 'inherit' }).status !== 0
  );
});
console.log(
  failed.length === 0 ? 'everything holds' : `not as it should be: ${failed.map(([what]) => what).join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
