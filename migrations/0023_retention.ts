import type { Migration } from './migration.ts';

/** What workspaces keep for how long, what is to be removed from them, and sources that go with all that came of them. */
export const retention: Migration = {
  name: '0023_retention',
  async up(knex) {
    await knex.raw(`
      create table retention_rule (
        id bigint generated always as identity primary key,
        workspace_id bigint not null references workspace,
        data_type text check (data_type <> ''),
        keep_days integer check (keep_days >= 0),
        keep_superseded boolean not null default true,
        description text,
        is_active boolean not null default true,
        created_by text,
        created timestamptz not null default now(),
        last_modified timestamptz not null default now()
      );
      comment on column retention_rule.data_type is 'Of files with this tag; null: of those that no rule with a tag is for.';
      comment on column retention_rule.keep_days is 'Since the file was catalogued; null: for ever.';
      comment on column retention_rule.keep_superseded is 'false: a superseded file goes at once.';
      create unique index retention_rule_of on retention_rule (workspace_id, coalesce(data_type, ''));

      -- The last pass over the catalogue, or the one that is going on.
      create table retention_pass (
        only_row boolean primary key default true check (only_row),
        requested timestamptz,
        requested_by text,
        started timestamptz,
        ended timestamptz,
        last_file_id bigint not null default 0,
        report jsonb not null default '{"files": 0, "bytes": 0, "kept": 0}'
      );
      comment on column retention_pass.last_file_id is 'A pass that is killed goes on behind it.';
      insert into retention_pass default values;

      create table file_hold (
        file_id bigint primary key references scale_file,
        reason text not null,
        created_by text not null,
        created timestamptz not null default now()
      );

      create table file_removal (
        id bigint generated always as identity primary key,
        workspace_id bigint not null references workspace,
        file_id bigint not null,
        file_path text not null,
        file_size bigint not null,
        sha256 text,
        file_stat text,
        reason text not null,
        actor text not null,
        tries integer not null default 0,
        not_before timestamptz not null default now(),
        problem text,
        created timestamptz not null default now()
      );
      comment on column file_removal.file_id is 'Of scale_file, where the row may be gone already.';
      comment on column file_removal.problem is 'Why the content is still there.';
      create index file_removal_due on file_removal (not_before, id);
      create unique index file_removal_file on file_removal (file_id);

      create table purge (
        id bigint generated always as identity primary key,
        file_id bigint not null,
        file_name text not null,
        file_path text not null,
        workspace_id bigint not null,
        delete_content boolean not null,
        phase text not null default 'COLLECT' check (phase in ('COLLECT', 'STOP', 'DETACH', 'FILES', 'RECORDS', 'DONE', 'FAILED')),
        not_before timestamptz not null default now(),
        problem text,
        report jsonb,
        created_by text not null,
        created timestamptz not null default now(),
        ended timestamptz
      );
      create unique index purge_open on purge (file_id) where ended is null;
      create index purge_due on purge (not_before, id) where ended is null;

      create table purge_member (
        purge_id bigint not null references purge on delete cascade,
        kind text not null check (kind in ('file', 'job', 'recipe')),
        member_id bigint not null,
        is_done boolean not null default false,
        primary key (purge_id, kind, member_id)
      );
      comment on column purge_member.is_done is 'What the phase does with each was done with this one.';
      create index ingest_recipe on ingest (recipe_id) where recipe_id is not null;
      create index purge_member_open on purge_member (purge_id, kind, member_id) where not is_done;
    `);
  },
};
