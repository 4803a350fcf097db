import type { Migration } from './migration.ts';

/** Datasets with their members, batches over them, and tasks: what bulk intake was given, each once. */
export const batches: Migration = {
  name: '0028_batches',
  async up(knex) {
    await knex.raw(`
      create table dataset (
        id bigint generated always as identity primary key,
        project_id bigint not null default 1 references project,
        title text,
        description text,
        definition jsonb not null,
        members bigint not null default 0,
        files bigint not null default 0,
        created_by text,
        created timestamptz not null default now(),
        last_modified timestamptz not null default now()
      );
      comment on column dataset.definition is 'Scale''s {parameters, global_parameters?, global_data?}.';
      comment on column dataset.files is 'Rows in dataset_file.';
      create index dataset_last_modified on dataset (last_modified);

      create table dataset_member (
        id bigint generated always as identity primary key,
        dataset_id bigint not null references dataset,
        data jsonb not null,
        file_ids bigint[] not null default '{}',
        created timestamptz not null default now()
      );
      comment on column dataset_member.data is 'Scale''s {version, files: {NAME: [ids]}, json: {NAME: value}}.';
      create index dataset_member_of on dataset_member (dataset_id, id);

      create table dataset_file (
        dataset_id bigint not null references dataset,
        file_id bigint not null,
        parameter_name text not null,
        primary key (dataset_id, file_id)
      );
      comment on table dataset_file is 'Each file of a dataset once; no foreign key to scale_file: a purge takes the file, and its id stays.';
      comment on column dataset_file.parameter_name is 'The first that took it.';
      create index dataset_file_of on dataset_file (file_id);

      create table batch (
        id bigint generated always as identity primary key,
        project_id bigint not null default 1 references project,
        name text,
        title text,
        description text,
        recipe_type_id bigint references recipe_type,
        recipe_type_revision_id bigint references recipe_type_revision,
        job_type_id bigint references job_type,
        job_type_revision_id bigint references job_type_revision,
        definition jsonb not null,
        configuration jsonb not null default '{}',
        state text not null default 'CREATING' check (state in ('STAGING', 'CREATING', 'CREATED', 'CANCELED')),
        dataset_id bigint references dataset,
        root_batch_id bigint references batch,
        superseded_batch_id bigint references batch,
        is_superseded boolean not null default false,
        superseded timestamptz,
        position bigint not null default 0,
        last_position bigint,
        runs_estimated bigint not null default 0,
        runs_created bigint not null default 0,
        runs_refused bigint not null default 0,
        problem text,
        refusals jsonb not null default '[]',
        jobs_counted jsonb,
        finalized timestamptz,
        creation_ended timestamptz,
        created_by text,
        created timestamptz not null default now(),
        last_modified timestamptz not null default now(),
        check ((recipe_type_id is null) <> (job_type_id is null)),
        unique (project_id, name)
      );
      comment on column batch.name is 'By which tasks and commands name it; null: it has only its number.';
      comment on column batch.state is 'STAGING: takes tasks, none is begun; CREATING: its recipes or jobs are being made; CREATED: all are made.';
      comment on column batch.root_batch_id is 'First of the chain of batches that re-process each other; itself for that.';
      comment on column batch.position is 'Last member, task or recipe of the previous batch of which a run was made; where creation goes on.';
      comment on column batch.runs_created is 'Recipes or jobs at the top; runs_refused: those that could not be made, see problem and the tasks.';
      comment on column batch.last_position is 'The last one that belongs to it: members that a dataset gets later do not; null: all do.';
      comment on column batch.refusals is 'The first ones, more than a hundred at most: [{position, errors}].';
      comment on column batch.jobs_counted is 'Counters that cannot change any more, since all jobs have completed.';
      create index batch_last_modified on batch (last_modified);
      create index batch_root on batch (root_batch_id);
      create index batch_open on batch (id) where state = 'CREATING';
      create index batch_of_type on batch (recipe_type_id);
      create index batch_of_dataset on batch (dataset_id) where dataset_id is not null;

      create table batch_time (
        batch_id bigint not null references batch,
        name text not null,
        executions bigint not null,
        ${['seed', 'job']
          .flatMap((name) => ['sum', 'min', 'max'].map((what) => `${name}_${what} double precision`))
          .join(',\n        ')},
        primary key (batch_id, name)
      ) with (fillfactor = 50);
      comment on table batch_time is 'Seconds that completed executions took, by node of the recipe, or by job type; made as job_type_day.';
      comment on column batch_time.seed_sum is 'In the container; job_sum: from start to end.';

      create table task (
        id bigint generated always as identity primary key,
        project_id bigint not null default 1 references project,
        batch_id bigint references batch,
        unique_id text,
        payload jsonb not null,
        digest bytea not null,
        state text not null default 'STAGED' check (state in ('STAGED', 'CREATED', 'REFUSED', 'CANCELED')),
        job_id bigint,
        recipe_id bigint,
        error jsonb,
        created_by text,
        created timestamptz not null default now(),
        unique (project_id, unique_id)
      );
      comment on column task.payload is 'What is to be run, judged and resolved: {files: {NAME: [ids]}, json, configuration, priority}.';
      comment on column task.digest is 'SHA-256 of what was sent, as RFC 8785 text, without unique_id.';
      create index task_of_batch on task (batch_id, id);
      create index task_staged on task (batch_id, id) where state = 'STAGED';
      create index task_of_job on task (job_id) where job_id is not null;
      create index task_of_recipe on task (recipe_id) where recipe_id is not null;
      create index job_of_batch_part on job (batch_id, status)
        where batch_id is not null and recipe_id <> root_recipe_id;
      create index job_of_batch_top on job (batch_id, recipe_node, status)
        where batch_id is not null and (recipe_id is null or recipe_id = root_recipe_id);
      drop index recipe_batch;
      create index recipe_batch on recipe (batch_id, is_completed) where batch_id is not null;
    `);
  },
};
