import type { Queries } from '../../database/index.ts';

/** What is known of the service as a whole. */
export interface ServiceFacts {
  /** Runtimes that are alive. */
  readonly runtimes: number;
  /** Host name of the one that has been alive longest. */
  readonly hostname: string | null;
  /** Executions a second, over the last minute. */
  readonly started_per_sec: number;
  readonly ended_per_sec: number;
  /** Jobs in the queue, counted up to 10,000. */
  readonly queued: number;
  /** When the database was last migrated. */
  readonly migrated: string;
}

export async function serviceFacts(db: Queries): Promise<ServiceFacts> {
  const [facts] = await db.query<ServiceFacts>(
    `select
       (select count(*) from runtime where lease_until > now()) as runtimes,
       (select hostname from runtime where lease_until > now() order by started limit 1) as hostname,
       (select count(*) from job_exe where started > now() - interval '1 minute')::float8 / 60 as started_per_sec,
       (select count(*) from job_exe where ended > now() - interval '1 minute')::float8 / 60 as ended_per_sec,
       (select count(*) from (select from job where status = 'QUEUED' limit 10000) q) as queued,
       (select max(migration_time) from knex_migrations) as migrated`,
  );
  return facts!;
}
