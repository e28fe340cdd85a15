import { expect } from 'chai';
import fc from 'fast-check';
import {
  countUtf8,
  encodingFromEvidence,
  encodingOf,
  knownEncoding,
  looksLikeUtf8,
} from '../../../api/interop/files/text-encoding.ts';
import { Problem } from '../../../api/problems.ts';
import { temporaryFiles } from './temporary-file.ts';

const evidenceOf = (...chunks: Uint8Array[]): { good: number; bad: number } => {
  const counter = countUtf8();
  for (const chunk of chunks) counter.feed(chunk);
  return counter.evidence();
};

/** The 3,755 characters of GB 2312's first level with their two bytes, from the table inside TextDecoder. */
const gb2312 = Array.from({ length: 0xd7 - 0xb0 + 1 }, (_, row) =>
  Array.from({ length: 94 }, (__, cell) => [0xb0 + row, 0xa1 + cell] as const),
).flat();

describe('text encoding', () => {
  const write = temporaryFiles();

  it('counts every character of UTF-8 beyond ASCII, however the bytes are cut into chunks', () => {
    const text = fc.string({ unit: 'binary', maxLength: 50 });
    fc.assert(
      fc.property(text, fc.nat(), (one, cut) => {
        const bytes = new TextEncoder().encode(one);
        const at = bytes.length === 0 ? 0 : cut % bytes.length;
        const beyondAscii = [...one].filter((character) => character.codePointAt(0)! > 127).length;
        expect(evidenceOf(bytes.subarray(0, at), bytes.subarray(at))).to.deep.equal({ good: beyondAscii, bad: 0 });
      }),
    );
  });

  it('never takes eight Chinese characters in GBK for UTF-8', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...gb2312), { minLength: 8, maxLength: 30 }), (characters) => {
        expect(looksLikeUtf8(evidenceOf(Uint8Array.from(characters.flat())))).to.equal(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes the famous 联通 in GBK, which Notepad took for UTF-8, as GBK', () => {
    expect(encodingFromEvidence(evidenceOf(Uint8Array.from([0xc1, 0xaa, 0xcd, 0xa8]))).name).to.equal('gb18030');
  });

  it('stays with UTF-8 when a few characters are broken, and says how many', () => {
    const { name, notes } = encodingFromEvidence({ good: 100, bad: 1 });
    expect(name).to.equal('utf-8');
    expect(notes).to.deep.equal(['The text is UTF-8 with 1 broken character, shown as �.']);
  });

  it('lets the given name win, over a byte order mark too, and refuses one that is none', async () => {
    const path = write('bom.csv', '\ufeffname');
    expect((await encodingOf(path, undefined)).name).to.equal('utf-8');
    expect((await encodingOf(path, 'GBK')).name).to.equal('gb18030');
    expect(() => knownEncoding('klingon')).to.throw(Problem, '"klingon" is no text encoding we know.');
  });
});
