import { expect } from 'chai';
import type { AssignmentList } from '../../api/assignments/assignments.contract.ts';
import type { Coverage, GapList } from '../../api/coverage/coverage.contract.ts';
import type { Road, RoadList } from '../../api/roads/roads.contract.ts';
import { browserSuite, pixelOf, queryOf } from '../support/browser-suite.ts';
import { mapAtRest } from '../support/browser.ts';

browserSuite('Plan', ({ open, ask }) => {
  /** A gap on both sides of a road with a name of its own. */
  async function someGap(): Promise<GapList['features'][number]['properties']> {
    const { features } = await ask<GapList>('/api/coverage/gaps?role=community_l2&limit=50');
    return features.find(({ properties }) => properties.sides === 'both' && properties.road_name)!.properties;
  }
  const gapMetres = async (): Promise<number> =>
    (await ask<Coverage>('/api/coverage?role=community_l2&group=none')).total.missing_m;

  it('assigns a stretch by keyboard alone: search, handles, role, chief, effect, save, undo', async () => {
    const gap = await someGap();
    const before = await gapMetres();
    const page = await open('');
    await page.keyboard.press('/');
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox');
    await page.keyboard.type(gap.road_name!);
    await page.locator('.panel-top .combobox-option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.strip-row').nth(5).waitFor();
    const road = await ask<Road>(`/api/roads/${queryOf(page).get('road')}`);
    expect(road.properties.name).to.equal(gap.road_name);

    const start = page.getByRole('slider', { name: '路段起点手柄' });
    await start.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await start.getAttribute('aria-valuenow')).to.equal('11');
    await page.keyboard.press('Home');
    await page.waitForTimeout(300);
    expect(queryOf(page).get('from')).to.equal(null);

    await page.getByRole('radio', { name: /^社区二级/ }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('combobox', { name: '路长' }).focus();
    await page.locator('.combobox-inline .combobox-option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.chief-card').waitFor();
    await page.locator('.effect:not(.working) .balance').waitFor();
    // Whoever holds a part of the road already is a conflict until the box is ticked.
    const replace = page.getByRole('checkbox', { name: /由新任路长接替/ });
    if (await replace.isVisible()) {
      expect(await page.getByRole('button', { name: '保存指派' }).isDisabled()).to.equal(true);
      await replace.focus();
      await page.keyboard.press('Space');
    }
    const save = page.locator('.save-bar .primary:enabled');
    await save.focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^已保存/).waitFor();
    expect(await gapMetres()).to.be.below(before);
    await page.keyboard.press('Control+z');
    await page.getByText(/^已撤销/).waitFor();
    expect(await gapMetres()).to.equal(before);
  });

  it('picks a road on the map and draws along it with the mouse', async () => {
    const { features } = await ask<RoadList>('/api/roads?class=main&limit=50');
    const road = features.find(({ properties }) => properties.length_m > 1000 && properties.layer === 0)!;
    const page = await open(`road=${road.id}`);
    await page.waitForTimeout(400);
    await mapAtRest(page);
    const end = await pixelOf(page, road.geometry.coordinates[0]!);
    const middle = road.geometry.coordinates[Math.floor(road.geometry.coordinates.length / 2)]!;
    const inside = await pixelOf(page, middle);
    await page.mouse.move(end.x, end.y);
    await page.mouse.down();
    await page.mouse.move((end.x + inside.x) / 2, (end.y + inside.y) / 2, { steps: 4 });
    await page.mouse.move(inside.x, inside.y, { steps: 4 });
    await page.mouse.up();
    await page.waitForTimeout(300);
    const from = Number(queryOf(page).get('from'));
    expect(from).to.be.within(road.properties.length_m * 0.1, road.properties.length_m * 0.9);
    // Letting go of it and clicking where it runs picks it again.
    await page.getByRole('button', { name: '取消选择道路' }).click();
    await page.locator('.dock').waitFor({ state: 'detached' });
    await mapAtRest(page);
    const again = await pixelOf(page, middle);
    await page.mouse.click(again.x, again.y);
    await page.locator('.dock').waitFor();
    expect(queryOf(page).get('road')).to.match(/^\d+$/);
  });

  it('draws a stretch on the strip, takes one from a block, and follows typed metres', async () => {
    const gap = await someGap();
    const page = await open(`road=${gap.road_id}`);
    const chart = (await page.locator('.strip-chart').boundingBox())!;
    const y = chart.y + chart.height - 12;
    await page.mouse.move(chart.x + chart.width * 0.25, y);
    await page.mouse.down();
    await page.mouse.move(chart.x + chart.width * 0.5, y, { steps: 5 });
    await page.mouse.up();
    await page.waitForTimeout(300);
    expect(Number(queryOf(page).get('to'))).to.be.above(Number(queryOf(page).get('from')));
    await page
      .locator('.block-gap')
      .first()
      .click({ position: { x: 8, y: 8 } });
    await page.waitForTimeout(300);
    const [from, to] = [queryOf(page).get('from'), queryOf(page).get('to')].map(Number);
    expect(to === 0 ? 1 : to! - from!).to.be.above(0);
    await page.getByLabel('起点', { exact: true }).fill('K0+012.5');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    expect(queryOf(page).get('from')).to.equal('12.5');
  });

  it('writes names that lie under the veil in ink, for white would vanish there', async () => {
    const gap = await someGap();
    const { assignments } = await ask<AssignmentList>('/api/assignments?role=community_l2&limit=200');
    const held = assignments.find(({ from_m, length_m, sides }) => from_m === 0 && length_m > 300 && sides === 'both')!;
    const page = await open(`road=${held.road_id}&from=${held.to_m - 100}&to=${held.to_m}&role=${gap.role}`);
    const name = page.locator('.strip-row.picked .block-held span').first();
    await name.waitFor();
    expect(await name.evaluate((element) => getComputedStyle(element).color)).to.equal('rgb(27, 40, 49)');
    await page.getByText('整条道路').click();
    await page.waitForFunction(
      (element) => getComputedStyle(element!).color === 'rgb(255, 255, 255)',
      await name.elementHandle(),
    );
  });

  it('names a conflict with holder and metres, replaces when told, and takes that back', async () => {
    const { assignments } = await ask<AssignmentList>('/api/assignments?role=town_l1&limit=50');
    const held = assignments.find(({ length_m, sides }) => length_m > 100 && sides === 'both')!;
    const { chiefs } = await ask<{ chiefs: { id: number }[] }>('/api/chiefs?role=town_l1');
    const other = chiefs.find(({ id }) => id !== held.chief.id)!;
    const page = await open(`road=${held.road_id}&from=${held.from_m}&to=${held.to_m}&role=town_l1&chief=${other.id}`);
    const conflicts = page.locator('.conflicts');
    await conflicts.waitFor();
    expect(await conflicts.innerText()).to.contain(held.chief.name);
    expect(await page.locator('.save-bar .primary').isDisabled()).to.equal(true);
    await page.getByRole('checkbox', { name: /由新任路长接替/ }).check();
    await page.locator('.save-bar .primary:enabled').click();
    await page.getByText(/^已保存/).waitFor();
    const holder = async (): Promise<number[]> =>
      (await ask<AssignmentList>(`/api/assignments?road_id=${held.road_id}&role=town_l1`)).assignments
        .filter(({ from_m, to_m }) => from_m < held.to_m && to_m > held.from_m)
        .map(({ chief }) => chief.id);
    expect(await holder()).to.deep.equal([other.id]);
    await page.locator('.notice').getByRole('button', { name: '撤销' }).click();
    await page.getByText(/^已撤销/).waitFor();
    expect(await holder()).to.deep.equal([held.chief.id]);
  });

  it('releases a stretch, shows the gap that opens, and undoes it', async () => {
    const { assignments } = await ask<AssignmentList>('/api/assignments?role=sanitation_l2&limit=50');
    const held = assignments.find(({ length_m, sides }) => length_m > 100 && sides === 'both')!;
    const page = await open(`road=${held.road_id}&from=${held.from_m}&to=${held.to_m}&role=sanitation_l2&tab=release`);
    await page.locator('.effect:not(.working) .lost').first().waitFor();
    await page.getByRole('button', { name: '解除负责' }).click();
    await page.getByText(/^已解除/).waitFor();
    await page
      .locator('.save-bar')
      .getByRole('button', { name: /^撤销：/ })
      .click();
    await page.getByText(/^已撤销/).waitFor();
  });

  it('tells who held the road when, and shows it as of a day without letting it be changed', async () => {
    const gap = (await ask<GapList>('/api/coverage/gaps?limit=500')).features.find(
      // What other tests assigned and undid just now ended just now.
      ({ properties }) => properties.since && Date.parse(properties.since) < Date.now() - 86_400_000,
    )!;
    const { road_id, last_holder, role, since } = gap.properties;
    const page = await open(`road=${road_id}&tab=history`);
    await page.locator('.history-role').first().waitFor();
    expect(await page.locator('.history').innerText()).to.contain(last_holder);
    const before = new Date(Date.parse(since!) - 5 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('截至日期').fill(before);
    await page.locator('.past-banner').waitFor();
    await page.locator(`.block-held[aria-label*="${last_holder}"]`).first().waitFor();
    expect(role).to.be.a('string');
    await page.getByRole('radio', { name: '指派' }).check();
    await page.getByText('正在查看过去的情况，不能修改。').waitFor();
  });
});
