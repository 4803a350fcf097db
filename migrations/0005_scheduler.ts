import type { Migration } from './migration.ts';

/**
 * The queue and who works on it: runtimes with their leases, nodes with their slots, and what a job needs to be placed.
 * `runtime/jobs/state.ts` describes the states, `runtime/scheduler/` what is made of them.
 */
export const scheduler: Migration = {
  name: '0005_scheduler',
  async up(knex) {
    await knex.raw(`
      create table runtime (
        id text primary key,
        hostname text not null,
        pid integer not null,
        nodes bigint[] not null default '{}',
        started timestamptz not null default now(),
        lease_until timestamptz not null
      );
      comment on column runtime.id is 'Number of its presence lock, see runtime/database/presence.ts.';
      comment on column runtime.nodes is 'The nodes whose engines it drives.';

      create table node (
        id bigint generated always as identity primary key,
        name text not null unique,
        hostname text not null,
        engine text not null,
        engine_version text not null default '',
        capacity jsonb not null default '{}',
        state text not null default 'OFFLINE' check (state in ('READY', 'OFFLINE')),
        claims bigint not null default 0,
        problems jsonb not null default '[]',
        is_paused boolean not null default false,
        pause_reason text,
        is_active boolean not null default true,
        last_seen timestamptz,
        created timestamptz not null default now(),
        deprecated timestamptz,
        last_modified timestamptz not null default now()
      );
      comment on column node.capacity is 'What jobs may be promised: {cpus, mem (MiB), disk (MiB), gpus, custom names}.';
      comment on column node.claims is 'Grows with each claim: who read the node before another one claimed on it reads it again.';
      comment on column node.problems is 'What its runtime finds wrong: [{name, title, description, since}].';

      -- One row for each job that a node may run at once; the rows that are taken are the ledger of what is promised.
      create table slot (
        node_id bigint not null references node on delete cascade,
        index integer not null,
        job_exe_id bigint,
        job_type_id bigint,
        runtime text,
        resources jsonb,
        since timestamptz,
        primary key (node_id, index),
        check ((job_exe_id is null) = (runtime is null))
      ) with (fillfactor = 50);
      create unique index slot_execution on slot (job_exe_id) where job_exe_id is not null;

      create table node_image (
        node_id bigint not null references node on delete cascade,
        image text not null,
        state text not null check (state in ('READY', 'PULLING', 'FAILED')),
        error jsonb,
        ours boolean not null default false,
        since timestamptz not null default now(),
        last_used timestamptz not null default now(),
        primary key (node_id, image)
      );
      comment on column node_image.ours is 'Pulled by us, so that we may remove it when space is short.';

      create table scheduler (
        only_row boolean primary key default true check (only_row),
        is_paused boolean not null default false,
        queue_mode text not null default 'FIFO' check (queue_mode in ('FIFO', 'LIFO')),
        num_message_handlers integer not null default 0,
        system_logging_level text not null default 'INFO',
        last_modified timestamptz not null default now()
      );
      insert into scheduler default values;

      -- Bulk cancel and requeue: carried out in steps, each with its own transaction, by whichever runtime sees it.
      create table job_action (
        id bigint generated always as identity primary key,
        kind text not null check (kind in ('cancel', 'requeue')),
        filter jsonb not null,
        priority integer,
        actor text not null,
        last_job_id bigint not null default 0,
        changed bigint not null default 0,
        created timestamptz not null default now(),
        ended timestamptz
      );
      create index job_action_open on job_action (id) where ended is null;

      alter table job
        add column queue text not null default 'default',
        add column resources jsonb not null default '{}',
        add column not_before timestamptz,
        add column destination text,
        add column cancel_requested timestamptz,
        add column cancel_actor text;
      comment on column job.queue is 'Who may take it: default for every service; a batch run from the command line has one of its own.';
      comment on column job.resources is 'What a node must have free: {cpus, mem (MiB), disk (MiB), gpus, custom names}.';
      comment on column job.destination is 'Absolute directory for the outputs, named on the command line; null: in the output workspace.';
      comment on column job.not_before is 'Queued, and waits until then for another try.';
      comment on column job.cancel_requested is 'Running, and its runtime is to stop it.';

      create index job_queue on job (queue, priority, job_type_revision_id, queued, id)
        where status = 'QUEUED' and not_before is null;
      create index job_delayed on job (not_before) where status = 'QUEUED' and not_before is not null;
      create index job_canceling on job (id) where status = 'RUNNING' and cancel_requested is not null;

      alter table job_exe
        add column node_id bigint references node;
      create index job_exe_scheduled on job_exe (runtime) where status = 'RUNNING' and node_id is not null;
      comment on column job_exe.node_id is 'Where the scheduler placed it; null for what a command runs by itself.';
    `);
  },
};
