import type { Migration } from './migration.ts';

/** What executions put into workspaces before a transaction names it: what none ever names is found by this and removed. */
export const leftovers: Migration = {
  name: '0027_leftovers',
  async up(knex) {
    await knex.raw(`
      create table leftover (
        id bigint generated always as identity primary key,
        job_exe_id bigint not null,
        workspace_id bigint not null references workspace,
        path text not null,
        version text,
        created timestamptz not null default now(),
        unique (job_exe_id, workspace_id, path)
      );
      comment on table leftover is 'Places in workspaces that may hold files that no row names.';
      comment on column leftover.job_exe_id is 'The execution that put them there; the row may be gone.';
      comment on column leftover.path is 'A file, or a directory, inside the workspace.';
      comment on column leftover.version is 'Only this content of the file is meant, as its workspace calls it; null: any.';
    `);
  },
};
