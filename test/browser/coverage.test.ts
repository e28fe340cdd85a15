import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Cadence, StillDue } from '../../api/coverage/cadence.contract.ts';
import { gapKinds, type Coverage, type CoverageChanges, type GapList } from '../../api/coverage/coverage.contract.ts';
import type { Zone, ZoneList } from '../../api/zones/zones.contract.ts';
import { mapAtRest, phone } from '../support/browser.ts';
import { browserSuite, pixelOf, queryOf } from '../support/browser-suite.ts';

browserSuite('Coverage', ({ open, ask }) => {
  it('says what the API says: the share, the gap, the roles, the towns', async () => {
    const { total, roles, groups } = await ask<Coverage>('/api/coverage?group=town');
    const page = await open('mode=coverage&lang=en');
    const shown = Number.parseFloat(await page.locator('.total-figure').innerText());
    expect(shown).to.be.closeTo(total.met_percent!, 0.1);
    const gap = Number.parseFloat(await page.locator('.total-facts .total-missing dd').innerText());
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
    await page.getByRole('button', { name: '更多筛选' }).click();
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

  it('goes to the zone that is picked, and opens on the one that a link names, a district too', async () => {
    const { features } = await ask<ZoneList>('/api/zones');
    const [district] = features.filter(({ properties }) => properties.level === 'district');
    const [first, second] = features.filter(({ properties }) => properties.level === 'town');
    const page = await open('mode=coverage');
    await page.getByRole('button', { name: first!.properties.name, exact: true }).click();
    await seen(page, first!);
    await page.getByRole('combobox', { name: '区域' }).selectOption(String(second!.id));
    await seen(page, second!);
    await page.goBack();
    await seen(page, first!);

    const linked = await open(`mode=coverage&zone=${district!.id}`);
    await seen(linked, district!);
    const chosen = linked.getByRole('combobox', { name: '区域' }).locator('option:checked');
    expect(await chosen.innerText()).to.equal(district!.properties.name);
    const small = await open(`mode=coverage&zone=${first!.id}`, { viewport: phone });
    await seen(small, first!);
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

  it('tells of every kind how much there is, and lists that kind', async () => {
    const page = await open('mode=coverage&lang=en');
    for (const kind of gapKinds) {
      const { count, missing_m } = await ask<GapList>(`/api/coverage/gaps?kind=${kind}&limit=1`);
      const choice = page.locator('.kind', { has: page.locator(`input[value=${kind}]`) });
      const figure = Number.parseFloat((await choice.locator('b').innerText()).replaceAll(',', ''));
      if (kind === 'unregistered' || kind === 'inventory') expect(figure, kind).to.equal(count);
      else expect(figure, kind).to.be.closeTo(missing_m < 1000 ? missing_m : missing_m / 1000, missing_m / 1e5 + 0.6);
      await choice.locator('input').check();
      if (count > 0) await page.locator('.gaps .line').first().waitFor();
      else await page.locator('.gaps .empty').waitFor();
      expect(await page.locator('.gaps .gap-line').count(), kind).to.equal(Math.min(count, 60));
      await mapAtRest(page);
    }
    expect(queryOf(page).get('kind')).to.equal('inventory');
    await page.goBack();
    await page.waitForFunction(() => location.search.includes('kind=unregistered'));
  });

  it('never shows a share where nothing is required', async () => {
    // No rule asks a general chief for roads that nobody could class.
    const { total } = await ask<Coverage>('/api/coverage?kind=unwalked&group=none&role=general&class=other');
    expect(total.required_m).to.equal(0);
    const page = await open('mode=coverage&kind=unwalked&role=general&class=other');
    await page.locator('.total-figure').waitFor();
    expect(await page.locator('.total-figure').innerText()).to.equal('—');
    expect(await page.locator('.quiet-notice li').count()).to.be.at.least(1);
  });

  it('says who holds what was not walked, and how to ring them up', async () => {
    const { features } = await ask<GapList>('/api/coverage/gaps?kind=unwalked&limit=60');
    const index = features.findIndex(({ properties }) => properties.chief?.phone);
    const chief = features[index]!.properties.chief!;
    const page = await open('mode=coverage&kind=unwalked');
    await page.locator('.gaps .line').nth(index).click();
    const detail = page.locator('.gap-detail');
    expect(await detail.innerText()).to.contain(chief.name);
    expect(await detail.locator('a').getAttribute('href')).to.equal(`tel:${chief.phone}`);
  });

  it('lights up in the list what the pointer rests on in the map, and looks at what is clicked there', async () => {
    const { features } = await ask<GapList>('/api/coverage/gaps?role=community_l2&limit=20');
    const gap = features.find(
      ({ geometry, properties }) => geometry.type === 'LineString' && properties.sides === 'both',
    )!;
    const page = await open(`mode=coverage&role=community_l2`);
    const line = gap.geometry.coordinates as [number, number][];
    // The longest straight piece of it, so that the pointer is surely on it.
    const longest = line.slice(1).reduce(
      (best, to, i) => {
        const from = line[i]!;
        const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
        return length > best.length ? { length, place: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] } : best;
      },
      { length: 0, place: line[0]! as number[] },
    );
    await mapAtRest(page);
    const { x, y } = await pixelOf(page, longest.place);
    await page.mouse.move(x - 3, y);
    await page.mouse.move(x, y);
    await page.locator('.gaps li.lit').first().waitFor();
    expect(await page.locator('.gaps li.lit').first().innerText()).to.contain(gap.properties.road_name ?? '无名');
    expect(await page.locator('.tip').innerText()).to.contain('社区二级');
    await page.mouse.click(x, y);
    await page.locator('.gaps li.picked .gap-detail').waitFor();
    expect(queryOf(page).get('gap')).to.match(/^community_l2\./);
  });

  it('compares two days: what opened, what closed, what is still missing', async () => {
    const { opened, still, features } = await ask<CoverageChanges>(
      '/api/coverage/changes?from=2026-01-02&kind=unheld&limit=1000',
    );
    const page = await open('mode=coverage&tab=changes&since=2026-01-02&lang=en');
    const tallies = page.locator('.change-tally');
    await tallies.first().waitFor();
    expect(await tallies.nth(0).innerText()).to.contain(`${opened.count} place`);
    expect(await tallies.nth(2).innerText()).to.contain(`${still.count} place`);
    await tallies.nth(0).click();
    const lines = features.filter(({ properties }) => properties.change === 'opened').length;
    await page.waitForFunction((count) => document.querySelectorAll('.lines .line').length === count, lines);
    expect(queryOf(page).get('change')).to.equal('opened');
  });

  it('ranks those who keep their duties least, and opens what a chief still has to walk today', async () => {
    const { groups } = await ask<Cadence>('/api/coverage/cadence?group=chief');
    const page = await open('mode=coverage&tab=duties');
    await page.getByRole('radio', { name: '路长排名' }).check();
    await page.locator('.duty-line .icon').first().waitFor();
    expect(await page.locator('.duty-line').count()).to.equal(groups.length);
    await page.locator('.duty-line').first().click();
    await page.locator('.due-top h2').waitFor();
    const chief = queryOf(page).get('chief');
    const due = await ask<StillDue>(`/api/coverage/due?chief_id=${chief}`);
    expect(await page.locator('.due-top h2').innerText()).to.equal(`${due.chief.name}的今日待巡`);
    expect(await page.locator('.due-lines .line').count()).to.equal(due.features.length);
    if (due.features.length > 0) {
      await page.locator('.due-lines .line').first().click();
      await page.locator('.due-lines li.picked').waitFor();
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('.duty-line').first().waitFor();
  });

  it('offers what is listed as a file, with the same filters', async () => {
    const page = await open('mode=coverage&role=general&at=2026-01-02&lang=en');
    await page.locator('.export summary').click();
    const links = await page.locator('.export a').evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
    expect(links).to.have.length(4);
    for (const [i, format] of ['csv', 'xlsx', 'geojson'].entries()) {
      const query = new URL(links[i]!, 'http://here').searchParams;
      expect(Object.fromEntries(query)).to.deep.equal({
        format,
        language: 'en',
        kind: 'unheld',
        role: 'general',
        at: '2026-01-02',
      });
    }
    expect(links[3]).to.equal('/api/coverage/certificate.html?at=2026-01-02&lang=en');
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

/** All of the zone is on the map, and as large as the map can show it, within a third. */
async function seen(page: Page, { geometry }: Zone): Promise<void> {
  await page.waitForTimeout(300);
  await mapAtRest(page);
  const places = geometry!.coordinates.flat(2);
  const [lons, lats] = [places.map(([lon]) => lon), places.map(([, lat]) => lat)];
  const low = await pixelOf(page, [Math.min(...lons), Math.min(...lats)]);
  const high = await pixelOf(page, [Math.max(...lons), Math.max(...lats)]);
  const box = (await page.locator('.map').boundingBox())!;
  const inside = low.x >= box.x && high.x <= box.x + box.width && high.y >= box.y && low.y <= box.y + box.height;
  expect(inside, 'inside the map').to.equal(true);
  expect(Math.max((high.x - low.x) / box.width, (low.y - high.y) / box.height)).to.be.above(0.6);
}
