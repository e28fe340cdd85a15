import { expect } from 'chai';
import type { Settings } from '../../api/settings.contract.ts';
import { accessibilityFaults } from '../support/accessible.ts';
import { mapAtRest, phone } from '../support/browser.ts';
import { browserSuite, queryOf } from '../support/browser-suite.ts';

browserSuite('the screen', ({ open, ask, forgive }) => {
  it('opens on the whole district, in Chinese, with nothing wrong in the console', async () => {
    const page = await open('');
    const { district } = await ask<Settings>('/api/settings');
    expect(await page.locator('.head h1').innerText()).to.contain(district.name);
    expect(await page.title()).to.equal(`规划 · ${district.name} · 路长`);
    const [, lat, lon] = queryOf(page).get('map')!.split('/').map(Number);
    const [west, south, east, north] = district.bounds!;
    expect(lon).to.be.closeTo((west + east) / 2, 0.001);
    expect(lat).to.be.closeTo((south + north) / 2, 0.001);
  });

  it('speaks English when asked, and says so in the address', async () => {
    const page = await open('mode=coverage');
    await page.getByRole('button', { name: 'Switch to English' }).click();
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    expect(await page.locator('.modes').innerText()).to.match(/Plan\s+Coverage\s+Issues/);
    await page.waitForTimeout(300);
    expect(queryOf(page).get('lang')).to.equal('en');
    // Names are data and stay as they are; every word of ours changes.
    const labels = await page
      .locator('.modes button, .filters option[value=""], .total-facts dt, thead th, legend')
      .allInnerTexts();
    expect(labels.join(' ')).not.to.match(/[\u4e00-\u9fff]/);
  });

  it('shows the same after a reload, and finds its way back and forth', async () => {
    const page = await open('mode=coverage&group=community&role=community_l2');
    await page.locator('.gaps .line').first().click();
    await page.waitForSelector('.gaps li.picked');
    const gap = queryOf(page).get('gap');
    await page.reload();
    await page.waitForSelector('.gaps li.picked');
    expect(queryOf(page).get('gap')).to.equal(gap);
    await page.keyboard.press('3');
    await page.waitForSelector('.mode-issues');
    await page.goBack();
    await page.waitForSelector('.mode-coverage .gaps li.picked');
    await page.goForward();
    await page.waitForSelector('.mode-issues');
    expect(queryOf(page).get('mode')).to.equal('issues');
  });

  it('lists its keys on ?, and closes the list on Escape', async () => {
    const page = await open('');
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open] kbd');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog:not([open])', { state: 'attached' });
  });

  it('says when the server is gone, and recovers by itself', async () => {
    const page = await open('mode=coverage');
    forgive(/503/);
    const dead = /\/(api|tiles)\//;
    await page.route(dead, (route) => route.fulfill({ status: 503, body: 'gone' }));
    await page.getByRole('combobox', { name: '岗位' }).selectOption('general');
    await page.locator('.banner').filter({ hasText: '与服务器的连接已中断' }).waitFor();
    await page.unroute(dead);
    await page.getByRole('button', { name: '重试' }).first().click();
    await page.getByText('连接已恢复').waitFor();
    await page.locator('.banner').waitFor({ state: 'detached' });
    await page.locator('.gaps .line').first().waitFor();
  });

  for (const query of [
    'mode=plan',
    'mode=plan&road=36',
    'mode=coverage',
    'mode=coverage&kind=unwalked&period=running',
    'mode=coverage&kind=inventory',
    'mode=coverage&tab=changes&since=2026-10-01',
    'mode=coverage&tab=duties&by=chief',
    'mode=coverage&tab=duties&chief=39',
    'mode=issues',
    'mode=issues&tab=hot',
    'mode=issues&tab=report&place=119.9,32.4',
  ]) {
    it(`can be read and worked by everyone, in both languages: ${query}`, async () => {
      const page = await open(query);
      expect(await accessibilityFaults(page)).to.deep.equal([]);
      await page.keyboard.press('l');
      await page.waitForSelector('html[lang=en]', { state: 'attached' });
      expect(await accessibilityFaults(page)).to.deep.equal([]);
    });
  }

  it('fits a phone: map on top, panel below, nothing wider than the window', async () => {
    for (const query of [
      'mode=plan&road=36',
      'mode=coverage',
      'mode=coverage&tab=changes',
      'mode=coverage&tab=duties&lang=en',
      'mode=issues',
      'mode=issues&tab=hot&lang=en',
    ]) {
      const page = await open(query, { viewport: phone, isMobile: true, hasTouch: true });
      await mapAtRest(page);
      const map = (await page.locator('.map').boundingBox())!;
      const sheet = (await page.locator('.sheet').boundingBox())!;
      expect(map.y, query).to.equal(0);
      expect(map.height, query).to.be.above(250);
      expect(sheet.y, query).to.be.closeTo(map.height, 20);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), query).to.be.at.most(phone.width);
      expect(await accessibilityFaults(page), query).to.deep.equal([]);
    }
  });

  it('gives the phone more map or more panel by its grip', async () => {
    const page = await open('mode=coverage', { viewport: phone, isMobile: true, hasTouch: true });
    const height = async (): Promise<number> => (await page.locator('.sheet').boundingBox())!.height;
    const before = await height();
    await page.locator('.sheet-grip').click();
    // It glides there; the assertion is that it arrives.
    await page.waitForFunction(
      (least) => document.querySelector('.sheet')!.getBoundingClientRect().height > least,
      before + 100,
    );
    expect(await height()).to.be.above(before + 100);
  });
});
