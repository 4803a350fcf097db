import type { Migration } from './migration.ts';

/**
 * Under which identity an execution worked, so that the same work is found and need not be done again. An identity is 32
 * bytes, written in hexadecimal elsewhere: `encode(output_id, 'hex')`.
 *
 * The indexes hold only what has an identity: a job without one costs nothing. That of executions that run is unique, and
 * so is what says which of two of the same identity runs; those that were not told to reuse get theirs at their end.
 */
export const identities: Migration = {
  name: '0029_identities',
  async up(knex) {
    await knex.raw(`
      create table output_identity (
        output_id bytea primary key check (octet_length(output_id) = 32),
        description jsonb not null,
        created timestamptz not null default now()
      );
      comment on table output_identity is 'What an identity was made of, once for each; see docs/identities.md.';

      create table image_identity (
        image_id text primary key,
        identity bytea not null check (octet_length(identity) = 32),
        reference text not null,
        seen timestamptz not null default now()
      );
      comment on column image_identity.identity is 'SHA-256 of its canonical layers and configuration: the same in every store of images.';
      comment on column image_identity.reference is 'The name under which jobs last ran it, which may be another image''s since.';
      create index image_identity_reference on image_identity (reference, seen);

      alter table job_type add column reuse boolean not null default false;
      comment on column job_type.reuse is 'Whether its jobs take what an earlier execution of the same identity made.';

      alter table job
        add column reuse boolean,
        add column reused_job_exe_id bigint,
        add column awaited_job_exe_id bigint;
      comment on column job.reuse is 'What its submission said; null: as its job type says.';
      comment on column job.reused_job_exe_id is 'The execution whose outputs it has; it ran none of its own.';
      comment on column job.awaited_job_exe_id is 'Queued, and waits for the end of this execution, which is of the same identity.';
      create index job_awaits on job (awaited_job_exe_id) where awaited_job_exe_id is not null;
      create index job_reused on job (reused_job_exe_id) where reused_job_exe_id is not null;

      alter table job_exe add column output_id bytea;
      comment on column job_exe.output_id is 'Identity of what it made: of its image, manifest, command, settings and inputs.';
      create unique index job_exe_identity_running on job_exe (output_id)
        where output_id is not null and status = 'RUNNING';
      create index job_exe_identity on job_exe (output_id, id) where output_id is not null and status <> 'RUNNING';
    `);
  },
};
