import type { Migration } from './migration.ts';

/** What executions were seen to use, beside what they asked for. */
export const resourcesUsed: Migration = {
  name: '0026_resources_used',
  async up(knex) {
    await knex.raw(`
      alter table job_exe add column used jsonb;
      comment on column job_exe.used is '{mem: MiB at most, cpu_seconds}; null: it was over too soon to be looked at.';
    `);
  },
};
