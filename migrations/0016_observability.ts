import type { Migration } from './migration.ts';

/** What tells others of jobs: webhooks with what they are still to be sent, and the trace that a job belongs to. */
export const observability: Migration = {
  name: '0016_observability',
  async up(knex) {
    await knex.raw(`
      alter table job add column trace_context text;
      comment on column job.trace_context is 'W3C traceparent of its submission: the trace goes on in whichever runtime runs it.';

      create table webhook (
        id bigint generated always as identity primary key,
        project_id bigint not null default 1 references project,
        url text not null,
        description text,
        events text[] not null,
        job_type_ids bigint[] not null default '{}',
        job_type_names text[] not null default '{}',
        is_active boolean not null default true,
        active_since timestamptz not null default now(),
        created_by text not null,
        created timestamptz not null default now(),
        last_modified timestamptz not null default now()
      );
      comment on column webhook.active_since is 'What happened before is not told.';
      comment on column webhook.job_type_ids is 'Of these job types, or those of job_type_names; both empty: of all.';

      -- How far the events have been read and turned into deliveries: in the same transaction, so that none is lost.
      create table webhook_cursor (
        only_row boolean primary key default true check (only_row),
        xid xid8 not null,
        event_id bigint not null
      );
      insert into webhook_cursor (xid, event_id) values (pg_snapshot_xmin(pg_current_snapshot()), 0);

      create table webhook_delivery (
        id bigint generated always as identity primary key,
        webhook_id bigint not null references webhook on delete cascade,
        message_id text not null unique,
        event_type text not null,
        job_id bigint,
        document jsonb not null,
        state text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'DEAD')),
        attempts integer not null default 0,
        log jsonb not null default '[]',
        next_attempt timestamptz default now(),
        created timestamptz not null default now(),
        ended timestamptz,
        check ((state = 'PENDING') = (next_attempt is not null))
      );
      comment on column webhook_delivery.log is 'Of each attempt: {attempt, at, status, ms, error, response}.';
      comment on column webhook_delivery.next_attempt is 'While somebody attempts it: when he is taken for dead.';
      create index webhook_delivery_due on webhook_delivery (webhook_id, next_attempt) where state = 'PENDING';
      create index webhook_delivery_log on webhook_delivery (webhook_id, id);
      create index webhook_delivery_old on webhook_delivery (ended) where ended is not null;

      -- Whoever owns secrets says so himself: a list here would have to know every table.
      alter table secret drop constraint if exists secret_owner_kind_check;
      alter table secret add constraint secret_owner_kind_check check (owner_kind ~ '^[a-z][a-z_]*$');
    `);
  },
};
