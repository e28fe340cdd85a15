/**
 * Writes what follows from the migrations: `migrations/schema.sql` and `api/database/row-types.ts`.
 * A test (test/database/generated.test.ts) keeps both true. Run it after a migration changed: npm run generate
 */
import { writeFile } from 'node:fs/promises';
import { connect } from '../api/database/connect.ts';
import { describeSchema } from '../api/database/describe-schema.ts';
import { migrate } from '../api/database/migrate.ts';
import { rowTypes } from '../api/database/describe-rows.ts';

const district = { schema: 'described', srid: 4549, time_zone: 'Asia/Shanghai' };
const { db, close } = await connect({ database_url: null, folder: null, ...district, tell: console.log });
await migrate(db, district);
await writeFile(new URL('../migrations/schema.sql', import.meta.url), await describeSchema(db));
await writeFile(new URL('../api/database/row-types.ts', import.meta.url), await rowTypes(db));
await close();
console.log('wrote migrations/schema.sql and api/database/row-types.ts');
