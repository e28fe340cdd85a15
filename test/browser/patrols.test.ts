import { expect } from 'chai';
import type { ChiefList } from '../../api/chiefs/chiefs.contract.ts';
import type { PassList, Patrol, PatrolList } from '../../api/patrols/patrols.contract.ts';
import type { RoadList } from '../../api/roads/roads.contract.ts';
import { accessibilityFaults } from '../support/accessible.ts';
import { mapAtRest, phone } from '../support/browser.ts';
import { browserSuite, pixelOf, queryOf } from '../support/browser-suite.ts';

const start = Date.now() - 3 * 3_600_000;

/** A walk along a line at 1.4 m/s with a fix every 5 s, as the GPX a watch writes. */
function gpxAlong(line: readonly (readonly number[])[]): string {
  const fixes: string[] = [];
  let second = 0;
  const fix = (lon: number, lat: number): void => {
    const time = new Date(start + second * 1000).toISOString();
    // Some 2 m beside the line, in and out with a period of 90 s, as errors of a receiver are.
    const aside = 0.00002 * Math.sin(second / 14);
    fixes.push(
      `<trkpt lat="${(lat + aside).toFixed(7)}" lon="${(lon + aside).toFixed(7)}"><time>${time}</time></trkpt>`,
    );
    second += 5;
  };
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const metres = Math.hypot((b[0]! - a[0]!) * 94_000, (b[1]! - a[1]!) * 111_000);
    const steps = Math.max(1, Math.round(metres / 7));
    for (let step = 0; step < steps; step++)
      fix(a[0]! + ((b[0]! - a[0]!) * step) / steps, a[1]! + ((b[1]! - a[1]!) * step) / steps);
  }
  return `<?xml version="1.0"?><gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${fixes.join('')}</trkseg></trk></gpx>`;
}

