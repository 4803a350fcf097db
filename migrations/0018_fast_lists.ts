import type { Migration } from './migration.ts';

/**
 * What lists and counts ask for in columns and indices of its own, so that they need not look at a million rows. On a million
 * jobs and executions it takes about a minute.
 */
export const fastLists: Migration = {
  name: '0018_fast_lists',
  async up(knex) {
    await knex.raw(`
      -- A column, for no index over an expression can be read without its table.
      alter table job add column error_name text generated always as (error->>'name') stored;
      drop index job_failed_system, job_error_code;
      drop statistics job_error_codes;
      create index job_failed_system on job (job_type_id, error_name, last_status_change)
        where status = 'FAILED' and error->>'category' = 'system';
      -- How many jobs of a type are where is no product of two shares.
      create statistics job_types_by_status (mcv) on job_type_id, status from job;
      create index job_error_name on job (error_name, id) where error_name is not null;

      -- Of a partial index the planner does not take them from there.
      create statistics scale_file_sensor_classes on (left(source_sensor_class, 200)) from scale_file;
      create statistics scale_file_sensors on (left(source_sensor, 200)) from scale_file;
      create statistics scale_file_collections on (left(source_collection, 200)) from scale_file;
      create statistics scale_file_tasks on (left(source_task, 200)) from scale_file;

      drop index job_input_file_file;
      create index job_input_file_file on job_input_file (input_file_id, job_id);

      -- job_exe_running has all of what job_exe_scheduled has, and little more: what is claimed pays for one index less.
      drop index job_exe_scheduled, job_exe_started, job_exe_ended, job_exe_of_node;
      alter table job_exe add column job_type_id bigint;
      update job_exe e set job_type_id = j.job_type_id from job j where j.id = e.job_id;
      alter table job_exe alter column job_type_id set not null;
      comment on column job_exe.job_type_id is 'Of its job, which never changes.';
      create index job_exe_of_node on job_exe (node_id, id);
      create index job_exe_of_type on job_exe (job_type_id, id);
      create index job_exe_started on job_exe (started) include (queued, job_type_id);
      create index job_exe_ended on job_exe (ended) include (started, job_type_id) where ended is not null;
    `);
  },
};
