import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { rowTypes } from '../../api/database/describe-rows.ts';
import { describeSchema } from '../../api/database/describe-schema.ts';
import { eachEngine } from '../support/district.ts';

const text = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

eachEngine('what is generated from the migrations is checked in as it is', (district) => {
  it('migrations/schema.sql', async () => {
    expect(await describeSchema(district().db)).to.equal(await text('migrations/schema.sql'));
  });

  it('api/database/row-types.ts', async () => {
    expect(await rowTypes(district().db)).to.equal(await text('api/database/row-types.ts'));
  });
});
