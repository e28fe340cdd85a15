/**
 * Takes the pictures of Plan, Coverage, Issues and Patrols, on a desktop and a phone, in both languages, from a running server:
 *
 *   node scripts/set-up.mjs screenshots http://127.0.0.1:8080 client/pictures [only scenes that begin so: patrol]
 *
 * They are WebP of quality 80, so that each stays below 300 kB.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChiefList } from '../api/chiefs/chiefs.contract.ts';
import type { GapList } from '../api/coverage/coverage.contract.ts';
import type { PassList, PatrolList } from '../api/patrols/patrols.contract.ts';
import { desktop, mapAtRest, openBrowser, openPage, phone } from '../test/support/browser.ts';

const [address, folder, only] = process.argv.slice(2);
if (!address || !folder) {
  console.error('Which server, and into which folder? screenshots http://127.0.0.1:8080 client/pictures');
  process.exit(2);
}

const scenes: Record<string, string> = {
  plan: await closingAGap(),
  coverage: 'mode=coverage',
  unwalked: 'mode=coverage&kind=unwalked&role=community_l2',
  duties: 'mode=coverage&tab=duties',
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
  if (only && !scene.startsWith(only)) continue;
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

/**
 * The patrols of the last month, and three of them half way through: the one of which most is not sure enough to count
 * (the picture to show), the longest of which all is sure, and the one that is doubted most.
 */
async function patrolsWhereThereAreAny(): Promise<Record<string, string>> {
  const { patrols } = await ask<PatrolList>('/api/patrols?limit=100');
  const judged = await Promise.all(
    patrols.map(async (patrol) => {
      const { features } = await ask<PassList>(`/api/patrols/${patrol.id}/passes`);
      const unsure = features.filter(({ properties }) => !properties.credited);
      return { ...patrol, unsure_m: unsure.reduce((sum, { properties: { from_m, to_m } }) => sum + to_m - from_m, 0) };
    }),
  );
  if (judged.length === 0) return {};
  const most = (of: (patrol: (typeof judged)[number]) => number): string => {
    const [patrol] = judged.toSorted((a, b) => of(b) - of(a));
    const seconds = (Date.parse(patrol!.ended_at) - Date.parse(patrol!.started_at)) / 1000;
    return `mode=patrols&patrol=${patrol!.id}&second=${Math.round(seconds / 2)}`;
  };
  return {
    patrols: 'mode=patrols&days=30',
    patrol: most(({ flags, unsure_m }) => (flags === 0 ? unsure_m : -1)),
    'patrol-easy': most(({ flags, unsure_m, walked_m }) => (flags === 0 && unsure_m === 0 ? walked_m : -1)),
    'patrol-doubted': most(({ flags }) => flags),
  };
}

async function ask<T>(path: string): Promise<T> {
  const response = await fetch(address + path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}
