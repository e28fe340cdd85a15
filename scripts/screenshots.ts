/**
 * Takes the pictures of Plan, Coverage, Issues and Patrols, on a desktop and a phone, in both languages, from a running server:
 *
 *   node scripts/set-up.mjs screenshots http://127.0.0.1:8080 client/pictures
 *
 * They are WebP of quality 80, so that each stays below 300 kB.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChiefList } from '../api/chiefs/chiefs.contract.ts';
import type { GapList } from '../api/coverage/coverage.contract.ts';
import type { PatrolList } from '../api/patrols/patrols.contract.ts';
import { desktop, mapAtRest, openBrowser, openPage, phone } from '../test/support/browser.ts';

const [address, folder] = process.argv.slice(2);
if (!address || !folder) {
  console.error('Which server, and into which folder? screenshots http://127.0.0.1:8080 client/pictures');
  process.exit(2);
}

const scenes: Record<string, string> = {
  plan: await closingAGap(),
  coverage: 'mode=coverage',
  issues: 'mode=issues&tab=hot',
  ...(await patrolsWhereThereAreAny()),
};
const screens = {
  desktop: { viewport: desktop },
  phone: { viewport: phone, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};

mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
for (const [scene, query] of Object.entries(scenes)) {
  for (const [screen, options] of Object.entries(screens)) {
    for (const language of ['zh', 'en']) {
      const { page, context, faults } = await openPage(browser, `${address}/?lang=${language}&${query}`, options);
      await page.waitForTimeout(700); // the strip opens, the map moves to make room
      await mapAtRest(page);
      // A phone shows the strip or the effect, not both; the strip is what makes one curious.
      await page.locator('.panel').evaluate((panel) => panel.scrollTo(0, 0));
      const picture = await asWebP(await page.screenshot());
      const file = join(folder, `${scene}-${screen}-${language}.webp`);
      writeFileSync(file, picture);
      console.log(`${file}  ${Math.round(picture.length / 1024)} kB${faults.map((fault) => `\n  ${fault}`).join('')}`);
      await context.close();
    }
  }
}
await browser.close();

/** Playwright makes PNG; the browser itself can write WebP, at a fifth of the size. */
async function asWebP(png: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  const url = await page.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      canvas.getContext('2d')!.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.8);
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  await page.close();
  return Buffer.from(url.split(',')[1]!, 'base64');
}

/** Plan is shown at work: the longest gap of a main road, with a chief of the town chosen for it. */
async function closingAGap(): Promise<string> {
  const gaps = await ask<GapList>('/api/coverage/gaps?class=main&role=town_l1&limit=1');
  const gap = gaps.features[0]?.properties;
  if (!gap) return 'mode=plan';
  const { road_id, from_m, to_m, sides, role, town } = gap;
  const { chiefs } = await ask<ChiefList>(`/api/chiefs?role=${role}${town ? `&zone_id=${town.id}` : ''}`);
  const chief = chiefs[0] ? `&chief=${chiefs[0].id}` : '';
  return `mode=plan&road=${road_id}&from=${from_m}&to=${to_m}&sides=${sides}&role=${role}${chief}`;
}

/** The patrols of the last month, and of those without a doubt the one that proved most, half way through. */
async function patrolsWhereThereAreAny(): Promise<Record<string, string>> {
  const { patrols } = await ask<PatrolList>('/api/patrols?limit=100');
  const [most] = patrols.filter(({ flags }) => flags === 0).toSorted((a, b) => b.walked_m - a.walked_m);
  if (!most) return {};
  const seconds = (Date.parse(most.ended_at) - Date.parse(most.started_at)) / 1000;
  return {
    patrols: 'mode=patrols&days=30',
    patrol: `mode=patrols&patrol=${most.id}&second=${Math.round(seconds / 2)}`,
  };
}

async function ask<T>(path: string): Promise<T> {
  const response = await fetch(address + path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}
