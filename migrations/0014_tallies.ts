import type { Migration } from './migration.ts';

/**
 * How jobs ended, by hour and by day: counting a million rows for each answer would take seconds. They are made from the
 * events, in `runtime/jobs/tallies/`; what the events say beyond the cursor is not in them yet. The cursor begins before
 * the first event, so that what is there already is counted too.
 */
export const tallies: Migration = {
  name: '0014_tallies',
  async up(knex) {
    await knex.raw(`
      create table tally_cursor (
        only_row boolean primary key default true check (only_row),
        xid xid8 not null default '0',
        event_id bigint not null default 0
      );
      insert into tally_cursor default values;

      create table job_type_hour (
        hour timestamptz not null,
        job_type_id bigint not null references job_type,
        completed bigint not null,
        most_recent timestamptz not null,
        primary key (hour, job_type_id)
      );
      comment on table job_type_hour is 'Completed jobs; a completed job stays one, so nothing is ever subtracted.';

      create table job_type_day (
        day date not null,
        job_type_id bigint not null references job_type,
        completed bigint not null,
        failed bigint not null,
        canceled bigint not null,
        error_system bigint not null,
        error_data bigint not null,
        error_algorithm bigint not null,
        most_recent timestamptz,
        executions bigint not null,
        ${['queue', 'pre', 'job', 'post', 'run', 'stage']
          .flatMap((name) => ['sum', 'min', 'max'].map((what) => `${name}_${what} double precision`))
          .join(',\n        ')},
        primary key (day, job_type_id)
      );
      comment on table job_type_day is 'Ends of jobs, by the day in UTC; a job that ended, was requeued and ended again is two.';
      comment on column job_type_day.most_recent is 'When the last one completed.';
      comment on column job_type_day.executions is 'Completed ones, whose seconds the other columns sum up.';

      create table error_day (
        day date not null,
        name text not null,
        total bigint not null,
        primary key (day, name)
      );
      comment on table error_day is 'Executions that ended in an error, also those that were tried again.';

      drop index job_of_type;
      create index job_of_type on job (job_type_id, status, last_status_change);
      drop index job_status;
      create index job_status on job (status, last_status_change, job_type_id);
      create index job_failed_system on job (job_type_id, (error->>'name'), last_status_change)
        where status = 'FAILED' and error->>'category' = 'system';
      create index job_failed_data on job (job_type_id, last_status_change)
        where status = 'FAILED' and error->>'category' = 'data';
      create index job_failed_algorithm on job (job_type_id, last_status_change)
        where status = 'FAILED' and coalesce(error->>'category', 'job') = 'job';

      create index job_exe_unsuccessful on job_exe (status, id) where status in ('FAILED', 'CANCELED');
      create index job_exe_of_node on job_exe (node_id, id);
    `);
  },
};
