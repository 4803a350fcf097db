import type { Migration } from './migration.ts';

/**
 * How files arrive: strikes that watch a workspace, scans that go through one once, and what became of each file that they
 * found. What a workspace keeps for how long, and what is to be removed from it.
 */
export const ingest: Migration = {
  name: '0019_ingest',
  async up(knex) {
    await knex.raw(`
      create table strike (
        id bigint generated always as identity primary key,
        project_id bigint not null default 1 references project,
        name text not null,
        title text,
        description text,
        configuration jsonb not null,
        is_active boolean not null default true,
        state jsonb not null default '{}',
        problem text,
        seen timestamptz,
        created_by text,
        created timestamptz not null default now(),
        last_modified timestamptz not null default now(),
        unique (project_id, name)
      );
      comment on column strike.state is 'What its monitor has to know after a restart.';
      comment on column strike.problem is 'Why it can see nothing at present; null: it watches.';
      comment on column strike.seen is 'When it last looked.';

      create table scan (
        id bigint generated always as identity primary key,
        project_id bigint not null default 1 references project,
        name text not null,
        title text,
        description text,
        configuration jsonb not null,
        phase text check (phase in ('dry_run', 'ingest')),
        status text check (status in ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED')),
        position text,
        file_count bigint,
        report jsonb,
        problem text,
        requested timestamptz,
        started timestamptz,
        ended timestamptz,
        created_by text,
        created timestamptz not null default now(),
        last_modified timestamptz not null default now(),
        unique (project_id, name),
        check ((phase is null) = (status is null))
      );
      comment on column scan.phase is 'What it was last asked for.';
      comment on column scan.position is 'The last path that was written down: a scan that is killed goes on behind it.';
      comment on column scan.report is 'Of the last dry run: what would become of the files.';

      create table ingest (
        id bigint generated always as identity primary key,
        strike_id bigint references strike,
        scan_id bigint references scan,
        workspace_id bigint not null references workspace,
        file_name text not null,
        file_path text not null,
        version text not null,
        status text not null check (status in (
          'TRANSFERRING', 'TRANSFERRED', 'DEFERRED', 'QUEUED', 'INGESTING', 'INGESTED', 'ERRORED', 'DUPLICATE')),
        reason text,
        tries integer not null default 0,
        not_before timestamptz,
        media_type text not null,
        file_size bigint,
        bytes_transferred bigint,
        data_type_tags text[] not null default '{}',
        new_workspace_id bigint references workspace,
        new_file_path text,
        sha256 text,
        source_file_id bigint references scale_file,
        recipe_id bigint references recipe,
        transfer_started timestamptz,
        transfer_ended timestamptz,
        ingest_started timestamptz,
        ingest_ended timestamptz,
        data_started timestamptz,
        data_ended timestamptz,
        created timestamptz not null default now(),
        last_modified timestamptz not null default now(),
        check (strike_id is null or scan_id is null)
      );
      comment on column ingest.file_path is 'Where it was found.';
      comment on column ingest.version is 'As the workspace calls this content of the file: time and inode, or ETag.';
      comment on column ingest.new_file_path is 'Decided once, so that whoever goes on after a crash puts it in the same place.';
      create unique index ingest_of_strike on ingest (strike_id, md5(file_path), version) where strike_id is not null;
      create unique index ingest_of_scan on ingest (scan_id, md5(file_path), version) where scan_id is not null;
      create index ingest_open_of_strike on ingest (strike_id, id)
        where strike_id is not null and status in ('TRANSFERRING', 'TRANSFERRED', 'QUEUED', 'INGESTING');
      create index ingest_open_of_scan on ingest (scan_id, id)
        where scan_id is not null and status in ('TRANSFERRING', 'TRANSFERRED', 'QUEUED', 'INGESTING');
      create index ingest_by_scan on ingest (scan_id, id) where scan_id is not null;
      create index ingest_by_strike on ingest (strike_id, id) where strike_id is not null;
      create index ingest_status on ingest (status, id);
      create index ingest_file_name on ingest (file_name);
      create index ingest_last_modified on ingest (last_modified);
      create index ingest_ended on ingest (ingest_ended) where ingest_ended is not null;
      create index ingest_data_started on ingest (data_started) where data_started is not null;
      create index ingest_place on ingest (workspace_id, md5(file_path)) where status = 'INGESTED';
      -- Files of one name may be many: earlier versions are found by their places, too.
      create index scale_file_former on scale_file (workspace_id, md5(file_path)) where is_superseded;
      create index ingest_source_file on ingest (source_file_id) where source_file_id is not null;
    `);
  },
};
