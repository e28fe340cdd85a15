import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { parse } from '../../api/http/parse.ts';
import { idText, moment } from '../../api/http/shapes.ts';
import { Problem } from '../../api/problems.ts';

const refusal = (schema: z.ZodType, value: unknown): Problem => {
  try {
    parse(schema, value, 'body');
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('it was taken');
};

describe('what comes through the door', () => {
  const person = z.object({ name: z.string(), others: z.array(z.string()).optional() });

  for (const [what, text] of [
    ['U+0000', 'a\u0000'],
    ['the first half of an emoji', 'a\ud83d'],
    ['the second half of an emoji', '\ude00a'],
  ] as const) {
    it(`has no ${what} in any text, for no database keeps it`, () => {
      expect(refusal(person, { name: text }).errors).to.deep.equal([
        { path: 'name', message: 'text without U+0000 and lone surrogates' },
      ]);
      expect(refusal(person, { name: 'a', others: ['b', text] }).errors![0]!.path).to.equal('others.1');
    });
  }

  it('keeps every other text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite' }), (name) => {
        fc.pre(!name.includes('\u0000'));
        expect(parse(person, { name }, 'body')).to.deep.equal({ name });
      }),
    );
  });

  it('says how a day or a time is written when one cannot be read', () => {
    for (const at of ['yesterday', '2026-02-30', '2026-05-01T08:30:00']) {
      const { errors, kind } = refusal(z.object({ at: moment }), { at });
      expect(kind).to.equal('invalid');
      expect(errors).to.deep.equal([
        {
          path: 'at',
          message: 'expected a day such as 2026-05-01, or a time with its offset such as 2026-05-01T08:30:00+08:00',
          came: at,
        },
      ]);
    }
  });

  it('names what was expected of an id, not what became of it', () => {
    expect(refusal(z.object({ id: idText }), { id: 'x' }).errors).to.deep.equal([
      { path: 'id', message: 'expected a whole number above 0', came: 'x' },
    ]);
  });
});
