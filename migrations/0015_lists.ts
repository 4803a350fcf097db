import type { Migration } from './migration.ts';

/** Lists and counts that stay fast at millions of rows, and requests that are carried out once whatever the network does. */
export const lists: Migration = {
  name: '0015_lists',
  async up(knex) {
    await knex.raw(`
      create index job_exe_ended on job_exe (ended) where ended is not null;
      create index job_exe_started on job_exe (started);
    `);
  },
};
