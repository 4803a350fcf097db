import type { Migration } from './migration.ts';

/** What Scale's clients set and show of a job type, and nothing else reads. */
export const jobTypeDisplay: Migration = {
  name: '0007_job_type_display',
  async up(knex) {
    await knex.raw(`
      alter table job_type
        add column icon_code text,
        add column is_published boolean not null default false;
      comment on column job_type.icon_code is 'Of Font Awesome, four hexadecimal digits.';
    `);
  },
};
