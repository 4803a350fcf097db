import type { Migration } from './migration.ts';

/**
 * What the catalogue is searched by: words of names, and members of `meta_data`. Both are inverted indices, whose entries
 * wait in a list until there are many (`fastupdate`), so that bulk ingest pays little for them.
 */
export const search: Migration = {
  name: '0021_search',
  async up(knex) {
    await knex.raw(String.raw`
      -- Letters and digits between signs of ASCII, in lower case. No dictionary and no parser, which would take names for
      -- hosts, versions and numbers; no place in the name, which nobody asks for. A lexeme has at most 2,046 bytes.
      create function file_name_words(name text) returns tsvector language sql immutable parallel safe
        return array_to_tsvector(array_remove(string_to_array(
          translate(lower(left(name, 500)), E' \t\n\r!"#$%&''()*+,-./:;<=>?@[\\]^_${'`'}{|}~', repeat(' ', 36)), ' '), ''));
      create index scale_file_words on scale_file using gin (file_name_words(file_name));

      create index scale_file_meta_data on scale_file using gin (meta_data jsonb_path_ops);

      -- Files that do not know when their data began; nearly none.
      create index scale_file_only_ended on scale_file (data_ended) where data_started is null and data_ended is not null;

      -- The planner takes every box for one in 200 files; of ranges it knows how many there are. Nobody pays for these but
      -- ANALYZE: conditions over them are only ever explained.
      create statistics scale_file_longitudes on (
        case when bbox is not null then numrange(((bbox[1])[0])::numeric, ((bbox[0])[0])::numeric, '[]') end
      ) from scale_file;
      create statistics scale_file_latitudes on (
        case when bbox is not null then numrange(((bbox[1])[1])::numeric, ((bbox[0])[1])::numeric, '[]') end
      ) from scale_file;
    `);
  },
};
