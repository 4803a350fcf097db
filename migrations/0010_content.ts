import type { Migration } from './migration.ts';

/** Files by their content, so that one that the service has already is not sent again. */
export const content: Migration = {
  name: '0010_content',
  async up(knex) {
    // Only ever asked for equality; of 64 digits a hash index keeps four bytes.
    await knex.raw(
      `create index scale_file_content on scale_file using hash (sha256) where sha256 is not null`,
    );
  },
};
