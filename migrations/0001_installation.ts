import type { Migration } from './migration.ts';

/**
 * One row: which database this is, and the uuid that its containers carry. The identity columns tell a clone from the
 * original (runtime/database/installation.ts).
 */
export const installation: Migration = {
  name: '0001_installation',
  async up(knex) {
    await knex.raw(`
      create table installation (
        only_row boolean primary key default true check (only_row),
        uuid uuid not null,
        system_identifier text,
        database_name text not null,
        database_oid bigint not null,
        table_oid bigint not null,
        created timestamptz not null default now()
      )
    `);
  },
};
