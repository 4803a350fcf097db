import type { Migration } from './migration.ts';

/** Job types with their revisions, jobs, and their executions. The states are described in `runtime/jobs/state.ts`. */
export const jobs: Migration = {
  name: '0003_jobs',
  async up(knex) {
    await knex.raw(`
      create table job_type (
        id bigint generated always as identity primary key,
        project_id bigint not null default 1 references project,
        name text not null,
        version text not null,
        title text,
        description text,
        manifest jsonb not null,
        docker_image text not null,
        configuration jsonb not null default '{}',
        revision_num integer not null default 1,
        is_active boolean not null default true,
        is_paused boolean not null default false,
        is_system boolean not null default false,
        max_scheduled integer,
        created_by text,
        created timestamptz not null default now(),
        deprecated timestamptz,
        paused timestamptz,
        last_modified timestamptz not null default now(),
        unique (project_id, name, version)
      );

      create table job_type_revision (
        id bigint generated always as identity primary key,
        job_type_id bigint not null references job_type,
        revision_num integer not null,
        manifest jsonb not null,
        docker_image text not null,
        created timestamptz not null default now(),
        unique (job_type_id, revision_num)
      );

      create table job (
        id bigint generated always as identity primary key,
        project_id bigint not null default 1 references project,
        job_type_id bigint not null references job_type,
        job_type_revision_id bigint not null references job_type_revision,
        status text not null check (status in
          ('PENDING', 'BLOCKED', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED')),
        priority integer not null default 100 check (priority >= 1),
        num_exes integer not null default 0,
        max_tries integer not null default 3,
        timeout bigint not null,
        input jsonb not null,
        output jsonb,
        configuration jsonb not null default '{}',
        error jsonb,
        recipe_id bigint,
        recipe_node text,
        batch_id bigint,
        is_superseded boolean not null default false,
        superseded timestamptz,
        dedupe_key text unique,
        created_by text,
        created timestamptz not null default now(),
        queued timestamptz,
        started timestamptz,
        ended timestamptz,
        last_status_change timestamptz not null default now(),
        last_modified timestamptz not null default now()
      );
      create index job_status on job (status, last_status_change);
      create index job_of_type on job (job_type_id, status);
      create index job_of_recipe on job (recipe_id) where recipe_id is not null;

      create table job_exe (
        id bigint generated always as identity primary key,
        job_id bigint not null references job,
        exe_num integer not null,
        epoch integer not null default 1,
        status text not null check (status in ('RUNNING', 'COMPLETED', 'FAILED', 'CANCELED')),
        runtime text not null,
        node text not null,
        image_id text,
        configuration jsonb not null default '{}',
        attempt_directory text,
        stdout_path text,
        stderr_path text,
        resources jsonb not null default '{}',
        exit_code integer,
        error jsonb,
        output jsonb,
        steps jsonb,
        queued timestamptz not null,
        started timestamptz not null default now(),
        ended timestamptz,
        created timestamptz not null default now(),
        unique (job_id, exe_num)
      );
      create index job_exe_running on job_exe (runtime) where status = 'RUNNING';

      create table job_input_file (
        job_id bigint not null references job,
        input_file_id bigint not null references scale_file,
        job_input text not null,
        position integer not null default 0,
        primary key (job_id, job_input, position)
      );
      create index job_input_file_file on job_input_file (input_file_id);

      alter table scale_file
        add foreign key (job_exe_id) references job_exe,
        add foreign key (job_id) references job,
        add foreign key (job_type_id) references job_type;
    `);
  },
};
