import { expect } from 'chai';
import fc from 'fast-check';
import { BrokenJson, createJsonReader } from '../../../api/patrols/read-track/json-events.ts';

/** Builds the value again from the events: what JSON.parse would give. */
function rebuilt(text: string, pieces: number[]): unknown {
  const open: { value: unknown[] | Record<string, unknown>; key: string }[] = [];
  let key = '';
  let root: unknown;
  const put = (value: unknown): void => {
    const inside = open.at(-1);
    if (!inside) root = value;
    else if (Array.isArray(inside.value)) inside.value.push(value);
    else Object.defineProperty(inside.value, key, { value, enumerable: true, configurable: true, writable: true });
  };
  const reader = createJsonReader({
    open: (bracket) => {
      const value = bracket === '[' ? [] : {};
      put(value);
      open.push({ value, key });
    },
    close: () => void open.pop(),
    key: (name) => void (key = name),
    value: put,
  });
  let at = 0;
  for (const piece of pieces) {
    reader.write(text.slice(at, at + piece));
    at += piece;
  }
  reader.write(text.slice(at));
  reader.end();
  return root;
}

describe('JSON read piece by piece', () => {
  it('tells what JSON.parse gives, wherever the text is cut', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 }),
        fc.constantFrom(0, 2),
        (value, pieces, indent) => {
          const text = JSON.stringify(value, null, indent);
          expect(rebuilt(text, pieces)).to.deep.equal(JSON.parse(text));
        },
      ),
      { numRuns: 500, seed: 4 },
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const texts = [
      '',
      '{',
      '[1,]',
      '{"a":1,}',
      '{"a" 1}',
      '{a:1}',
      '[1 2]',
      '"',
      '01',
      '1.',
      '.5',
      '+1',
      'tru',
      '[}',
      '1 2',
      '"\\x"',
      ',',
      '{"a":}',
      '[1]]',
      'constructor',
    ];
    for (const text of texts) {
      expect(() => JSON.parse(text) as unknown, text).to.throw();
      expect(() => rebuilt(text, [1]), text).to.throw(BrokenJson);
    }
  });

  it('takes NaN and Infinity for null, as Python writes them', () => {
    expect(rebuilt('[NaN, -Infinity, {"a": Infinity}]', [3, 2])).to.deep.equal([null, null, { a: null }]);
  });

  it('says where it breaks', () => {
    expect(() => rebuilt('{\n  "a": [1,\n  2 3]}', [7])).to.throw(
      BrokenJson,
      'expected a comma or a closing bracket at line 3, column 5',
    );
  });
});
