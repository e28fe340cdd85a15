/** The audit command at a terminal: on the embedded database, on a server's, and beside a living server. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { digestOf } from '../../api/coverage/canonical-json.ts';
import type { Certificate } from '../../api/coverage/certificate.contract.ts';
import { connect } from '../../api/database/connect.ts';
import { engines, serverUrl } from '../support/district.ts';
import { collection, feature } from '../support/import-text.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

for (const engine of engines) {
  describe(`npm run audit (${engine})`, function () {
    this.timeout(300_000); // a start is 5 s on an idle machine, and more where others work
    const schema = `audit_${process.pid}`;
    let folder: string;
    let environment: NodeJS.ProcessEnv;
    const file = (): string => join(folder, 'certificate.json');
    const certificate = (): Certificate => JSON.parse(readFileSync(file(), 'utf8')) as Certificate;

    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'luzhang-audit-'));
      const { DATABASE_URL: _, NODE_OPTIONS: __, ...clean } = process.env;
      environment = {
        ...clean,
        DATA_DIR: join(folder, 'data'),
        DISTRICT: schema,
        INIT_CWD: folder,
        ...(engine === 'server' && { DATABASE_URL: serverUrl! }),
      };
      const road = (id: string, y: number, roadClass: string): object =>
        feature(
          { external_id: id, name: id, class: roadClass, status: 'handed_over' },
          {
            line: [
              [0, y],
              [500, y],
            ],
          },
        );
      writeFileSync(join(folder, 'roads.geojson'), collection(road('long', 0, 'alley'), road('other', 200, 'alley')));
      writeFileSync(
        join(folder, 'zones.geojson'),
        collection(
          feature(
            { code: 'T1', level: 'town', name: '一镇' },
            {
              ring: [
                [-50, -50],
                [600, -50],
                [600, 300],
                [-50, 300],
              ],
            },
          ),
        ),
      );
      writeFileSync(join(folder, 'chiefs.csv'), 'external_id,name,role\nC1,Li,community_l2\nC2,Wang,general\n');
      writeFileSync(
        join(folder, 'assignments.csv'),
        'external_id,road,from_m,to_m,role,chief,valid_from\nA1,long,0,250,community_l2,C1,2026-01-01\n',
      );
      for (const kind of ['zones', 'roads', 'chiefs', 'assignments']) {
        const name = ['zones', 'roads'].includes(kind) ? `${kind}.geojson` : `${kind}.csv`;
        const { status, output } = command('import', kind, name);
        expect(status, output).to.equal(0);
      }
    });
    after(async () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      if (engine !== 'server') return;
      const { db, close } = await connect({
        database_url: serverUrl,
        folder: null,
        schema,
        time_zone: 'Asia/Shanghai',
      });
      await db.raw(`drop schema if exists ${schema} cascade`);
      await close();
    });

    function command(name: string, ...given: string[]): { status: number | null; output: string } {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/set-up.mjs', name, ...given], {
        cwd: root,
        env: environment,
        encoding: 'utf8',
      });
      return { status, output: stdout + stderr };
    }
    const audit = (...given: string[]): { status: number | null; output: string } => command('audit', ...given);

    it('prints the sums in Chinese and writes document and page with one fingerprint', () => {
      const { status, output } = audit('--json', 'certificate.json', '--html', 'page.html');
      expect(status, output).to.equal(0);
      // Two alleys of 500 m need three roles; 250 m of one are held.
      expect(output)
        .to.match(/责任岗位 +3,000\.\d+ +250\.\d+ +2,750\.\d+ +8\.3\d%/)
        .and.include('社区二级路长');
      expect(digestOf(certificate())).to.equal(certificate().digest);
      const page = readFileSync(join(folder, 'page.html'), 'utf8');
      expect(page.replaceAll(' ', '')).to.include(certificate().digest);
    });

    it('ends with 1 when a threshold is not met, and says which', () => {
      const failed = audit(
        '--lang',
        'en',
        '--min-held',
        '50',
        '--min-walked',
        '10',
        '--max-missing-m',
        '100',
        '--zone',
        'T1',
      );
      expect(failed.status).to.equal(1);
      expect(failed.output)
        .to.match(/Threshold not met: Roles filled: 8\.3\d%, below 50%/)
        .and.match(/Threshold not met: Duties walked: .*0.00%, below 10%/)
        .and.match(/Threshold not met: [\d,.]+ m unheld or in no community, more than 100 m/);
      const kept = audit('--lang', 'en', '--min-held', '8', '--max-missing-m', '4000', '--max-standing', '1000');
      expect(kept.status, kept.output).to.equal(0);
      expect(kept.output).to.include('Every threshold is met.');
    });

    it('does not take nothing for everything', () => {
      writeFileSync(
        join(folder, 'far.geojson'),
        collection(
          feature(
            { code: 'T2', level: 'town', name: '远镇' },
            {
              ring: [
                [9000, 9000],
                [9100, 9000],
                [9100, 9100],
              ],
            },
          ),
        ),
      );
      expect(command('import', 'zones', 'far.geojson').status).to.equal(0);
      const { status, output } = audit('--zone', 'T2', '--min-held', '0', '--lang', 'en');
      expect(status, output).to.equal(1);
      expect(output).to.include('nothing is required, so nothing is proved').and.include('no road in this area');
    });

    it('ends with 2 for what was typed wrong, without a stack', () => {
      writeFileSync(join(folder, 'other.json'), '{"schema": "something"}');
      writeFileSync(join(folder, 'broken.json'), '{');
      for (const [given, says] of [
        [['--colour'], "Unknown option '--colour'"],
        [['prove'], 'Expected nothing, or verify and one file'],
        [['verify'], 'Expected nothing, or verify and one file'],
        [['--lang', 'fr'], 'expected zh or en'],
        [['--at', 'yesterday'], '--at is not a day'],
        [['--min-held', '101'], 'expected a number from 0 to 100'],
        [['verify', 'nowhere.json'], 'cannot be read as JSON'],
        [['verify', 'broken.json'], 'cannot be read as JSON'],
        [['verify', 'other.json'], 'is not a certificate'],
        [['--zone', 'nowhere'], 'There is no zone with the code "nowhere"'],
        [['--at', '2999-01-01'], 'still to come'],
      ] as const) {
        const { status, output } = audit(...given);
        expect(status, output).to.equal(2);
        expect(output)
          .to.include(says)
          .and.not.match(/^ +at /m);
      }
      const elsewhere = structuredClone(certificate());
      elsewhere.district.key = 'elsewhere';
      writeFileSync(join(folder, 'elsewhere.json'), JSON.stringify(elsewhere));
      expect(audit('verify', 'elsewhere.json')).to.include({ status: 2 });
    });

    it('verifies: the same is 0; tampering and late records are 1, and told apart', () => {
      audit('--json', 'certificate.json');
      const same = audit('verify', 'certificate.json', '--lang', 'en');
      expect(same.status, same.output).to.equal(0);
      expect(same.output).to.include('its fingerprint holds').and.include('exactly the same');

      const tampered = certificate();
      tampered.totals.unheld.missing -= 100;
      writeFileSync(join(folder, 'tampered.json'), JSON.stringify(tampered));
      const found = audit('verify', 'tampered.json', '--lang', 'en');
      expect(found.status).to.equal(1);
      expect(found.output).to.include('The file was changed').and.include('sums of the file itself do not hold');

      // Written down late: Wang has held the whole of one alley since January.
      writeFileSync(
        join(folder, 'late.csv'),
        'external_id,road,from_m,to_m,role,chief,valid_from\nA2,long,0,500,general,C2,2026-01-01\n',
      );
      expect(command('import', 'assignments', 'late.csv').status).to.equal(0);
      const late = audit('verify', 'certificate.json', '--lang', 'en');
      expect(late.status).to.equal(1);
      expect(late.output)
        .to.include('its fingerprint holds')
        .and.match(/Assignments: 1 rows in the file, 2 now/)
        .and.include('gaps that vanished: 1')
        .and.include('it was right then')
        .and.match(/Since it was issued: 1 changes, 0 patrols/)
        .and.include('import');
    });

    it('asks the server that owns the data folder', async function () {
      if (engine === 'server') return this.skip(); // a database server has room for both
      const server: ChildProcess = spawn(process.execPath, ['--import=tsx', 'api/main.ts'], {
        cwd: root,
        env: { ...environment, PORT: '0', DEMO: 'no' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        let said = '';
        for await (const text of server.stdout!) {
          said += String(text);
          if (said.includes('serves')) break;
        }
        const { status, output } = audit(
          '--json',
          'through.json',
          '--html',
          'through.html',
          '--zone',
          'T1',
          '--lang',
          'en',
        );
        expect(status, output).to.equal(0);
        expect(output).to.include('owns the data folder');
        const verified = audit('verify', 'through.json', '--lang', 'en');
        expect(verified.status, verified.output).to.equal(0);
        expect(audit('--at', '2999-01-01')).to.deep.include({ status: 2 });
      } finally {
        server.kill('SIGTERM');
        await once(server, 'exit');
      }
    });
  });
}
