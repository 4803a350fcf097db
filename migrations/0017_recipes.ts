import type { Migration } from './migration.ts';

/**
 * Recipe types with their revisions, recipes, and where each of their nodes stands. `runtime/recipes/state.ts` describes
 * the states of a node.
 */
export const recipes: Migration = {
  name: '0017_recipes',
  async up(knex) {
    await knex.raw(`
      create table recipe_type (
        id bigint generated always as identity primary key,
        project_id bigint not null default 1 references project,
        name text not null,
        title text,
        description text,
        definition jsonb not null,
        revision_num integer not null default 1,
        is_active boolean not null default true,
        is_system boolean not null default false,
        created_by text,
        created timestamptz not null default now(),
        deprecated timestamptz,
        last_modified timestamptz not null default now(),
        unique (project_id, name)
      );
      create index recipe_type_last_modified on recipe_type (last_modified);

      create table recipe_type_revision (
        id bigint generated always as identity primary key,
        recipe_type_id bigint not null references recipe_type,
        revision_num integer not null,
        definition jsonb not null,
        interface jsonb not null default '{"input": {"files": [], "json": []}, "output": {"files": [], "json": []}}',
        contains text[] not null default '{}',
        created_by text,
        created timestamptz not null default now(),
        unique (recipe_type_id, revision_num)
      );
      comment on column recipe_type_revision.definition is 'As RecipeDefinition of seed-schema/recipe: defaults filled in.';
      comment on column recipe_type_revision.interface is 'What it takes and gives: {input, output}, each {files, json}. Whatever it names is of one revision, so this never changes.';
      comment on column recipe_type_revision.contains is 'Names of recipe types that it has as sub-recipes, at any depth.';

      -- What the newest revision of a recipe type names: one row for each job type or recipe type.
      create table recipe_type_member (
        recipe_type_id bigint not null references recipe_type on delete cascade,
        job_type_id bigint references job_type,
        sub_recipe_type_id bigint references recipe_type,
        check ((job_type_id is null) <> (sub_recipe_type_id is null))
      );
      create unique index recipe_type_member_job on recipe_type_member (recipe_type_id, job_type_id) where job_type_id is not null;
      create unique index recipe_type_member_sub on recipe_type_member (recipe_type_id, sub_recipe_type_id) where sub_recipe_type_id is not null;
      create index recipe_type_member_of_job on recipe_type_member (job_type_id) where job_type_id is not null;
      create index recipe_type_member_of_sub on recipe_type_member (sub_recipe_type_id) where sub_recipe_type_id is not null;

      create table recipe (
        id bigint generated always as identity primary key,
        project_id bigint not null default 1 references project,
        recipe_type_id bigint not null references recipe_type,
        recipe_type_revision_id bigint not null references recipe_type_revision,
        recipe_id bigint references recipe,
        root_recipe_id bigint not null references recipe,
        recipe_node_id bigint,
        input jsonb not null,
        output jsonb,
        configuration jsonb not null default '{}',
        queue text not null default 'default',
        nodes_left integer not null,
        nodes_stuck integer not null default 0,
        jobs_counted jsonb,
        is_completed boolean not null default false,
        completed timestamptz,
        superseded_recipe_id bigint references recipe,
        root_superseded_recipe_id bigint references recipe,
        is_superseded boolean not null default false,
        superseded timestamptz,
        batch_id bigint,
        input_file_size bigint,
        source_started timestamptz,
        source_ended timestamptz,
        source_sensor_class text,
        source_sensor text,
        source_collection text,
        source_task text,
        dedupe_key text unique,
        trace_context text,
        created_by text,
        created timestamptz not null default now(),
        last_modified timestamptz not null default now()
      );
      comment on column recipe.recipe_id is 'The recipe that it is a part of; null for one that somebody submitted.';
      comment on column recipe.root_recipe_id is 'The submitted recipe at the top; itself for that. Whoever changes any part of a recipe locks this row first.';
      comment on column recipe.recipe_node_id is 'Which node of recipe_id it is.';
      comment on column recipe.output is 'As input: {version, files, json}; null until completed.';
      comment on column recipe.configuration is 'Of all its jobs: {priority, settings, mounts, output_workspaces}.';
      comment on column recipe.nodes_left is 'Nodes that are neither COMPLETED nor SKIPPED.';
      comment on column recipe.nodes_stuck is 'Of nodes_left: those that cannot go on by themselves.';
      comment on column recipe.jobs_counted is 'Counters of a completed recipe, kept so that they need not be counted again.';
      comment on column recipe.input_file_size is 'Bytes.';
      create index recipe_of_type on recipe (recipe_type_id, id);
      create index recipe_part on recipe (recipe_id) where recipe_id is not null;
      create index recipe_root on recipe (root_recipe_id);
      create index recipe_last_modified on recipe (last_modified);
      create index recipe_completed on recipe (completed) where completed is not null;
      create index recipe_batch on recipe (batch_id) where batch_id is not null;
      create index recipe_replaces on recipe (superseded_recipe_id) where superseded_recipe_id is not null;
      create index recipe_line on recipe (root_superseded_recipe_id) where root_superseded_recipe_id is not null;

      create table recipe_node (
        id bigint generated always as identity primary key,
        recipe_id bigint not null references recipe,
        name text not null,
        item integer not null default -1,
        kind text not null check (kind in ('job', 'recipe', 'condition')),
        state text not null check (state in ('WAITING', 'STARTED', 'STUCK', 'COMPLETED', 'SKIPPED')),
        parents_left integer not null default 0,
        parents_used integer not null default 0,
        skips integer not null default 0,
        blockers integer not null default 0,
        job_id bigint,
        sub_recipe_id bigint,
        is_original boolean not null default true,
        input jsonb,
        output jsonb,
        accepted boolean,
        items_total integer,
        items_started integer,
        items_completed integer,
        items_stuck integer,
        expanding boolean not null default false,
        reason text,
        started timestamptz,
        ended timestamptz,
        unique (recipe_id, name, item)
      ) with (fillfactor = 70);
      comment on column recipe_node.item is 'Which run of a node with forEach, from 0; -1: the node itself.';
      comment on column recipe_node.parents_left is 'Nodes that it depends on and that are neither COMPLETED nor SKIPPED.';
      comment on column recipe_node.parents_used is 'Nodes that it depends on and that were COMPLETED.';
      comment on column recipe_node.skips is 'Of those that were SKIPPED, or decided otherwise: the ones that it cannot do without.';
      comment on column recipe_node.blockers is 'Nodes that it depends on and that are stuck; such a node is BLOCKED.';
      comment on column recipe_node.is_original is 'False for one that was taken over from the recipe that this one supersedes.';
      comment on column recipe_node.input is 'Of a node with forEach whose runs have not all been started.';
      comment on column recipe_node.expanding is 'More of its runs may be started than one transaction starts.';
      comment on column recipe_node.output is 'Of conditions and of nodes with forEach; of others it is that of the job or recipe.';
      comment on column recipe_node.reason is 'Why it was skipped or is stuck, in words.';
      create index recipe_node_job on recipe_node (job_id) where job_id is not null;
      create index recipe_node_expanding on recipe_node (id) where expanding;
      create index recipe_node_open on recipe_node (job_id) where job_id is not null and state in ('WAITING', 'STARTED');
      create index recipe_node_sub on recipe_node (sub_recipe_id) where sub_recipe_id is not null;

      create table recipe_input_file (
        recipe_id bigint not null references recipe,
        input_file_id bigint not null references scale_file,
        recipe_input text not null,
        position integer not null default 0,
        primary key (recipe_id, recipe_input, position)
      );
      create index recipe_input_file_file on recipe_input_file (input_file_id);

      alter table job
        add column root_recipe_id bigint,
        add column awaits_input boolean not null default false,
        add foreign key (recipe_id) references recipe;
      comment on column job.root_recipe_id is 'See recipe.root_recipe_id.';
      comment on column job.awaits_input is 'Of a recipe whose nodes before it have not completed.';
      create index job_of_root_recipe on job (root_recipe_id, status) where root_recipe_id is not null;
    `);
  },
};
