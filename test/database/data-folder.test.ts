import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DatabaseUnusable } from '../../api/database/connect.ts';
import { holdDataFolder, holderOf } from '../../api/database/data-folder.ts';

describe('the data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'luzhang-folder-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const refusal = async (): Promise<Error> =>
    holdDataFolder(folder).then(
      () => new Error('it was given out'),
      (error: Error) => error,
    );

  it('is given to one holder, who is named with pid and url to the next', async () => {
    const held = await holdDataFolder(folder);
    await held.announce('http://127.0.0.1:4711');
    const error = await refusal();
    expect(error).to.be.instanceOf(DatabaseUnusable);
    expect(error.message).to.include(`process ${process.pid}`).and.include('http://127.0.0.1:4711');
    held.release();
    expect(await holderOf(folder)).to.equal(null);
    (await holdDataFolder(folder)).release();
  });

  it('is taken over from a process that died', async () => {
    const dead = spawn(process.execPath, ['-e', '']);
    await once(dead, 'exit');
    await writeFile(
      join(folder, 'lock.json'),
      JSON.stringify({ pid: dead.pid, started_at: '', process_start: null, url: null }),
    );
    expect(await holderOf(folder)).to.equal(null);
    const held = await holdDataFolder(folder);
    expect((await holderOf(folder))?.pid).to.equal(process.pid);
    held.release();
  });

  it('is taken over when the id of the dead process was given to another one', async function () {
    const held = await holdDataFolder(folder);
    const lock = JSON.parse(await readFile(join(folder, 'lock.json'), 'utf8')) as { process_start: string | null };
    held.release();
    if (lock.process_start === null) return this.skip(); // no /proc here: a living pid is believed
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30000)']);
    await once(other, 'spawn');
    await writeFile(join(folder, 'lock.json'), JSON.stringify({ ...lock, pid: other.pid }));
    expect(await holderOf(folder)).to.equal(null);
    (await holdDataFolder(folder)).release();
    other.kill();
  });

  it('is taken over when a process was killed while it wrote its lock', async () => {
    await writeFile(join(folder, 'lock.json'), '{"pid": 1');
    (await holdDataFolder(folder)).release();
  });

  it('is cleared of what a killed process left half done, and of nothing else', async () => {
    for (const name of ['uploads', 'postgres.new-123', 'postgres', 'mine'])
      await mkdir(join(folder, name, 'in it'), { recursive: true });
    (await holdDataFolder(folder)).release();
    expect((await readdir(folder)).toSorted()).to.deep.equal(['mine', 'postgres']);
  });

  it('is made where it is missing, and one that cannot be is named', async () => {
    const file = join(folder, 'a-file');
    (await holdDataFolder(join(folder, 'new', 'deep'))).release();
    await writeFile(file, '');
    folder = join(file, 'below'); // root may write anywhere, but nobody makes a folder in a file
    expect((await refusal()).message).to.match(/cannot be written .*DATA_DIR/s);
    folder = join(file, '..');
  });

  it('is given to exactly one of many that ask at once over a dead lock', async () => {
    await writeFile(
      join(folder, 'lock.json'),
      JSON.stringify({ pid: 2 ** 22 + 1, started_at: '', process_start: null, url: null }),
    );
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => holdDataFolder(folder)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
  });
});
