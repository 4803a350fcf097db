import type { Knex } from 'knex';

/** One forward step of the database's shape, run once, in a transaction of its own. */
export interface Migration {
  /** Ordered by name: `0001_what`. Never renamed, never changed after a release. */
  readonly name: string;
  up(knex: Knex): Promise<void>;
}
