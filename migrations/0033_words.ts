import type { Migration } from './migration.ts';

/**
 * In 0021 knex took the `?` among the signs for a placeholder and made `$1` of it: `1` separated words, and names with a 1
 * were not found by them. `\?` is how a `?` gets past it. The index holds the words of before, so that it is made anew: on a
 * million files in some seconds.
 */
export const words: Migration = {
  name: '0033_words',
  async up(knex) {
    await knex.raw(String.raw`
      drop index scale_file_words;
      create or replace function file_name_words(name text) returns tsvector language sql immutable parallel safe
        return array_to_tsvector(array_remove(string_to_array(
          translate(lower(left(name, 500)), E' \t\n\r!"#$%&''()*+,-./:;<=>\?@[\\]^_${'`'}{|}~', repeat(' ', 36)), ' '), ''));
      create index scale_file_words on scale_file using gin (file_name_words(file_name));
      analyze scale_file;

      comment on column dataset.definition is 'Scale''s {parameters, global_parameters\?, global_data\?}.';
    `);
  },
};
