import { expect } from 'chai';
import type { Issue, IssueList } from '../../api/issues/issues.contract.ts';
import { browserSuite, pixelOf, queryOf } from '../support/browser-suite.ts';
import { mapAtRest } from '../support/browser.ts';

browserSuite('Issues', ({ open, ask }) => {
  async function submit(page: Awaited<ReturnType<typeof open>>, category: string): Promise<Issue> {
    await page.getByRole('combobox', { name: '类别' }).fill(category);
    await page.locator('.report .combobox-option').first().click();
    await page.getByPlaceholder('写明现场情况').fill('浏览器测试');
    await page.getByRole('button', { name: '提交上报' }).click();
    await page.locator('.issue-detail .facts').waitFor();
    return ask<Issue>(`/api/issues/${queryOf(page).get('issue')}`);
  }

  it('reports at a click on the map', async () => {
    const page = await open('mode=issues');
    await page.getByRole('button', { name: '上报问题' }).click();
    const map = (await page.locator('.map').boundingBox())!;
    await page.mouse.click(map.x + map.width / 2, map.y + map.height / 2);
    await page.locator('.place-line').waitFor();
    await mapAtRest(page);
    const [lon, lat] = queryOf(page).get('place')!.split(',').map(Number);
    // The map came nearer, around the place.
    const pixel = await pixelOf(page, [lon!, lat!]);
    expect(pixel.x).to.be.closeTo(map.x + map.width / 2, 4);
    await page.locator('.candidate, .verdict-none').first().waitFor();
    const issue = await submit(page, '暴露垃圾');
    expect(issue.properties.text).to.equal('浏览器测试');
    expect(issue.geometry.coordinates[0]).to.be.closeTo(lon!, 1e-5);
  });

  it('asks which road it is where it cannot tell, and keeps the answer', async () => {
    const { features } = await ask<IssueList>('/api/issues?verdict=ambiguous&limit=20');
    const doubtful = features.find(({ properties }) => properties.candidates.length > 1)!;
    const place = doubtful.geometry.coordinates.map((degrees) => degrees.toFixed(6)).join(',');
    const accuracy = Math.max(1, Math.round(doubtful.properties.accuracy_m));
    const page = await open(`mode=issues&tab=report&place=${place}&accuracy=${accuracy}`);
    await page.locator('.verdict-ambiguous').waitFor();
    expect(await page.locator('.candidate input:checked').count()).to.equal(0);
    await page.locator('.candidate').nth(1).click();
    const chosen = await page.locator('.candidate').nth(1).locator('.candidate-name').innerText();
    const issue = await submit(page, '乱停');
    expect(issue.properties.verdict).to.equal('chosen');
    expect(chosen).to.contain(issue.properties.road_name ?? '无名');
  });

  it('says honestly that no road is near', async () => {
    const page = await open('mode=issues&tab=report&place=119.8,32.3');
    await page.locator('.verdict-none').waitFor();
    expect(await page.locator('.verdict-none').innerText()).to.contain('附近没有登记的道路');
  });

  it('filters the list, opens one, and moves it on', async () => {
    const page = await open('mode=issues&period=all');
    await page.locator('.chip').filter({ hasText: '上报' }).click();
    const { count } = await ask<IssueList>('/api/issues?status=reported&limit=1');
    await page.waitForFunction(
      (text) => document.querySelector('.issues .section-head b')?.textContent === text,
      `${count} 件`,
    );
    await page.locator('.issue-line').first().click();
    await page.locator('.facts').waitFor();
    await page.getByRole('button', { name: '已立案' }).click();
    await page.getByText('状态已改为“已立案”').waitFor();
    await page.waitForSelector('.status-step[aria-current]:has-text("已立案")');
    const id = queryOf(page).get('issue');
    expect((await ask<Issue>(`/api/issues/${id}`)).properties.status).to.equal('filed');
    await page.keyboard.press('Escape');
    await page.locator('.issues').waitFor();
  });

  it('shows where issues crowd, with the worst segments in order', async () => {
    const page = await open('mode=issues&tab=hot&period=all&lang=en');
    await page.locator('.hot-line').first().waitFor();
    const counts = (await page.locator('.hot-count').allInnerTexts()).map((text) => Number.parseInt(text, 10));
    expect(counts.length).to.be.above(3);
    expect(counts).to.deep.equal([...counts].sort((a, b) => b - a));
    expect(await page.locator('.legend').innerText()).to.contain('Density');
    const before = queryOf(page).get('map');
    await page.locator('.hot-line').first().click();
    await page.waitForFunction((map) => new URL(location.href).searchParams.get('map') !== map, before);
  });
});
