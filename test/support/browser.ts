/**
 * A real Chromium for the browser tests and the pictures: the system's, else the one that @sparticuz/chromium ships in
 * npm (Linux x64). Where none runs, tests are skipped with the reason; in CI they fail, because there one must run.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

/** No first-run pages, no calls home, no sandbox (tests run as root in containers), software drawing. */
const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=zh-CN',
];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** @throws Error that says what was tried, when no browser starts. */
export async function openBrowser(): Promise<Browser> {
  const tried: string[] = [];
  for (const find of [() => Promise.resolve(installed()), shipped]) {
    try {
      const executablePath = await find();
      // Playwright gives each browser a fresh profile folder and removes it.
      if (executablePath) return await chromium.launch({ executablePath, args: flags });
    } catch (error) {
      tried.push((error as Error).message.split('\n')[0]!);
    }
  }
  throw new Error(`no Chromium runs here (${tried.join('; ') || `none of ${names.join(', ')} is installed`})`);
}

/** For a `before`: a browser, or the suite is skipped and says why. */
export async function browserOrSkip(suite: Mocha.Context): Promise<Browser> {
  try {
    return await openBrowser();
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    console.log(`      browser tests skipped: ${(error as Error).message}`);
    suite.skip();
  }
}

/** A page at the clock of the demo district, in Chinese unless told; `faults` collects what goes wrong in it. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const context = await browser.newContext({
    viewport: desktop,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} (${message.location().url})`);
  });
  await page.goto(url);
  await page.waitForSelector('.panel');
  await mapAtRest(page);
  return { page, context, faults };
}

/** Until every tile in sight is drawn. */
export async function mapAtRest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForSelector('.map[aria-busy=false]');
}

/** Builds the client (some 2 s), so that the browser sees what is in the working tree. */
export function buildClient(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  execFileSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function installed(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env.CHROME_PATH ?? '', ...places, ...elsewhere].find((path) => path !== '' && existsSync(path));
}

async function shipped(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
}
