/** Upload a track: the file, who walked it, in which coordinates; then what it proves, or what is wrong with it. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Chief } from '../../../api/chiefs/chiefs.contract.ts';
import { mediaTypeOf, trackEndings } from '../../patrol/track-file.ts';
import { afterWrite } from '../../requests/changes.ts';
import { Problem } from '../../requests/send.ts';
import { uploadPatrol } from '../../requests/upload-patrol.ts';
import { say } from '../../state/notices.ts';
import { openPatrol, showPatrolTab } from '../../state/transitions.ts';
import { Icon } from '../controls/icons.tsx';
import { Fault, problemInWords } from '../controls/states.tsx';
import { useAct, useDesk, useScreen, useWords } from '../desk.ts';
import { ChiefSearch } from './chief-search.tsx';
import { DropFile } from './drop-file.tsx';
import { UploadProgress, type Sending } from './upload-progress.tsx';

const crsNames = ['wgs84', 'gcj02', 'cgcs2000', 'bd09'] as const;
type Crs = (typeof crsNames)[number];

export function UploadForm({ dropped, onTaken }: { dropped: File | null; onTaken: () => void }): JSX.Element {
  const { m, length } = useWords();
  const desk = useDesk();
  const act = useAct();
  const [file, setFile] = useState<File | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [chief, setChief] = useState<number | null>(useScreen((state) => state.patrols.chief));
  const [crs, setCrs] = useState<Crs>('wgs84');
  const [sending, setSending] = useState<Sending>({ step: 'no' });
  const [fault, setFault] = useState<Problem | null>(null);

  const take = (one: File): void => {
    const bad = mediaTypeOf(one.name) === null ? m.patrols.wrongKind : one.size === 0 ? m.patrols.emptyFile : null;
    setWrong(bad && bad(one.name));
    setFile(bad ? null : one);
    setFault(null);
    setSending({ step: 'no' });
  };
  useEffect(() => {
    if (!dropped) return;
    take(dropped);
    onTaken();
  }, [dropped]);

  const send = async (): Promise<void> => {
    if (!file || chief === null) return;
    setFault(null);
    setSending({ step: 'sending', share: 0 });
    try {
      const uploaded = await uploadPatrol(file, { chief_id: chief, crs }, (share) =>
        setSending({ step: 'sending', share }),
      );
      afterWrite(desk);
      setSending({ step: 'done', uploaded });
      say(uploaded.already ? m.patrols.already : m.patrols.done(length(uploaded.patrol.walked_m)));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setSending({ step: 'no' });
      setFault(error);
      say(error.body.status === 409 ? m.patrols.alreadyOther : problemInWords(error, m).detail);
    }
  };
  const busy = sending.step === 'sending';

  return (
    <form class="report upload" onSubmit={(event) => event.preventDefault()}>
      <div class="panel-top">
        <button type="button" class="link with-icon" onClick={act(showPatrolTab('list'))}>
          <Icon name="back" size={16} />
          {m.patrols.back}
        </button>
        <h2>{m.patrols.upload}</h2>
      </div>
      <div class="section">
        <DropFile
          endings={trackEndings}
          label={file ? m.patrols.otherFile : m.patrols.chooseFile}
          onFile={(one) => !busy && take(one)}
        >
          <Icon name="upload" size={22} />
          {file ? (
            <p class="drop-name">
              <b>{file.name}</b> <span class="quiet">{fileSize(file.size)}</span>
            </p>
          ) : (
            <p class="quiet">{m.patrols.uploadHint}</p>
          )}
        </DropFile>
        {wrong && (
          <p class="upload-wrong" role="alert">
            {wrong}
          </p>
        )}
      </div>
      <div class="section">
        <h3>{m.patrols.whose}</h3>
        <ChiefSearch
          picked={chief}
          role={null}
          label={m.patrols.chief}
          placeholder={m.patrols.chiefSearch}
          onPick={(one: Chief | null) => setChief(one?.id ?? null)}
        />
        <p class="quiet upload-hint">{m.patrols.whoseHint}</p>
      </div>
      <div class="section">
        <h3>{m.patrols.crs}</h3>
        <select
          aria-label={m.patrols.crs}
          value={crs}
          onChange={(event) => setCrs(crsNames.find((one) => one === event.currentTarget.value) ?? 'wgs84')}
        >
          {crsNames.map((one) => (
            <option key={one} value={one}>
              {m.patrols.crsName[one]}
            </option>
          ))}
        </select>
        <p class="quiet upload-hint">{m.patrols.crsHint[crs]}</p>
      </div>
      {sending.step !== 'no' && (
        <div class="section">
          <UploadProgress sending={sending} />
        </div>
      )}
      {fault && (
        <div class="section">
          {/* The server speaks to programs here: of external_id, which a person has not given. */}
          {fault.body.status === 409 ? <p class="upload-wrong">{m.patrols.alreadyOther}</p> : <Fault problem={fault} />}
        </div>
      )}
      <footer class="save-bar">
        {sending.step === 'done' ? (
          <>
            <button type="button" class="primary" onClick={act(openPatrol(sending.uploaded.patrol.id))}>
              {m.patrols.look}
            </button>
            <button
              type="button"
              class="plain"
              onClick={() => {
                setFile(null);
                setSending({ step: 'no' });
              }}
            >
              {m.patrols.another}
            </button>
          </>
        ) : (
          <>
            <button
              type="button"
              class="primary"
              disabled={!file || chief === null || busy}
              onClick={() => void send()}
            >
              {m.patrols.send}
            </button>
            <button type="button" class="plain" onClick={act(showPatrolTab('list'))}>
              {m.common.cancel}
            </button>
          </>
        )}
      </footer>
    </form>
  );
}

function fileSize(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
