/** The screen: panel, map, strip. On a phone the panel is a sheet below the map. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { placeMap } from '../map/create-map.ts';
import { zonesPath } from '../requests/paths.ts';
import { watchAnswer } from '../requests/answers.ts';
import type { Desk } from '../modes/mode.ts';
import { CoveragePanel } from './coverage/coverage-panel.tsx';
import { DeskContext, usePhone, useScreen, useWords } from './desk.ts';
import { Header, ModeTabs } from './header.tsx';
import { Help, keepKeys } from './help.tsx';
import { IssuesPanel } from './issues/issues-panel.tsx';
import { MapControls } from './map-controls.tsx';
import { ConnectionBanner, NoticeBoard } from './notice-board.tsx';
import { NoRoads } from './no-roads.tsx';
import { PatrolsPanel } from './patrols/patrols-panel.tsx';
import { PlanPanel } from './plan/plan-panel.tsx';
import { Sheet } from './sheet.tsx';
import { StripDock } from './strip/strip.tsx';

const panels = { plan: PlanPanel, coverage: CoveragePanel, issues: IssuesPanel, patrols: PatrolsPanel };

export function App({ desk }: { desk: Desk }): JSX.Element {
  return (
    <DeskContext.Provider value={desk}>
      <Screen desk={desk} />
    </DeskContext.Provider>
  );
}

function Screen({ desk }: { desk: Desk }): JSX.Element {
  const { m, language } = useWords();
  const mode = useScreen((state) => state.mode);
  const phone = usePhone();
  const [help, setHelp] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  // The map is older than this screen: it is only brought to its place in it.
  useLayoutEffect(() => {
    place.current!.prepend(desk.element);
    placeMap(desk.map, desk.element, desk.settings, desk.store.get().view);
  }, []);
  useEffect(() => keepKeys(desk, () => setHelp((open) => !open)), []);
  useEffect(() => watchAnswer(zonesPath({}), ({ value }) => value && desk.layers.zones.nameZones(value.features)), []);
  useEffect(() => {
    const { name, name_en } = desk.settings.district;
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = m.document(m.mode[mode], language === 'en' ? (name_en ?? name) : name);
    desk.element.setAttribute('aria-label', m.map.label);
  }, [language, mode]);
  const Panel = panels[mode];
  return (
    <div class={`screen mode-${mode}`}>
      <ConnectionBanner />
      <Sheet>
        <Header onHelp={() => setHelp(true)} />
        <ModeTabs />
        <main class="panel" key={mode} aria-label={m.mode[mode]}>
          <Panel />
        </main>
      </Sheet>
      <div class="map-place" ref={place}>
        <MapControls />
        <NoRoads />
        <NoticeBoard />
      </div>
      {mode === 'plan' && !phone && <StripDock />}
      <Help open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
