import type { Migration } from './migration.ts';

/** What is begun again and again at set times, and each time that came. */
export const schedules: Migration = {
  name: '0030_schedules',
  async up(knex) {
    await knex.raw(`
      create table schedule (
        id bigint generated always as identity primary key,
        project_id bigint not null default 1 references project,
        name text not null,
        description text,
        cron text not null,
        timezone text not null default 'UTC',
        missed text not null default 'once' check (missed in ('skip', 'once', 'all')),
        target jsonb not null,
        is_paused boolean not null default false,
        next_due timestamptz,
        created_by text,
        created timestamptz not null default now(),
        last_modified timestamptz not null default now(),
        unique (project_id, name)
      );
      comment on column schedule.target is 'What is begun: {scan: ...}, {recipe: ...} or {batch: ...}.';
      comment on column schedule.next_due is 'null: it is paused, or its expression never comes again.';
      create index schedule_due on schedule (next_due) where next_due is not null;

      create table schedule_run (
        id bigint generated always as identity primary key,
        schedule_id bigint not null references schedule on delete cascade,
        due timestamptz not null,
        state text not null default 'DUE' check (state in ('DUE', 'DONE', 'FAILED', 'SKIPPED')),
        is_manual boolean not null default false,
        missed integer not null default 0,
        begun jsonb,
        problem text,
        requested_by text,
        ended timestamptz,
        unique (schedule_id, due)
      );
      comment on column schedule_run.state is 'DUE: is to be begun; DONE: was begun; FAILED: could not be; SKIPPED: was missed, or what it begins was under way.';
      comment on column schedule_run.missed is 'Earlier due times that nobody was there for, and that this row stands for, too.';
      comment on column schedule_run.begun is '{scan: {id}}, {recipe: {id}} or {batch: {id}}.';
      create index schedule_run_open on schedule_run (due) where state = 'DUE';
    `);
  },
};
