import { givenRows, type Queries } from '../database/index.ts';
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
  /** The recipe that it is a part of. */
  readonly recipe?: JobOfRecipe;
  /** The batch of a job by itself; those of recipes have that of their recipe. */
  readonly batchId?: number | undefined;
  /** The job of a batch before that it runs again. */
  readonly previousJobId?: number | undefined;
}

/** Which part of which recipe a job is. */
export interface JobOfRecipe {
  readonly id: number;
  /** Of the submitted recipe at the top; itself for that. */
  readonly rootId: number;
  /** Name of the node. */
  readonly node: string;
  readonly batchId?: number | undefined;
  /** Its input is not there yet; to be told by `fillJobs`. */
  readonly awaitsInput?: boolean;
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
  const files = jobs.flatMap(inputFiles);
  const { form, source, values } = givenRows(columns, jobs.map(asRow), 2);
  const made = await (files.length === 0
    ? db.prepared<Made>(`submit-${form}`, statement(source, noFiles), [null, ...values])
    : db.prepared<Made>(`submit-files-${form}`, statement(source, withFiles), [
        JSON.stringify(files),
        ...values,
      ]));
  const ids: number[] = [];
  for (const { position, id } of made) ids[position] = id;
  if (made.length < jobs.length) await fillKnown(db, jobs, ids);
  return ids;
}

interface Made {
  readonly position: number;
  readonly id: number;
}

/** Ids are drawn before the rows are made, so that files and events can name them in the same statement. */
const statement = (jobs: string, files: string) => `
  with wanted as materialized (
    select nextval('job_id_seq') as id, w.* from ${jobs} w
  ), made as (
    insert into job (id, job_type_id, job_type_revision_id, status, timeout, input, configuration, max_tries,
      created_by, priority, resources, queue, destination, dedupe_key, trace_context, recipe_id, root_recipe_id,
      recipe_node, batch_id, awaits_input, previous_job_id, reuse, queued)
    overriding system value
    select id, job_type_id, job_type_revision_id, status, timeout, input, configuration, max_tries, created_by,
      priority, resources, queue, destination, dedupe_key, trace_context, recipe_id, root_recipe_id, recipe_node,
      batch_id, awaits_input, previous_job_id, (configuration->>'reuse')::boolean, case when status = 'QUEUED' then now() end
    from wanted on conflict (dedupe_key) where dedupe_key is not null do nothing returning id, status, created_by
  ), ${files}, events as (
    insert into event (entity, entity_id, kind, actor) select 'job', id, lower(status), created_by from made
  )
  select wanted.position, made.id from made join wanted on wanted.id = made.id`;

const columns = {
  position: 'integer',
  job_type_id: 'bigint',
  job_type_revision_id: 'bigint',
  status: 'text',
  timeout: 'bigint',
  input: 'jsonb',
  configuration: 'jsonb',
  max_tries: 'integer',
  created_by: 'text',
  priority: 'integer',
  resources: 'jsonb',
  queue: 'text',
  destination: 'text',
  dedupe_key: 'text',
  trace_context: 'text',
  recipe_id: 'bigint',
  root_recipe_id: 'bigint',
  recipe_node: 'text',
  batch_id: 'bigint',
  awaits_input: 'boolean',
  previous_job_id: 'bigint',
};

/** $1 files. They are left out where no job has any, as they are a fifth of what a submission costs. */
const withFiles = `files as (
    insert into job_input_file (job_id, job_input, position, input_file_id)
    select wanted.id, f.job_input, f.position, f.file
    from jsonb_to_recordset($1::jsonb) as f (job integer, job_input text, position integer, file bigint)
    join wanted on wanted.position = f.job join made on made.id = wanted.id
  )`;
const noFiles = 'files as (select $1::jsonb)';

function asRow(job: NewJob, position: number): Record<keyof typeof columns, unknown> {
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
    recipe_id: job.recipe?.id ?? null,
    root_recipe_id: job.recipe?.rootId ?? null,
    recipe_node: job.recipe?.node ?? null,
    batch_id: job.recipe?.batchId ?? job.batchId ?? null,
    awaits_input: job.recipe?.awaitsInput ?? false,
    previous_job_id: job.previousJobId ?? null,
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
