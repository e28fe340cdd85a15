/** Patrols: which were walked, one of them from minute to minute, and a new one from a file. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { showPatrolTab } from '../../state/transitions.ts';
import { Icon } from '../controls/icons.tsx';
import { useAct, useScreen, useWords } from '../desk.ts';
import { carriesFile } from './drop-file.tsx';
import { PatrolDetail } from './patrol-detail.tsx';
import { PatrolFilters } from './patrol-filters.tsx';
import { PatrolList } from './patrol-list.tsx';
import { UploadForm } from './upload-form.tsx';
import { WalkedChart } from './walked-chart.tsx';

export function PatrolsPanel(): JSX.Element {
  const { m } = useWords();
  const act = useAct();
  const { tab, patrol } = useScreen((state) => state.patrols);
  const [dropped, setDropped] = useState<File | null>(null);
  if (tab === 'upload') return <UploadForm dropped={dropped} onTaken={() => setDropped(null)} />;
  if (patrol !== null) return <PatrolDetail id={patrol} />;
  return (
    // A file dropped anywhere on the list is meant for the upload.
    <div
      class="patrols"
      onDragOver={(event) => carriesFile(event) && event.preventDefault()}
      onDrop={(event) => {
        const file = event.dataTransfer?.files[0];
        if (!file) return;
        event.preventDefault();
        setDropped(file);
        act(showPatrolTab('upload'))();
      }}
    >
      <div class="panel-top patrol-top">
        <h2>{m.patrols.title}</h2>
        <button type="button" class="primary small" onClick={act(showPatrolTab('upload'))}>
          <Icon name="upload" size={16} />
          {m.patrols.upload}
        </button>
      </div>
      <PatrolFilters />
      <WalkedChart />
      <PatrolList />
    </div>
  );
}
