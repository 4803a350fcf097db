import type { Migration } from './migration.ts';

/**
 * Each change of a job or an execution writes all of its indexes again, since nearly all of their columns tell a state; so
 * an index is paid for three times by each job. Gone is what nothing asks for: the keys of jobs that have none, events by
 * time (they are read by the cursor, or by what they are of), and a second index on the jobs of nodes. A claim has just
 * read the job that its execution names, which is deleted by a purge only, after the executions.
 */
export const fewerIndexes: Migration = {
  name: '0031_fewer_indexes',
  async up(knex) {
    await knex.raw(`
      alter table job drop constraint job_dedupe_key_key;
      create unique index job_dedupe_key on job (dedupe_key) where dedupe_key is not null;
      alter table recipe drop constraint recipe_dedupe_key_key;
      create unique index recipe_dedupe_key on recipe (dedupe_key) where dedupe_key is not null;
      alter table event drop constraint event_pkey;
      alter table job_exe drop constraint job_exe_job_id_fkey, drop constraint job_exe_node_id_fkey;
      drop index recipe_node_open;
      create index recipe_open on recipe (id) where not is_completed;
    `);
  },
};
