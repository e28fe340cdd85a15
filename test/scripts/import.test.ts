/** The import command at a terminal. How it meets a living server is tested in test/main.test.ts. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('npm run import', function () {
  this.timeout(300_000); // a start is 5 s on an idle machine, and more where others work
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'luzhang-command-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function command(...given: string[]): { status: number | null; output: string } {
    const { DATABASE_URL: _, NODE_OPTIONS: __, ...environment } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/set-up.mjs', 'import', ...given], {
      cwd: root,
      env: { ...environment, DATA_DIR: join(folder, 'data'), INIT_CWD: folder },
      encoding: 'utf8',
    });
    return { status, output: stdout + stderr };
  }

  it('says how it is used', () => {
    const { status, output } = command('--help');
    expect(status).to.equal(0);
    expect(output).to.include('npm run import -- KIND FILE').and.include('--crs').and.include('--encoding');
  });

  it('says what was typed wrong, without a stack', () => {
    writeFileSync(join(folder, 'x.csv'), 'name\nx');
    for (const [given, says] of [
      [['roads'], 'Expected a kind and one file'],
      [['rivers', 'x.csv'], 'kind: '],
      [['roads', 'nowhere.geojson'], `There is no file ${join(folder, 'nowhere.geojson')}`],
      [['roads', 'x.csv', '--crs', 'xian80'], 'crs: '],
      [['roads', 'x.csv', '--colour', 'red'], "Unknown option '--colour'"],
    ] as const) {
      const { status, output } = command(...given);
      expect(status, output).to.equal(1);
      expect(output)
        .to.include(says)
        .and.not.match(/^ +at /m);
    }
  });

  it('shows what it took, what it rejected and where the rest is, and fails when nothing could be taken', () => {
    const rows = Array.from(
      { length: 30 },
      (_, index) => `C${index},Li ${index},${index < 5 ? '社区二级路长' : 'king'}`,
    );
    writeFileSync(join(folder, 'chiefs.csv'), ['编号,姓名,角色', ...rows].join('\n'));
    const first = command('chiefs', 'chiefs.csv');
    expect(first.status, first.output).to.equal(0);
    expect(first.output)
      .to.include('name = 姓名')
      .and.include('Rejected (25 rows)')
      .and.include('row 7: role is "king"')
      .and.include('and 5 more; --rejected FILE writes them all')
      .and.include('30 rows, 5 created, 0 updated, 0 unchanged, 25 rejected');

    writeFileSync(join(folder, 'kings.csv'), ['编号,姓名,角色', ...rows.slice(5)].join('\n'));
    const second = command('chiefs', 'kings.csv', '--rejected', 'rejected.csv');
    expect(second.status).to.equal(1);
    expect(second.output).to.include('None of the 25 rows of kings.csv could be taken; row 2: role is "king"');
    const written = readFileSync(join(folder, 'rejected.csv'), 'utf8').trim().split('\r\n');
    expect(written).to.have.length(26);
    expect(written[1]).to.match(/^2,"role is ""king""; expected one of /);
  });
});
