import { expect } from 'chai';
import { en } from '../../../client/i18n/en.ts';
import { zh } from '../../../client/i18n/zh.ts';

type Leaf = { path: string; value: unknown };
const leaves = (value: unknown, path = ''): Leaf[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]) => leaves(part, path ? `${path}.${key}` : key))
    : [{ path, value }];

/** An argument that is a text with all a text can do, and a function for the message that asks for figures by name. */
const argument = (text: string): string =>
  Object.setPrototypeOf(
    Object.assign(() => text, { toString: () => text }),
    String.prototype,
  ) as string;
const args = ['7', '8', '9', '10', '11'].map(argument);

/** A message with its arguments filled in. */
const said = ({ value }: Leaf): string =>
  typeof value === 'function' ? (value as (...args: string[]) => string)(...args) : String(value);

describe('the words on the screen', () => {
  it('are the same in both languages: same keys, same number of arguments', () => {
    const shape = (messages: unknown): string[] =>
      leaves(messages).map(({ path, value }) => `${path}/${typeof value === 'function' ? value.length : 0}`);
    expect(shape(en)).to.have.members(shape(zh));
  });

  it('are never empty', () => {
    for (const leaf of [...leaves(zh), ...leaves(en)]) expect(said(leaf).trim(), leaf.path).not.to.equal('');
  });

  it('are Chinese in the one and not in the other, but for the button that leads to the other', () => {
    const own = ({ path }: Leaf): boolean => !path.startsWith('language.');
    for (const leaf of leaves(en).filter(own)) expect(said(leaf), leaf.path).not.to.match(/[\u4e00-\u9fff]/);
    const bare =
      /^(error\.title|help\.shift|common\.span|strip\.handleValue|coverage\.ofRequired|issues\.accuracyOf|patrols\.standing)/;
    for (const leaf of leaves(zh).filter(own)) {
      const text = said(leaf).replace(/7|8|9|10|11|[\s/·–-]/g, '');
      if (text !== '' && !bare.test(leaf.path)) expect(text, leaf.path).to.match(/[\u4e00-\u9fff]/);
    }
  });

  it('are set with Chinese punctuation between Chinese characters', () => {
    for (const leaf of leaves(zh)) expect(said(leaf), leaf.path).not.to.match(/[\u4e00-\u9fff][,:;?!(][\u4e00-\u9fff]/);
  });
});
