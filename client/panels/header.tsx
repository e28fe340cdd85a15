/** The head of the panel: which district, which of the four views, which language. */
import type { JSX } from 'preact';
import { goTo, speak } from '../state/transitions.ts';
import { modes } from '../state/state.ts';
import { Icon, Mark } from './controls/icons.tsx';
import { useAct, useDesk, useScreen, useWords } from './desk.ts';

export function Header({ onHelp }: { onHelp: () => void }): JSX.Element {
  const { m, language } = useWords();
  const { settings } = useDesk();
  const act = useAct();
  const { name, name_en } = settings.district;
  return (
    <header class="head">
      <Mark />
      <h1>
        <b>{m.product}</b>
        <span>{language === 'en' ? (name_en ?? name) : name}</span>
      </h1>
      <button
        type="button"
        class="language"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        aria-label={m.language.switch}
        title={m.language.switch}
        onClick={act(speak(language === 'zh' ? 'en' : 'zh'))}
      >
        {language === 'zh' ? 'EN' : '中'}
      </button>
      <button
        type="button"
        class="icon-button help-button"
        aria-label={m.help.open}
        title={`${m.help.open} (?)`}
        onClick={onHelp}
      >
        <Icon name="keyboard" />
      </button>
    </header>
  );
}

export function ModeTabs(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const mode = useScreen((state) => state.mode);
  return (
    <nav class="modes" aria-label={m.modes}>
      {modes.map((one, i) => (
        <button
          key={one}
          type="button"
          aria-current={one === mode ? 'page' : undefined}
          title={`${m.mode[one]} (${i + 1})`}
          onClick={() => store.update(goTo(one))}
        >
          <Icon name={one} />
          {m.mode[one]}
        </button>
      ))}
    </nav>
  );
}
