import { givenRows, type Queries } from '../database/index.ts';
import type { Resources } from './resources.ts';

/** What a job of a recipe gets once the nodes before it have completed. */
export interface FilledJob {
  /** `job.id`. */
  readonly id: number;
  readonly files: Readonly<Record<string, readonly number[]>>;
  readonly json: Readonly<Record<string, unknown>>;
  readonly configuration: Record<string, unknown>;
  readonly priority: number;
  readonly maxTries: number;
  readonly resources: Resources;
  /** PENDING: a setting or mount has no value. */
  readonly status: 'QUEUED' | 'PENDING';
}

const columns = {
  id: 'bigint',
  input: 'jsonb',
  configuration: 'jsonb',
  priority: 'integer',
  maxTries: 'integer',
  resources: 'jsonb',
  status: 'text',
};

/** PENDING → QUEUED for jobs that waited for their input. */
export async function fillJobs(tx: Queries, jobs: readonly FilledJob[], actor: string): Promise<void> {
  if (jobs.length === 0) return;
  const files = jobs.flatMap(({ id, files: given }) =>
    Object.entries(given).flatMap(([input, ids]) =>
      ids.map((file, position) => ({ job: id, input, position, file })),
    ),
  );
  const rows = jobs.map(({ files, json, ...job }) => ({ ...job, input: { version: '7', files, json } }));
  const { form, source, values } = givenRows(columns, rows, 3);
  await tx.prepared(
    `fill-jobs-${form}`,
    `with given as materialized ${source}, filled as (
       update job set input = g.input, configuration = g.configuration, priority = g.priority, max_tries = g."maxTries", resources = g.resources,
         reuse = (g.configuration->>'reuse')::boolean, status = g.status, awaits_input = false, queued = case when g.status = 'QUEUED' then now() end,
         last_status_change = now(), last_modified = now()
       from given g where job.id = g.id returning job.id, job.status
     ), files as (
       insert into job_input_file (job_id, job_input, position, input_file_id)
       select f.job, f.input, f.position, f.file
       from jsonb_to_recordset($1::jsonb) as f (job bigint, input text, position integer, file bigint)
     )
     insert into event (entity, entity_id, kind, actor) select 'job', id, lower(status), $2 from filled`,
    [JSON.stringify(files), actor, ...values],
  );
}

/** PENDING → BLOCKED, for jobs that cannot get their input since a job before them failed; and back. */
export async function setBlocked(
  tx: Queries,
  { blocked, unblocked }: { readonly blocked: readonly number[]; readonly unblocked: readonly number[] },
  actor: string,
): Promise<void> {
  if (blocked.length + unblocked.length === 0) return;
  await tx.query(
    `with changed as (
       update job set status = case when id = any($1) then 'BLOCKED' else 'PENDING' end,
         last_status_change = now(), last_modified = now()
       where (id = any($1) and status = 'PENDING') or (id = any($2) and status = 'BLOCKED') returning id, status
     )
     insert into event (entity, entity_id, kind, actor) select 'job', id, lower(status), $3 from changed`,
    [blocked, unblocked, actor],
  );
}

/** PENDING | BLOCKED → CANCELED, for jobs that their recipe does not need. */
export async function withdrawJobs(tx: Queries, ids: readonly number[], actor: string): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `with ended as (
       update job set status = 'CANCELED', ended = now(), last_status_change = now(), last_modified = now()
       where id = any($1) and status in ('PENDING', 'BLOCKED') returning id
     )
     insert into event (entity, entity_id, kind, actor, data)
     select 'job', id, 'canceled', $2, '{"reason": "skipped"}' from ended`,
    [ids, actor],
  );
}
