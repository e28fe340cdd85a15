import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect } from 'chai';
import { openFile } from '../../../api/interop/files/open-file.ts';
import { makeShapefile } from './make-shapefile.ts';
import { makeZip } from './make-zip.ts';
import { readAll, temporaryFiles } from './temporary-file.ts';

const workFolders = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`luzhang-import-${process.pid}-`));

describe('opening a file', function () {
  this.timeout(60_000);
  const write = temporaryFiles();
  const csv = (rows: string[]): string => ['name,lon,lat', ...rows].join('\n');

  it('hands out every row, those it looked at first included', async () => {
    const rows = Array.from({ length: 2500 }, (_, index) => `r${index},116.${index},39.9`);
    const all = await readAll(write('long.csv', csv(rows)));
    expect(all.rows.map(({ properties }) => properties.name)).to.deep.equal(rows.map((row) => row.split(',')[0]));
  });

  it('may be walked once', async () => {
    const file = await openFile(write('a.csv', csv(['a,116,39'])));
    for await (const row of file.rows()) expect(row.row).to.equal(2);
    const again = await file
      .rows()
      .next()
      .catch((error: Error) => error.message);
    expect(again).to.match(/walked once/);
  });

  it('notices swapped columns and rows at null island, changing nothing', async () => {
    const { file, rows } = await readAll(write('s.csv', csv(['a,43.05,-76.1', 'b,43.06,-76.2', 'c,0,0'])));
    expect(rows.map(({ geometry }) => (geometry as { coordinates: number[] }).coordinates)).to.deep.equal([
      [43.05, -76.1],
      [43.06, -76.2],
      [0, 0],
    ]);
    expect(file.notes.join('\n'))
      .to.match(/2 of 3 positions \(first in row 2: 43.05, -76.1\) look swapped/)
      .and.match(/1 of 3 positions.*0, 0/);
  });

  it('keeps WGS84 coordinates to the last digit', async () => {
    const position = [116.38949821234567, 39.90618981234567];
    const { rows } = await readAll(write('p.geojson', JSON.stringify({ type: 'Point', coordinates: position })));
    expect((rows[0]!.geometry as { coordinates: number[] }).coordinates).to.deep.equal(position);
  });

  const zipOfLines = (count: number): Buffer => {
    const lines = Array.from({ length: count }, (_, index) => ({
      coordinates: [
        [500000 + index, 3400000],
        [500010, 3400000 + index],
      ] as [number, number][],
      name: 'a',
    }));
    return makeZip(Object.entries(makeShapefile(lines)).map(([end, content]) => ({ name: `r.${end}`, content })));
  };

  it('leaves no temporary files: walked, left early, closed unread, or refused', async () => {
    const path = write('r.zip', zipOfLines(1500));
    await readAll(path, { crs: 'EPSG:4549' });
    for await (const row of (await openFile(path, { crs: 'EPSG:4549' })).rows()) {
      expect(row.row).to.equal(1);
      break;
    }
    expect(workFolders()).to.deep.equal([]);
    const unread = await openFile(path, { crs: 'EPSG:4549' });
    expect(workFolders()).to.have.length(1);
    await unread.close();
    await openFile(path).catch(() => {});
    expect(workFolders()).to.deep.equal([]);
  });

  it('keeps the event loop free while GDAL works', async () => {
    const path = write('many.zip', zipOfLines(20_000));
    const start = performance.now();
    let last = performance.now();
    let longest = 0;
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const { rows } = await readAll(path, { crs: 'EPSG:4549' });
    clearInterval(timer);
    expect(rows).to.have.length(20_000);
    // GDAL takes most of the time in one call; on an idle machine the longest wait is 40 ms of 1.5 s.
    expect(longest).to.be.below((last - start) / 3);
  });
});