browserSuite('Patrols', ({ open, ask, url, forgive }) => {
  let chief: ChiefList['chiefs'][number];
  let walked: RoadList['features'];

  before(async () => {
    // One of whom the demo district knows no patrol yet, so that what is sent here stands alone.
    const { chiefs } = await ask<ChiefList>('/api/chiefs?role=community_l2&limit=200');
    for (const one of chiefs) {
      const { count } = await ask<PatrolList>(`/api/patrols?chief_id=${one.id}&limit=1`);
      chief = one;
      if (count === 0) break;
    }
    const { features } = await ask<RoadList>('/api/roads?class=branch&limit=200');
    // Long enough that nothing beside them can be taken for them.
    walked = features.filter(({ properties }) => properties.length_m > 500).slice(0, 3);
  });

  /** Sends a walk along one of the roads, past the screen; the same again is the same patrol. */
  async function patrolled(i: number): Promise<Patrol> {
    const response = await fetch(`${url()}/api/patrols?external_id=walk-${i}&chief_id=${chief.id}&crs=wgs84`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/gpx+xml' },
      body: gpxAlong(walked[i]!.geometry.coordinates),
    });
    expect(response.status, await response.clone().text()).to.be.oneOf([200, 201]);
    return (await response.json()) as Patrol;
  }

  it('lists who walked when and how far, and opens one with its track and its passes', async () => {
    const { id, walked_m } = await patrolled(0);
    const page = await open(`mode=patrols&chief=${chief.id}&role=${chief.role}`);
    const line = page.locator('.patrol-line').first();
    await line.waitFor();
    const { count } = await ask<PatrolList>(`/api/patrols?chief_id=${chief.id}`);
    expect(await page.locator('.patrol-list .section-head b').innerText()).to.equal(`${count} 次`);
    expect(await line.innerText()).to.contain(chief.name);
    await line.click();
    await page.locator('.pass-line').first().waitFor();
    const { features } = await ask<PassList>(`/api/patrols/${id}/passes`);
    expect(await page.locator('.pass-line').count()).to.equal(features.length);
    const shown = Number.parseFloat(await page.locator('.patrol-walked dd').innerText());
    expect(shown).to.be.closeTo(walked_m >= 999.5 ? walked_m / 1000 : walked_m, walked_m >= 999.5 ? 0.006 : 0.6);
    await page.waitForTimeout(300);
    expect(queryOf(page).get('patrol')).to.equal(String(id));
    await page.keyboard.press('Escape');
    await page.locator('.patrol-list').waitFor();
  });

  it('draws what was walked where it was walked, and opens the patrol at a click on it', async () => {
    const { id } = await patrolled(0);
    const { features } = await ask<PassList>(`/api/patrols/${id}/passes`);
    const longest = features.toSorted((a, b) => b.properties.length_m - a.properties.length_m)[0]!;
    const [lon, lat] = longest.geometry.coordinates[Math.floor(longest.geometry.coordinates.length / 2)]!;
    const page = await open(`mode=patrols&chief=${chief.id}&map=17/${lat}/${lon}`);
    await mapAtRest(page);
    const pixel = await pixelOf(page, [lon, lat]);
    await page.mouse.click(pixel.x, pixel.y);
    await page.locator('.time-slider').waitFor();
    await page.waitForTimeout(300);
    expect(queryOf(page).get('patrol')).to.equal(String(id));
  });

  it('moves through the time of a patrol by keys, says where it was, and keeps the second in the address', async () => {
    const { id } = await patrolled(0);
    const page = await open(`mode=patrols&patrol=${id}`);
    const slider = page.getByRole('slider', { name: '时间轴' });
    await slider.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await slider.inputValue()).to.equal('70');
    const expected = new Date(start + 70_000).toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai' });
    expect(await page.locator('.time-now b').innerText()).to.equal(expected);
    expect(await slider.getAttribute('aria-valuetext')).to.contain(expected);
    await page.waitForTimeout(800);
    expect(queryOf(page).get('second')).to.equal('70');
    await page.reload();
    await page.locator('.time-now b').filter({ hasText: expected }).waitFor();
  });

  it('plays the patrol, and stops where it is told to', async () => {
    const { id } = await patrolled(0);
    const page = await open(`mode=patrols&patrol=${id}`);
    await page.getByRole('button', { name: '播放' }).click();
    const slider = page.getByRole('slider');
    await page.waitForFunction(() => Number(document.querySelector<HTMLInputElement>('.time-track input')!.value) > 10);
    await page.getByRole('button', { name: '暂停' }).click();
    const stood = await slider.inputValue();
    await page.waitForTimeout(1200);
    expect(await slider.inputValue()).to.equal(stood);
  });

  it('goes to a pass that is chosen in the list', async () => {
    const { id } = await patrolled(0);
    const page = await open(`mode=patrols&patrol=${id}&second=0`);
    const { features } = await ask<PassList>(`/api/patrols/${id}/passes`);
    const longest = features.reduce((best, one, i) => {
      return one.properties.length_m > features[best]!.properties.length_m ? i : best;
    }, 0);
    const line = page.locator('.pass-line').nth(longest);
    await line.click();
    await page.waitForSelector('.passes li.picked .pass-line[aria-current=true]');
    expect(await line.getAttribute('aria-current')).to.equal('true');
    const { from_m, to_m } = features[longest]!.properties;
    expect(await page.locator('.time-where').innerText()).to.contain(`${Math.round(from_m)}–${Math.round(to_m)} 米`);
  });

  it('uploads a file, shows what it proves, and takes the same file again for what it is', async () => {
    const page = await open('mode=patrols');
    await page.getByRole('button', { name: '上传轨迹' }).click();
    const send = page.getByRole('button', { name: '上传并匹配' });
    expect(await send.isDisabled()).to.equal(true);
    // A second try of this test must not find the file of the first.
    const text = `${gpxAlong(walked[1]!.geometry.coordinates)}<!-- ${Date.now()} -->`;
    const file = { name: 'walk.gpx', mimeType: '', buffer: Buffer.from(text) };
    const before = await ask<PatrolList>(`/api/patrols?chief_id=${chief.id}`);
    for (const words of ['已匹配，确认走到', '这个文件以前上传过']) {
      await page.locator('input[type=file]').setInputFiles(file);
      await page.locator('.drop-name').filter({ hasText: 'walk.gpx' }).waitFor();
      if (await page.getByRole('combobox', { name: '路长' }).count()) {
        await page.getByRole('combobox', { name: '路长' }).fill(chief.name);
        await page.locator('.combobox-option').filter({ hasText: chief.name }).first().click();
      }
      await send.click();
      await page.locator('.upload-done').filter({ hasText: words }).waitFor();
      if (words.startsWith('已')) await page.getByRole('button', { name: '再传一个' }).click();
    }
    await page.getByRole('button', { name: '查看这次巡查' }).click();
    await page.locator('.pass-line').first().waitFor();
    const { patrols, count } = await ask<PatrolList>(`/api/patrols?chief_id=${chief.id}`);
    expect(count).to.equal(before.count + 1);
    expect(patrols.some(({ external_id }) => external_id.startsWith('sha256-'))).to.equal(true);
  });

  it('says clearly what is wrong with a file', async () => {
    const page = await open(`mode=patrols&tab=upload&chief=${chief.id}`);
    const choose = (name: string, text: string): Promise<void> =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer: Buffer.from(text) });
    await choose('walk.kml', '<kml/>');
    expect(await page.locator('.upload-wrong').innerText()).to.contain('walk.kml');
    forgive(/400|422/);
    await choose('broken.gpx', '<gpx><trk><trkseg><trkpt lat="32"');
    await page.getByRole('button', { name: '上传并匹配' }).click();
    await page.locator('.fault').waitFor();
    expect((await page.locator('.fault').innerText()).length).to.be.above(10);
  });

  it('says in its own words that the file is there already under another name', async () => {
    const text = `${gpxAlong(walked[2]!.geometry.coordinates)}<!-- ${Date.now()} -->`;
    const { chiefs } = await ask<ChiefList>('/api/chiefs?role=community_l2&limit=2');
    forgive(/409/);
    for (const [i, { id }] of chiefs.entries()) {
      const page = await open(`mode=patrols&tab=upload&chief=${id}&lang=en`);
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'walk.gpx', mimeType: '', buffer: Buffer.from(text) });
      await page.getByRole('button', { name: 'Upload and match' }).click();
      if (i === 0) await page.locator('.upload-done').waitFor();
      else await page.locator('.upload-wrong').filter({ hasText: 'uploaded before for another chief' }).waitFor();
    }
  });

  it('takes a file that is dropped on the list', async () => {
    const page = await open('mode=patrols');
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.gpx'));
      return transfer;
    }, gpxAlong(walked[2]!.geometry.coordinates));
    await page.dispatchEvent('.patrols', 'drop', { dataTransfer: data });
    await page.locator('.drop-name').filter({ hasText: 'dropped.gpx' }).waitFor();
  });

  it('narrows to a day, a role and a period of its own', async () => {
    await patrolled(0);
    const page = await open('mode=patrols&days=30');
    await page.getByRole('radio', { name: '今天' }).check();
    await page.getByRole('combobox', { name: '岗位' }).selectOption('sanitation_l2');
    await page.waitForTimeout(300);
    expect([queryOf(page).get('days'), queryOf(page).get('role')]).to.deep.equal(['1', 'sanitation_l2']);
    await page.getByRole('radio', { name: '自选' }).check();
    await page.getByLabel('起始日').fill('2026-01-05');
    await page.waitForTimeout(300);
    expect(queryOf(page).get('from')).to.match(/^20\d\d-\d\d-\d\d$/);
    expect(await page.locator('.walked-table tbody tr').count()).to.equal(1);
    await page.getByLabel('截止日').fill('2026-01-06');
    await page.getByText('这段时间没有巡查记录').waitFor();
  });

  it('keeps map, slider and list together on a phone, and plays there by touch', async () => {
    const { id } = await patrolled(0);
    const page = await open('mode=patrols&days=30', { viewport: phone, isMobile: true, hasTouch: true });
    await page.locator('.patrol-line').first().waitFor();
    await page.goto(`${url()}/?mode=patrols&patrol=${id}`);
    await page.locator('.pass-line').first().waitFor();
    const map = (await page.locator('.map').boundingBox())!;
    const slider = (await page.getByRole('slider').boundingBox())!;
    expect(map.height).to.be.above(300);
    expect(slider.y).to.be.above(map.y + map.height - 20);
    expect(slider.y + slider.height).to.be.below(phone.height - 200);
    await page.touchscreen.tap(slider.x + slider.width / 2, slider.y + slider.height - 8);
    const middle = Number(await page.getByRole('slider').getAttribute('max')) / 2;
    expect(Number(await page.getByRole('slider').inputValue())).to.be.closeTo(middle, middle * 0.1);
    await page.locator('.pass-line').last().scrollIntoViewIfNeeded();
    // The slider stays in sight above the list.
    expect((await page.getByRole('slider').boundingBox())!.y).to.be.closeTo(slider.y, 2);
  });

  for (const language of ['zh', 'en'] as const) {
    it(`can be read and worked by everyone, on a desktop and a phone: ${language}`, async () => {
      const { id } = await patrolled(0);
      for (const query of ['', '&tab=upload', `&patrol=${id}&second=60`]) {
        for (const options of [{}, { viewport: phone, isMobile: true, hasTouch: true }]) {
          const page = await open(`mode=patrols&lang=${language}${query}`, options);
          if (query.includes('patrol=')) await page.locator('.pass-line').first().waitFor();
          expect(await accessibilityFaults(page), query).to.deep.equal([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), query).to.be.at.most(0);
          // Names of people and streets are data; our own words are the reader's.
          const ours = await page
            .locator(
              '.patrol-top, .choice, .panel-top .link, h3, dt, .patrol-facts dd, .pass-when, .upload-hint, .save-bar',
            )
            .allInnerTexts();
          if (language === 'en') expect(ours.join(' '), query).not.to.match(/[\u4e00-\u9fff]/);
        }
      }
    });
  }
});
