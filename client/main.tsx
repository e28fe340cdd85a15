/** Starts the screen: settings first, then the map, then the panels. */
import { render } from 'preact';
import { setTimeZone } from './i18n/format.ts';
import { messagesOf } from './i18n/messages.ts';
import { allLayers, showOptionalLayers } from './map/all-layers.ts';
import { coloursAsVariables } from './map/colours.ts';
import { createMap } from './map/create-map.ts';
import { keepMode, type Desk } from './modes/mode.ts';
import { App } from './panels/app.tsx';
import { answerOf } from './requests/answers.ts';
import { followPickedPatrol } from './patrol/patrol-at-hand.ts';
import { settingsPath } from './requests/paths.ts';
import type { Settings } from '../api/settings.contract.ts';
import { keepAddress } from './state/address.ts';
import { followPickedRoad } from './road/road-at-hand.ts';
import { initialState } from './state/state.ts';
import { createStore } from './state/store.ts';
import { fromQuery } from './state/url.ts';

const root = document.getElementById('app')!;
const store = createStore(fromQuery(location.search, initialState));

for (const [name, colour] of Object.entries(coloursAsVariables()))
  document.documentElement.style.setProperty(name, colour);

/** Without the settings there is nothing to show; the page says so and tries again by itself. */
async function settingsWhenTheServerAnswers(): Promise<Settings> {
  const { error, common } = messagesOf[store.get().language];
  for (;;) {
    try {
      return await answerOf(settingsPath);
    } catch {
      root.innerHTML = '';
      const banner = document.createElement('div');
      banner.className = 'banner first-banner';
      banner.setAttribute('role', 'alert');
      const words = document.createElement('b');
      words.textContent = error.down;
      const button = document.createElement('button');
      button.textContent = common.retry;
      banner.append(words, button);
      root.append(banner);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 4000);
        button.addEventListener('click', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }
}

const settings = await settingsWhenTheServerAnswers();
setTimeZone(settings.district.time_zone);
const element = document.createElement('div');
element.className = 'map';
element.tabIndex = 0;
element.setAttribute('role', 'application');
const layers = allLayers(settings);
const desk: Desk = { map: createMap(element, settings, layers, store), element, layers, store, settings };

followPickedRoad(store);
followPickedPatrol(store);
root.replaceChildren();
render(<App desk={desk} />, root);
keepMode(desk);
keepAddress(store);
showOptionalLayers(layers, store.get());
store.watch((now, before) => {
  if (now.switched !== before.switched || now.mode !== before.mode) showOptionalLayers(layers, now);
});
for (const layer of Object.values(layers))
  if (layer && 'refresh' in layer) void Promise.resolve(layer.refresh?.()).catch(() => {});
