import type { Migration } from './migration.ts';

/** A batch of jobs runs those of the batch before it again. That none is run again twice is up to the index. */
export const previousJobs: Migration = {
  name: '0036_previous_jobs',
  async up(knex) {
    await knex.raw(`
      alter table job add column previous_job_id bigint references job on delete set null;
      comment on column job.previous_job_id is
        'The job of a batch before that this one runs again; where that one is superseded, it is by this one.';
      create unique index job_previous on job (previous_job_id) where previous_job_id is not null;
    `);
  },
};
