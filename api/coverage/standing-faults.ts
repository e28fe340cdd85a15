import type { Knex } from 'knex';
export async function ensureStanding(_db: Knex): Promise<void> {}
