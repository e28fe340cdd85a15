/**
 * Runs a command of this project in a clone where nothing is installed yet: plain JavaScript, Node alone.
 *
 *   node scripts/set-up.mjs start | test | import | build | check | bench | any script of this folder, and its arguments
 *
 * npm's own scripts cannot do this: they look for programs in node_modules, which is what is missing.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => join(root, path);

const commands = {
  async start() {
    await installed({ dev: false });
    await clientBuilt();
    await inThisProcess('api/main.ts');
  },
  async test(...given) {
    await installed({ dev: true });
    process.env.FORCE_COLOR ??= process.stdout.isTTY ? '1' : '0';
    // `npm test -- -g roads` names no file, `npm test -- test/roads/take-roads.test.ts` does.
    const named = given.some((word) => !word.startsWith('-') && (word.includes('*') || existsSync(at(word))));
    await program('mocha', 'bin/mocha.js', named ? given : [...given, 'test/**/*.test.ts']);
  },
  /** A planner's command: it must not fetch what only developers need. */
  async import() {
    await installed({ dev: false });
    process.argv.splice(2, 1);
    await inThisProcess('scripts/import.ts');
  },
  async build() {
    await installed({ dev: false });
    await program('vite', 'bin/vite.js', ['build']);
  },
  async check() {
    await installed({ dev: true });
    await inThisProcess('scripts/check.ts');
  },
  async bench(name, ...rest) {
    const known = existsSync(at('scripts/bench'))
      ? readdirSync(at('scripts/bench')).filter((file) => file.endsWith('.ts'))
      : [];
    if (!known.includes(`${name}.ts`))
      fail(`npm run bench -- NAME, where NAME is one of: ${known.map((file) => file.slice(0, -3)).join(', ')}`);
    await installed({ dev: true });
    process.argv = [process.argv[0], process.argv[1], ...rest];
    await inThisProcess(`scripts/bench/${name}.ts`);
  },
};

const [command = '', ...args] = process.argv.slice(2);
requireNode(20, 19);
process.env.INIT_CWD ??= process.cwd(); // what a person types is relative to here
process.chdir(root);
if (Object.hasOwn(commands, command)) {
  await commands[command](...args);
} else if (/^[a-z-]+$/.test(command) && existsSync(at(`scripts/${command}.ts`))) {
  await installed({ dev: true });
  process.argv.splice(2, 1);
  await inThisProcess(`scripts/${command}.ts`);
} else {
  fail(
    `"${command}" is no command here; there are ${Object.keys(commands).join(', ')} and the scripts of the folder scripts/.`,
  );
}

function requireNode(major, minor) {
  const [has, hasMinor] = process.versions.node.split('.').map(Number);
  if (has > major || (has === major && hasMinor >= minor)) return;
  fail(
    `This is Node ${process.versions.node}; Luzhang needs ${major}.${minor} or later. Get it at https://nodejs.org.`,
  );
}

/** Installs what package-lock.json names where it is not there, exactly as it is named. */
async function installed({ dev }) {
  if (isInstalled(dev)) return;
  console.log('Installing the packages that Luzhang stands on (once; some 300 MB) …');
  const began = Date.now();
  // npm shows nothing where there is no terminal: say at least that it goes on.
  const ticker = process.stderr.isTTY ? null : setInterval(() => console.log(`  … ${seconds(began)}`), 5_000);
  const cli = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : null;
  // `install --no-save` and not `ci`: both take the versions of the lock file, but `ci` refuses a lock file that does not
  // name the optional binaries of every other system, and not every registry has them all.
  const given = [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    dev ? '--include=dev' : '--omit=dev',
  ];
  const status = cli
    ? await run(process.execPath, [cli, ...given])
    : await run('npm', given, { shell: process.platform === 'win32' });
  clearInterval(ticker ?? undefined);
  if (status !== 0)
    fail('npm could not install the packages (see above). Is the registry reachable? Run "npm install" to try again.');
  console.log(`  ✓ installed, ${seconds(began)}`);
}

/**
 * Compares versions, not times of files: a checkout touches package-lock.json without changing it, and an install
 * begins by deleting what is there.
 */
function isInstalled(dev) {
  const wanted = packagesOf('package-lock.json');
  const there = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !there) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || there[path]?.version === entry.version) return true;
    // Other systems' binaries are optional and absent; a server may be installed without what only developers need.
    return !there[path] && (entry.optional || entry.devOptional || (entry.dev && !dev));
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(at(file), 'utf8')).packages;
  } catch {
    return null;
  }
}

/** Builds the client where it was never built, or anything that goes into it is newer. */
async function clientBuilt() {
  if (!existsSync(at('client/index.html'))) return;
  const built = timeOf('dist/client/index.html');
  const newest = Math.max(...['client', 'api', 'package-lock.json', 'vite.config.ts'].map(newestIn));
  if (built > newest) return;
  const began = Date.now();
  const status = await run(process.execPath, [at('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error']);
  if (status !== 0) fail('The client could not be built (see above).');
  console.log(`  ✓ client built, ${seconds(began)}`);
}

function newestIn(path) {
  if (!existsSync(at(path))) return 0;
  if (!statSync(at(path)).isDirectory()) return timeOf(path);
  // Of the API the client knows the contracts alone.
  const counts = path.startsWith('api') ? (name) => /contract\.ts$|shapes\.ts$/.test(name) : () => true;
  return Math.max(
    0,
    ...readdirSync(at(path), { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? newestIn(join(path, entry.name)) : counts(entry.name) ? timeOf(join(path, entry.name)) : 0,
    ),
  );
}

function timeOf(path) {
  return existsSync(at(path)) ? statSync(at(path)).mtimeMs : 0;
}

/**
 * Runs a TypeScript file here and not in a child: Ctrl-C then reaches it once and directly, and a start saves 0.3 s.
 */
async function inThisProcess(path) {
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(at(path)).href);
}

/** Runs a package's program and ends as it ends. */
async function program(name, file, given) {
  process.exit(await run(process.execPath, [at(`node_modules/${name}/${file}`), ...given]));
}

function run(file, given, options = {}) {
  const child = spawn(file, given, { cwd: root, stdio: 'inherit', ...options });
  // The terminal sends Ctrl-C to the child too; what it does then decides when this ends.
  const ignore = () => {};
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', ignore);
  process.on('SIGTERM', pass);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${relative(root, file) || file} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', pass);
      if (signal) process.exit(130);
      resolve(code ?? 1);
    });
  });
}

function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(0)} s`;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
