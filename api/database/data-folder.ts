/**
 * The embedded data folder belongs to one process: two engines on one cluster destroy it.
 *
 * The lock is a file with the process's id, because Node has no flock. A process that was killed leaves its file behind,
 * so the file of a dead process is taken over. Ids are used again (in a container the server is process 7 every time),
 * so where /proc tells, the process must also have been started at the moment that the file remembers.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseUnusable } from './connect.ts';

export type Holder = {
  pid: number;
  /** ISO 8601. */
  started_at: string;
  /** What /proc says of the process's start, null where there is no /proc. */
  process_start: string | null;
  /** Where it serves, null until it listens (and for commands, which never do). */
  url: string | null;
};

export type HeldFolder = {
  /** Tells other processes where this one serves, so that they work through its API. */
  announce: (url: string) => Promise<void>;
  release: () => void;
};

const lockOf = (folder: string): string => join(resolve(folder), 'lock.json');

/**
 * Makes the folder where it is missing and takes it for this process.
 * @throws DatabaseUnusable when it cannot be written, or another process that lives has it (named with pid and url).
 */
export async function holdDataFolder(folder: string): Promise<HeldFolder> {
  const file = lockOf(folder);
  const mine: Holder = {
    pid: process.pid,
    started_at: new Date().toISOString(),
    process_start: processStart(process.pid),
    url: null,
  };
  try {
    await mkdir(resolve(folder), { recursive: true });
    await take(file, mine, folder);
    await clear(resolve(folder));
  } catch (error) {
    if (error instanceof DatabaseUnusable) throw error;
    throw new DatabaseUnusable(
      `The data folder ${resolve(folder)} cannot be written (${(error as Error).message}); make it writable for this user, or name another one in DATA_DIR.`,
      { cause: error },
    );
  }
  return {
    async announce(url) {
      // Renamed over the lock, so that nobody reads half of it.
      await writeFile(`${file}.${process.pid}`, JSON.stringify({ ...mine, url }));
      await rename(`${file}.${process.pid}`, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

/** The living process that has the folder, or null. */
export async function holderOf(folder: string): Promise<Holder | null> {
  const holder = await readLock(lockOf(folder));
  return holder && lives(holder) ? holder : null;
}

/** What a process that was killed left half done: uploads, and a cluster that was being laid. */
async function clear(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => name === 'uploads' || /^postgres\.new-\d+$/.test(name));
  for (const name of left) await rm(join(folder, name), { recursive: true, force: true });
}

/**
 * Takes a lock that is free, or that a dead process left. Written beside and linked into place, so that nobody reads half
 * of it. Only one process at a time may put its own in the place of a dead one: the one that holds the lock's own lock.
 */
async function take(file: string, mine: Holder, folder: string): Promise<void> {
  const draft = `${file}.${process.pid}-${randomUUID()}`;
  await writeFile(draft, JSON.stringify(mine));
  try {
    while (!(await linked(draft, file))) {
      if (!(await diedWith(file, folder))) continue;
      const successor = `${file}.successor`;
      await take(successor, mine, folder);
      try {
        // Another may have taken it over between our look and our turn.
        if (!(await diedWith(file, folder))) continue;
        await rename(draft, file);
        return;
      } finally {
        await rm(successor, { force: true });
      }
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Whether the lock is there and its process is not; false when there is no lock (any more).
 * @throws DatabaseUnusable when its process lives.
 */
async function diedWith(file: string, folder: string): Promise<boolean> {
  const holder = await readLock(file);
  if (holder && lives(holder)) throw taken(holder, folder);
  return holder !== null || existsSync(file);
}

/** null for a file that is not there or stays unreadable: a process killed while it wrote its first line. */
async function readLock(file: string): Promise<Holder | null> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      return JSON.parse(await readFile(file, 'utf8')) as Holder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      if (!(error instanceof SyntaxError)) throw error;
      await wait(50);
    }
  }
  return null;
}

function lives({ pid, process_start }: Holder): boolean {
  if (pid === process.pid && process_start === processStart(pid)) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false; // EPERM: it lives, and is somebody else's
  }
  const start = processStart(pid);
  return start === null || process_start === null || start === process_start;
}

/** Boot id and start time in clock ticks since then, or null where there is no /proc. */
function processStart(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in brackets and may hold blanks; the start time is the 22nd.
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return null;
  }
}

function taken({ pid, started_at, url }: Holder, folder: string): DatabaseUnusable {
  return new DatabaseUnusable(
    `The data folder ${resolve(folder)} belongs to process ${pid}, ${url ? `which serves at ${url}` : 'which is starting or importing'} since ${started_at}; stop it first, or give this one a folder of its own in DATA_DIR.`,
  );
}
