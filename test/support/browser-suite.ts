/**
 * Suites that drive a real browser against the real API on the demo district. They share one server and one browser:
 * loading the district takes seconds. The last suite closes both, so that the embedded database is free for what follows.
 */
import { after, before, describe } from 'mocha';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { browserOrSkip, buildClient, openPage } from './browser.ts';
import { startTestServer, type TestServer } from './server.ts';

export type Stage = {
  url: () => string;
  /** Opens a screen by its address. What goes wrong in it fails the test that opened it. */
  open: (query: string, options?: BrowserContextOptions) => Promise<Page>;
  /** The page may report this: the test itself made it happen. */
  forgive: (fault: RegExp) => void;
  /** Asks the API directly, to compare with what the screen says. */
  ask: <T>(path: string) => Promise<T>;
};

/** The demo district loads in some 10 s on PostgreSQL and 40 s embedded, on two cores. */
const start_ms = 240_000;

let shared: Promise<{ server: TestServer; browser: Browser }> | undefined;
let suitesToCome = 0;

export function browserSuite(title: string, suite: (stage: Stage) => void): void {
  suitesToCome += 1;
  describe(`in a browser: ${title}`, function () {
    this.timeout(60_000);
    // A real browser on a shared machine now and then misses a frame; what is wrong fails twice.
    this.retries(1);
    let now: { server: TestServer; browser: Browser } | undefined;
    let opened: Awaited<ReturnType<typeof openPage>>[] = [];
    let forgiven: RegExp | null = null;

    before(async function () {
      this.timeout(start_ms);
      shared ??= begin(this);
      now = await shared;
    });
    afterEach(async () => {
      const faults = opened.flatMap((one) => one.faults).filter((fault) => !forgiven?.test(fault));
      forgiven = null;
      await Promise.all(opened.map(({ context }) => context.close()));
      opened = [];
      if (faults.length > 0) throw new Error(`the page reported:\n${faults.join('\n')}`);
    });
    after(async () => {
      suitesToCome -= 1;
      if (suitesToCome > 0 || !now) return;
      await now.browser.close();
      await now.server.stop();
    });

    const url = (): string => now!.server.url;
    suite({
      url,
      async open(query, options) {
        const screen = await openPage(now!.browser, `${url()}/?${query}`, options);
        opened.push(screen);
        return screen.page;
      },
      forgive(fault) {
        forgiven = fault;
      },
      async ask(path) {
        const response = await fetch(url() + path);
        if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
        return response.json() as never;
      },
    });
  });
}

async function begin(suite: Mocha.Context): Promise<{ server: TestServer; browser: Browser }> {
  const browser = await browserOrSkip(suite);
  buildClient();
  return { browser, server: await startTestServer() };
}

/** Where a place lies on the screen, by Mercator's formula from the view that the address tells. */
export async function pixelOf(page: Page, [lon, lat]: readonly number[]): Promise<{ x: number; y: number }> {
  // The address follows the map within a fifth of a second.
  await page.waitForTimeout(300);
  const [zoom, middleLat, middleLon] = new URL(page.url()).searchParams.get('map')!.split('/').map(Number);
  const box = (await page.locator('.map').boundingBox())!;
  const size = 256 * 2 ** zoom!;
  const x = (degrees: number): number => (degrees / 360) * size;
  const y = (degrees: number): number =>
    (-Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) / (2 * Math.PI)) * size;
  return {
    x: box.x + box.width / 2 + x(lon!) - x(middleLon!),
    y: box.y + box.height / 2 + y(lat!) - y(middleLat!),
  };
}

export const queryOf = (page: Page): URLSearchParams => new URL(page.url()).searchParams;
