import type { Queries } from '../database/index.ts';
import type { JobTypeRevision } from './job-types.ts';
import { noResources, type Resources } from './resources.ts';
import type { JobStatus } from './state.ts';

/** The queue of every service. */
export const defaultQueue = 'default';

/** A job that is to be run. */
export interface NewJob {
  readonly type: Pick<JobTypeRevision, 'jobTypeId' | 'revisionId'>;
  /** Seconds. */
  readonly timeout: number;
  /** `scale_file.id`s by input. */
  readonly files: Readonly<Record<string, readonly number[]>>;
  readonly json: Readonly<Record<string, unknown>>;
  /** Settings and overrides, secrets masked. */
  readonly configuration: Record<string, unknown>;
  readonly maxTries: number;
  readonly actor: string;
  /** Lower ones come first; default 100. */
  readonly priority?: number;
  /** What a node must have free for it; default nothing. */
  readonly resources?: Resources;
  /** Who may take it: `default` for every service; a queue of one runtime, see `private-queues.ts`. */
  readonly queue?: string;
  /** Absolute directory for the outputs, of this job alone: what it holds is replaced. Default: a new one in the output workspace. */
  readonly destination?: string;
  /** PENDING: it lacks something still, such as a setting; default QUEUED. */
  readonly status?: Extract<JobStatus, 'QUEUED' | 'PENDING'>;
  /** The same key twice is the same job. */
  readonly dedupeKey?: string;
  /** W3C traceparent of the submission, whose trace the job's executions go on with. */
  readonly traceContext?: string;
}

/** Puts a job in the queue. @returns `job.id` */
export async function submit(db: Queries, job: NewJob): Promise<number> {
  const [id] = await submitMany(db, [job]);
  return id!;
}

/**
 * Puts jobs in the queue, in one statement.
 * @returns their `job.id`s in the order of `jobs`; of a job whose `dedupeKey` is known, the one that is there
 */
export async function submitMany(db: Queries, jobs: readonly NewJob[]): Promise<number[]> {
  if (jobs.length === 0) return [];
  const rows = await db.prepared<{ position: number; id: number }>('submit', statement, [
    JSON.stringify(jobs.map(asRow)),
    JSON.stringify(jobs.flatMap(inputFiles)),
  ]);
  const ids: number[] = [];
  for (const { position, id } of rows) ids[position] = id;
  if (rows.length < jobs.length) await fillKnown(db, jobs, ids);
  return ids;
}

/** Ids are drawn before the rows are made, so that files and events can name them in the same statement. */
const statement = `
  with wanted as materialized (
    select nextval(pg_get_serial_sequence('job', 'id')) as id, w.*
    from jsonb_to_recordset($1::jsonb) as w (position integer, job_type_id bigint, job_type_revision_id bigint,
      status text, timeout bigint, input jsonb, configuration jsonb, max_tries integer, created_by text,
      priority integer, resources jsonb, queue text, destination text, dedupe_key text,
      trace_context text)
  ), made as (
    insert into job (id, job_type_id, job_type_revision_id, status, timeout, input, configuration, max_tries,
      created_by, priority, resources, queue, destination, dedupe_key, trace_context, queued)
    overriding system value
    select id, job_type_id, job_type_revision_id, status, timeout, input, configuration, max_tries, created_by,
      priority, resources, queue, destination, dedupe_key, trace_context, case when status = 'QUEUED' then now() end
    from wanted on conflict (dedupe_key) do nothing returning id, status, created_by
  ), files as (
    insert into job_input_file (job_id, job_input, position, input_file_id)
    select wanted.id, f.job_input, f.position, f.file
    from jsonb_to_recordset($2::jsonb) as f (job integer, job_input text, position integer, file bigint)
    join wanted on wanted.position = f.job join made on made.id = wanted.id
  ), events as (
    insert into event (entity, entity_id, kind, actor) select 'job', id, lower(status), created_by from made
  )
  select wanted.position, made.id from made join wanted on wanted.id = made.id`;

function asRow(job: NewJob, position: number): object {
  return {
    position,
    job_type_id: job.type.jobTypeId,
    job_type_revision_id: job.type.revisionId,
    status: job.status ?? 'QUEUED',
    timeout: job.timeout,
    input: { version: '7', files: job.files, json: job.json },
    configuration: job.configuration,
    max_tries: job.maxTries,
    created_by: job.actor,
    priority: job.priority ?? 100,
    resources: job.resources ?? noResources,
    queue: job.queue ?? defaultQueue,
    destination: job.destination ?? null,
    dedupe_key: job.dedupeKey ?? null,
    trace_context: job.traceContext ?? null,
  };
}

function inputFiles({ files }: NewJob, job: number): object[] {
  return Object.entries(files).flatMap(([input, ids]) =>
    ids.map((file, position) => ({ job, job_input: input, position, file })),
  );
}

async function fillKnown(db: Queries, jobs: readonly NewJob[], ids: number[]): Promise<void> {
  const keys = jobs.flatMap(({ dedupeKey }) => (dedupeKey === undefined ? [] : [dedupeKey]));
  const known = await db.query<{ id: number; key: string }>(
    'select id, dedupe_key as key from job where dedupe_key = any($1)',
    [keys],
  );
  const byKey = new Map(known.map(({ id, key }) => [key, id]));
  jobs.forEach(({ dedupeKey }, at) => {
    ids[at] ??= byKey.get(dedupeKey ?? '')!;
  });
}
