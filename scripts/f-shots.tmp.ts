import { desktop, mapAtRest, openBrowser, openPage, phone } from '../test/support/browser.ts';
const [, , out, ...wanted] = process.argv;
const scenes: Record<string, string> = {
  unheld: 'mode=coverage',
  unwalked: 'mode=coverage&kind=unwalked&at=2026-11-26',
  unwalkednow: 'mode=coverage&kind=unwalked',
  unzoned: 'mode=coverage&kind=unzoned',
  unregistered: 'mode=coverage&kind=unregistered',
  inventory: 'mode=coverage&kind=inventory',
  changes: 'mode=coverage&tab=changes&since=2026-10-01',
  duties: 'mode=coverage&tab=duties',
  chiefs: 'mode=coverage&tab=duties&by=chief',
  due: 'mode=coverage&tab=duties&chief=39',
};
async function run() { const browser = await openBrowser();
for (const w of wanted) {
  const [name, screen = 'desktop', lang = 'zh', extra = ''] = w.split(':');
  const options = screen === 'phone' ? { viewport: phone, deviceScaleFactor: 1, isMobile: true, hasTouch: true } : { viewport: desktop };
  const { page, faults, context } = await openPage(browser, `http://127.0.0.1:8151/?lang=${lang}&${scenes[name!] ?? name}`, options);
  await page.waitForTimeout(700);
  await mapAtRest(page);
  if (extra === 'pick') { await page.locator('.gaps .line, .due-lines .line').first().click(); await page.waitForTimeout(900); await mapAtRest(page); }
  if (extra === 'export') { await page.locator('.export summary').click(); }
  if (extra === 'scroll') { await page.locator('.panel').evaluate((p) => p.scrollTo(0, 420)); await page.waitForTimeout(300); }
  await page.screenshot({ path: `${out}/${name}-${screen}-${lang}${extra}.png` });
  console.log(name, screen, lang, extra, faults.join(' | ').slice(0, 300));
  await context.close();
}
await browser.close(); }
void run();
