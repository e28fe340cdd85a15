/** How far an upload is, and what came of it. */
import type { JSX } from 'preact';
import type { Uploaded } from '../../requests/upload-patrol.ts';
import { Icon } from '../controls/icons.tsx';
import { useWords } from '../desk.ts';

export type Sending = { step: 'no' } | { step: 'sending'; share: number } | { step: 'done'; uploaded: Uploaded };

export function UploadProgress({ sending }: { sending: Exclude<Sending, { step: 'no' }> }): JSX.Element {
  const { m, length, count, probability } = useWords();
  if (sending.step === 'sending') {
    // Once all of it has arrived the server matches, for which it gives no share.
    const matching = sending.share >= 1;
    const words = matching ? m.patrols.matching : m.patrols.sending(probability(sending.share));
    return (
      <div class="upload-progress" role="status">
        <span>{words}</span>
        <progress aria-label={words} max={1} value={matching ? undefined : sending.share} />
      </div>
    );
  }
  const { patrol, already } = sending.uploaded;
  return (
    <div class="upload-done">
      <Icon name="check" size={18} />
      <div>
        <b>{already ? m.patrols.already : m.patrols.done(length(patrol.walked_m))}</b>
        <p class="quiet">
          {patrol.chief.name} · {m.patrols.fixes} {count(patrol.fixes)}
          {already && ` · ${m.patrols.proved(length(patrol.walked_m))}`}
        </p>
        {patrol.genuineness.length > 0 && (
          <p class="uncertain with-icon">
            <Icon name="warning" size={14} />
            {m.patrols.flagged(count(patrol.genuineness.length))}
          </p>
        )}
      </div>
    </div>
  );
}
