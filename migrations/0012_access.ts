import type { Migration } from './migration.ts';

/** Who may use the service, and who did what: see `runtime/auth/`. */
export const access: Migration = {
  name: '0012_access',
  async up(knex) {
    await knex.raw(`
      alter table project
        add column title text not null default '',
        add column description text not null default '',
        add column last_modified timestamptz not null default now();

      create table users (
        id bigint generated always as identity primary key,
        name text not null,
        password text,
        role text not null check (role in ('viewer', 'operator', 'admin')),
        is_active boolean not null default true,
        email text not null default '',
        first_name text not null default '',
        last_name text not null default '',
        created timestamptz not null default now(),
        last_login timestamptz,
        last_modified timestamptz not null default now()
      );
      create unique index users_name on users (lower(name));
      comment on column users.password is 'scrypt$log2 N$r$p$salt$hash, salt and hash in base64url; null: no login by password.';

      create table api_token (
        id bigint generated always as identity primary key,
        user_id bigint not null references users on delete cascade,
        name text not null,
        digest bytea not null unique check (octet_length(digest) = 32),
        role text not null check (role in ('viewer', 'operator', 'admin')),
        is_login boolean not null default false,
        created timestamptz not null default now(),
        expires timestamptz,
        last_used timestamptz,
        revoked timestamptz
      );
      create index api_token_user on api_token (user_id, id);
      comment on column api_token.digest is 'SHA-256 of the token, which is kept nowhere.';
      comment on column api_token.role is 'What it may at most; never more than its user may now.';
      comment on column api_token.is_login is 'Made by a login, and not by somebody who gave it a name.';
      comment on column api_token.last_used is 'To the minute.';

      create table login_attempt (
        id bigint generated always as identity primary key,
        at timestamptz not null default now(),
        name_digest bytea not null,
        address text not null,
        outcome text not null default 'pending'
          check (outcome in ('pending', 'failed', 'succeeded', 'forgiven', 'limited'))
      );
      create index login_attempt_name on login_attempt (name_digest, at);
      create index login_attempt_address on login_attempt (address, at);
      comment on column login_attempt.name_digest is 'SHA-256 of the name in lower case: people type passwords where names belong.';
      comment on column login_attempt.outcome is 'pending and failed count against the limits.';

      create table audit (
        id bigint generated always as identity primary key,
        at timestamptz not null default now(),
        actor text not null,
        role text,
        user_id bigint,
        token_id bigint,
        action text not null,
        entity text not null,
        entity_id text,
        request_id text not null,
        address text not null,
        outcome integer not null,
        data jsonb not null default '{}'
      );
      create index audit_at on audit (at);
      create index audit_actor on audit (actor, id);
      create index audit_entity on audit (entity, entity_id, id);
      comment on table audit is 'Every request that changed something or was not allowed. Without foreign keys, so that it outlives what it names.';
      comment on column audit.outcome is 'HTTP status of the answer.';
    `);
  },
};
