import { randomUUID } from 'node:crypto';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { urlOfDatabase } from './database-server.ts';
import { asAdministrator, testServer } from './database.ts';

/**
 * The tables of Scale 7.2 that an import reads, as Django made them. A column of PostGIS is one of text that holds what
 * PostGIS writes for it.
 */
const schema = `
  create domain geometry as text;
  create table workspace (id serial primary key, name varchar(50) unique, title varchar(50), description varchar(500),
    json_config jsonb not null, base_url varchar(200), is_active boolean not null default true,
    created timestamptz not null default now(), deprecated timestamptz, last_modified timestamptz not null default now());
  create table job_type (id serial primary key, name varchar(50) not null, version varchar(50) not null,
    version_array integer[], icon_code varchar(20), is_published boolean not null default false,
    is_active boolean not null default true, is_paused boolean not null default false,
    is_system boolean not null default false, max_scheduled integer, max_tries integer not null default 3,
    revision_num integer not null default 1, docker_image varchar(500), manifest jsonb, configuration jsonb not null default '{}',
    unmet_resources varchar(250), created timestamptz not null default now(), deprecated timestamptz, paused timestamptz,
    last_modified timestamptz not null default now(), unique (name, version));
  create table job_type_revision (id serial primary key, job_type_id integer not null references job_type,
    revision_num integer not null, manifest jsonb not null, docker_image text not null default '',
    created timestamptz not null default now(), unique (job_type_id, revision_num));
  create table recipe_type (id serial primary key, name varchar(50) unique not null, title varchar(50), description varchar(500),
    is_system boolean not null default false, is_active boolean not null default true, definition jsonb not null,
    revision_num integer not null default 1, created timestamptz not null default now(), deprecated timestamptz,
    last_modified timestamptz not null default now());
  create table recipe_type_revision (id serial primary key, recipe_type_id integer not null references recipe_type,
    revision_num integer not null, definition jsonb not null, created timestamptz not null default now(),
    unique (recipe_type_id, revision_num));
  create table country_data (id serial primary key, name varchar(128), fips varchar(2), gmi varchar(3), iso2 varchar(2),
    iso3 varchar(3), iso_num integer, border geometry, effective timestamptz);
  create table scale_file (id serial primary key, file_name varchar(250) not null, file_type varchar(50) not null default 'SOURCE',
    media_type varchar(250) not null, file_size bigint not null, data_type_tags text[] not null default '{}',
    file_path varchar(1000) not null, workspace_id integer not null, is_deleted boolean not null default false,
    uuid varchar(32) not null, created timestamptz not null default now(), deleted timestamptz,
    last_modified timestamptz not null default now(), meta_data jsonb default '{}', geometry geometry, center_point geometry,
    data_started timestamptz, data_ended timestamptz, source_started timestamptz, source_ended timestamptz,
    source_sensor_class text, source_sensor text, source_collection text, source_task text,
    is_parsed boolean not null default false, parsed timestamptz, job_exe_id integer, job_id integer, job_type_id integer,
    job_output varchar(250), recipe_id integer, recipe_node varchar(250), recipe_type_id integer, batch_id integer,
    has_been_published boolean not null default false, is_published boolean not null default false,
    is_superseded boolean not null default false, published timestamptz, unpublished timestamptz, superseded timestamptz);
  create table scale_file_countries (id serial primary key, scalefile_id integer not null references scale_file,
    countrydata_id integer not null references country_data);
  create table file_ancestry_link (id serial primary key, ancestor_id integer not null references scale_file,
    descendant_id integer references scale_file, job_exe_id integer, job_id integer, recipe_id integer, batch_id integer)`;

/** Of those that an import reads. */
const tables = [
  'file_ancestry_link',
  'job_type',
  'job_type_revision',
  'recipe_type',
  'recipe_type_revision',
  'scale_file',
  'workspace',
];

/** A Scale without anything in it. */
export class ScaleDatabase {
  readonly url: string;
  readonly #name: string;
  readonly #client: pg.Client;

  private constructor(name: string, url: string, client: pg.Client) {
    this.#name = name;
    this.url = url;
    this.#client = client;
  }

  static async make(): Promise<ScaleDatabase> {
    const name = `scale_${randomUUID().replaceAll('-', '')}`;
    await asAdministrator((client) => client.query(`create database ${name}`));
    const url = urlOfDatabase(testServer(), name);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(schema);
    return new ScaleDatabase(name, url, client);
  }

  /** @returns the row's id */
  async insert(table: string, row: Readonly<Record<string, unknown>>): Promise<number> {
    const names = Object.keys(row);
    const { rows } = await this.#client.query<{ id: number }>(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')}) returning id`,
      Object.values(row),
    );
    return rows[0]!.id;
  }

  async query(sql: string): Promise<Record<string, unknown>[]> {
    return (await this.#client.query<Record<string, unknown>>(sql)).rows;
  }

  /** As `pg_dump --format plain` writes it, as far as an import looks. */
  async dump(): Promise<string> {
    let text = `--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\nCREATE EXTENSION IF NOT EXISTS postgis;\n\n`;
    for (const table of tables) {
      const { rows } = await this.#client.query<{ name: string }>(
        `select quote_ident(attname) as name from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 order by attnum`,
      );
      const columns = rows.map((row) => row.name).join(', ');
      text += `--\n-- Data for Name: ${table}; Type: TABLE DATA\n--\n\nCOPY public.${table} (${columns}) FROM stdin;\n`;
      const stream = this.#client.query(copyTo(`copy ${table} (${columns}) to stdout`));
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      await finished(stream);
      text += `${String(Buffer.concat(chunks))}\\.\n\n\n`;
    }
    return `${text}--\n-- PostgreSQL database dump complete\n--\n`;
  }

  async drop(): Promise<void> {
    await this.#client.end();
    await asAdministrator((client) => client.query(`drop database ${this.#name} with (force)`));
  }
}
