import { expect } from 'chai';
import type { Coverage, GapList } from '../../api/coverage/coverage.contract.ts';
import type { ZoneList } from '../../api/zones/zones.contract.ts';
import { browserSuite, queryOf } from '../support/browser-suite.ts';

browserSuite('Coverage', ({ open, ask }) => {
  it('says what the API says: the share, the gap, the roles, the towns', async () => {
    const { total, roles, groups } = await ask<Coverage>('/api/coverage?group=town');
    const page = await open('mode=coverage&lang=en');
    const shown = Number.parseFloat(await page.locator('.total-figure').innerText());
    expect(shown).to.be.closeTo(total.met_percent!, 0.1);
    const gap = Number.parseFloat(await page.locator('.total-facts .missing dd').innerText());
    expect(gap).to.be.closeTo(total.missing_m / 1000, 0.06);
    expect(await page.locator('.role-bar').count()).to.equal(roles.length);
    expect(await page.locator('tbody tr').count()).to.equal(groups.length);
  });

  it('lists gaps longest first and reads on as one scrolls', async () => {
    const { count } = await ask<GapList>('/api/coverage/gaps?limit=1');
    const page = await open('mode=coverage');
    const lines = page.locator('.gaps .line');
    await lines.first().waitFor();
    const first = await lines.count();
    expect(first).to.be.below(count);
    await page.locator('.panel').evaluate((panel) => panel.scrollTo(0, panel.scrollHeight));
    await page.waitForFunction((before) => document.querySelectorAll('.gaps .line').length > before, first);
  });

  it('narrows to a zone, a role and a class, and lets go of them', async () => {
    const zones = await ask<ZoneList>('/api/zones?level=town&geometry=false');
    const town = zones.features[0]!;
    const page = await open('mode=coverage');
    await page.getByRole('button', { name: town.properties.name, exact: true }).click();
    await page.locator('.role-bar').nth(3).click();
    await page.getByRole('combobox', { name: '道路等级' }).selectOption('alley');
    await page.waitForTimeout(300);
    const query = queryOf(page);
    expect([query.get('zone'), query.get('role'), query.get('class')]).to.deep.equal([
      String(town.id),
      'community_l2',
      'alley',
    ]);
    const { count } = await ask<GapList>(`/api/coverage/gaps?zone_id=${town.id}&role=community_l2&class=alley&limit=1`);
    await page.waitForFunction(
      (text) => document.querySelector('.gaps .section-head b')?.textContent?.startsWith(text),
      `${count} 处`,
    );
    await page.getByRole('button', { name: '清除筛选' }).click();
    await page.waitForTimeout(300);
    expect(queryOf(page).get('zone')).to.equal(null);
  });

  it('goes from a gap to the form that closes it', async () => {
    const page = await open('mode=coverage');
    await page.locator('.gaps .line').first().click();
    await page.getByRole('button', { name: '去指派' }).click();
    await page.locator('.mode-plan .dock').waitFor();
    const { features } = await ask<GapList>('/api/coverage/gaps?limit=1');
    const { road_id, role } = features[0]!.properties;
    expect(queryOf(page).get('road')).to.equal(String(road_id));
    expect(await page.locator('.role-choice input:checked').inputValue()).to.equal(role);
    await page.goBack();
    await page.locator('.mode-coverage .gaps li.picked').waitFor();
  });

  it('looks at a day in the past', async () => {
    const then = await ask<Coverage>('/api/coverage?group=none&at=2026-01-02');
    const page = await open('mode=coverage&at=2026-01-02');
    await page.locator('.past-banner').waitFor();
    const share = then.total.met_percent;
    const shown = Number.parseFloat(await page.locator('.total-figure').innerText());
    expect(shown).to.be.closeTo(share ?? 0, 0.1);
    await page.getByRole('button', { name: '回到当前' }).first().click();
    await page.locator('.past-banner').waitFor({ state: 'detached' });
  });
});
