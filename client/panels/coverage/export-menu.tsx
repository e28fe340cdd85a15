/** What is listed as a file, and the certificate to print: the same filters, the same day. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { certificatePage, gapsFile } from '../../requests/paths.ts';
import { gapQuery } from '../../state/gap-query.ts';
import { Icon } from '../controls/icons.tsx';
import { useScreen, useWords } from '../desk.ts';

const formats = ['csv', 'xlsx', 'geojson'] as const;

export function ExportMenu(): JSX.Element {
  const { m, language } = useWords();
  const state = useScreen((one) => one);
  const asked = gapQuery(state);
  const menu = useRef<HTMLDetailsElement>(null);
  const close = (): void => menu.current?.removeAttribute('open');
  return (
    <details
      ref={menu}
      class="export"
      // At the foot of the panel it would open out of sight.
      onToggle={() => menu.current?.open && menu.current.lastElementChild?.scrollIntoView({ block: 'nearest' })}
      onFocusOut={(event) => {
        const to = event.relatedTarget as Node | null;
        if (to && !event.currentTarget.contains(to)) close();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return;
        event.stopPropagation();
        close();
        menu.current.querySelector('summary')?.focus();
      }}
    >
      <summary class="with-icon">
        <Icon name="download" size={15} />
        {m.coverage.export}
      </summary>
      <div class="export-list">
        {formats.map((format) => (
          <a key={format} href={gapsFile({ ...asked, format, language })} download onClick={close}>
            {m.coverage.exportAs[format]}
          </a>
        ))}
        <a
          href={certificatePage({ lang: language, zone_id: asked.zone_id, at: asked.at })}
          target="_blank"
          rel="noreferrer"
          onClick={close}
        >
          {m.coverage.certificate}
          <small class="quiet">{m.coverage.certificateHint}</small>
        </a>
      </div>
    </details>
  );
}
