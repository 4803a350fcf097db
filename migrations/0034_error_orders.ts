import type { Migration } from './migration.ts';

/**
 * Jobs are sorted by the category and the title of their error, as Scale's web client asks for it; only what failed pays for
 * that. Titles come from manifests and may be longer than an index takes.
 */
export const errorOrders: Migration = {
  name: '0034_error_orders',
  async up(knex) {
    await knex.raw(`
      drop index job_error_category;
      create index job_error_category on job ((error->>'category'), id) where (error->>'category') is not null;
      create index job_error_title on job ((left(error->>'title', 200)), id) where (left(error->>'title', 200)) is not null;
      -- Without them it is not known that nearly all jobs have none, and all were sorted for a page beyond those that have.
      create statistics job_error_titles on (left(error->>'title', 200)) from job;
    `);
  },
};
