import type { Migration } from './migration.ts';

/** What was taken over from a Scale, so that the next import goes on; and lineage whose jobs stayed there. */
export const scaleImport: Migration = {
  name: '0024_import',
  async up(knex) {
    await knex.raw(`
      create table scale_import (
        source text not null,
        kind text not null check (kind in ('workspace', 'job_type', 'recipe_type', 'file')),
        source_id bigint not null,
        target_id bigint not null,
        primary key (source, kind, source_id)
      );
      comment on column scale_import.source is 'Which Scale: the name that the import was given.';
      comment on column scale_import.source_id is 'Its id there; target_id is the one here.';
      alter table file_ancestry_link alter job_exe_id drop not null, alter job_id drop not null;
      comment on column file_ancestry_link.job_id is 'null: a job of a Scale that the files were taken over from.';
    `);
  },
};
