import type { Migration } from './migration.ts';

/**
 * What happened, in order. Ids do not commit in order: a consumer reads below `pg_snapshot_xmin(pg_current_snapshot())`
 * with the cursor (xid, id). Partitioned by month, so that old months are dropped as a whole.
 */
export const events: Migration = {
  name: '0004_events',
  async up(knex) {
    await knex.raw(`
      create sequence event_id;
      create table event (
        id bigint not null default nextval('event_id'),
        xid xid8 not null default pg_current_xact_id(),
        at timestamptz not null default now(),
        entity text not null,
        entity_id bigint not null,
        attempt integer,
        kind text not null,
        actor text not null,
        data jsonb not null default '{}',
        primary key (at, id)
      ) partition by range (at);
      alter sequence event_id owned by event.id;
      create index event_cursor on event (xid, id);
      create index event_of_entity on event (entity, entity_id, id);

      -- Makes the partitions of this month and the next one; cheap when they are there.
      create function ensure_event_partitions() returns void language plpgsql as $$
      declare
        month timestamp;
        partition text;
      begin
        for i in 0..1 loop
          month := date_trunc('month', now() at time zone 'UTC') + make_interval(months => i);
          partition := 'event_' || to_char(month, 'YYYY_MM');
          if to_regclass(partition) is null then
            perform pg_advisory_xact_lock(hashtext('seedbed event partitions'));
            execute format('create table if not exists %I partition of event for values from (%L) to (%L)',
              partition, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
          end if;
        end loop;
      end $$;
      select ensure_event_partitions();
    `);
  },
};
