import type { Migration } from './migration.ts';

/** Values that are kept encrypted, see `runtime/secrets/`. */
export const secrets: Migration = {
  name: '0006_secrets',
  async up(knex) {
    await knex.raw(`
      create table secret (
        owner_kind text not null check (owner_kind in ('job_type', 'job')),
        owner_id bigint not null,
        name text not null,
        key_id text not null,
        nonce bytea not null check (octet_length(nonce) = 12),
        sealed bytea not null check (octet_length(sealed) >= 16),
        last_modified timestamptz not null default now(),
        primary key (owner_kind, owner_id, name)
      );
      comment on column secret.owner_id is 'job_type.id or job.id, as owner_kind says.';
      comment on column secret.key_id is 'Which key it was encrypted with; made of that key, and of no use for finding it.';
      comment on column secret.sealed is 'AES-256-GCM: the encrypted value, then its tag of 16 bytes.';
    `);
  },
};
