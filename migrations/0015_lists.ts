import type { Migration } from './migration.ts';

/** Lists and counts that stay fast at millions of rows, and requests that are carried out once whatever the network does. */
export const lists: Migration = {
  name: '0015_lists',
  async up(knex) {
    await knex.raw(`
      create table idempotency (
        actor text not null,
        key text not null,
        digest bytea not null,
        owner text not null,
        status integer,
        headers jsonb,
        answer jsonb,
        at timestamptz not null default now(),
        primary key (actor, key)
      );
      create index idempotency_at on idempotency (at);
      comment on column idempotency.digest is 'HMAC of the request by the key for secrets: a body may hold some.';
      comment on column idempotency.owner is 'Number of the presence of the process that carries it out, or did.';
      comment on column idempotency.status is 'Of the answer; null while there is none.';

      create index job_exe_ended on job_exe (ended) where ended is not null;
      create index job_exe_started on job_exe (started);

      create index job_last_modified on job (last_modified);
      create index job_of_batch on job (batch_id) where batch_id is not null;
      create index job_superseded on job (id) where is_superseded;
      create index job_error_code on job ((error->>'code')) where error is not null;
      create index job_error_category on job ((error->>'category')) where error is not null;

      -- Hash indices chain the pages of equal values: with five sensor classes among a million files each insert walked
      -- hundreds of pages, and building one took more than 7 minutes.
      drop index scale_file_sensor_class, scale_file_sensor, scale_file_collection, scale_file_task;
      create index scale_file_sensor_class on scale_file (left(source_sensor_class, 200)) where source_sensor_class is not null;
      create index scale_file_sensor on scale_file (left(source_sensor, 200)) where source_sensor is not null;
      create index scale_file_collection on scale_file (left(source_collection, 200)) where source_collection is not null;
      create index scale_file_task on scale_file (left(source_task, 200)) where source_task is not null;
      -- Without them the planner takes any error for one in 200, and walks through all jobs for a rare one: 3.5 s.
      create statistics job_error_codes on (error->>'code') from job;
      create statistics job_error_categories on (error->>'category') from job;

      create index scale_file_last_modified on scale_file (last_modified);
      create index scale_file_created on scale_file (created);
      create index scale_file_data_started on scale_file (data_started);
      create index scale_file_source_started on scale_file (source_started);
      create index scale_file_media_type on scale_file (media_type);
      create index scale_file_countries on scale_file using gin (countries);
      create index scale_file_job_type on scale_file (job_type_id) where job_type_id is not null;
      create index scale_file_job_output on scale_file (job_output) where job_output is not null;
      create index scale_file_recipe on scale_file (recipe_id) where recipe_id is not null;
      create index scale_file_recipe_node on scale_file (recipe_node) where recipe_node is not null;
      create index scale_file_recipe_type on scale_file (recipe_type_id) where recipe_type_id is not null;
      create index scale_file_batch on scale_file (batch_id) where batch_id is not null;
    `);
  },
};
