import { givenRows, type Queries } from '../database/index.ts';
import type { Execution } from './claim.ts';
import type { Resources } from './resources.ts';
import type { EndStatus } from './state.ts';
import { unpublishReplaced } from './unpublish-replaced.ts';

/** The end of an execution. */
export interface Ending {
  readonly status: EndStatus;
  readonly exitCode: number | null;
  readonly error: object | null;
  /** Scale's shape `{version, files: {NAME: [ids]}, json: {NAME: value}}`; null unless completed. */
  readonly output: object | null;
  readonly steps: readonly object[];
  /** `{name, description}` each; default none. */
  readonly warnings?: readonly object[];
  /** `{mem, cpu_seconds}`; default unknown. */
  readonly used?: object | null | undefined;
  /** What it ran with; undefined: what is known already. */
  readonly configuration?: object | undefined;
  readonly stdoutPath: string | null;
  readonly stderrPath: string | null;
  /** The job is to be tried again: it goes back to the queue, unless it is to be canceled. */
  readonly retry?: Retry | undefined;
}

/** When a job that failed is tried again, and with what. */
export interface Retry {
  /** From the end of the failed execution. */
  readonly delaySeconds: number;
  /** What it asks for from now on; undefined: the same. */
  readonly resources?: Resources | undefined;
  /** Whether this try counts towards `max_tries`: what an engine or a runtime lost was no try of the job's. */
  readonly counts?: boolean | undefined;
}

/**
 * RUNNING → COMPLETED | FAILED | CANCELED, for the execution and its job; or, with `retry`, back to QUEUED for the job.
 * @returns false when the execution is no longer this runtime's: nothing was changed and its result must be discarded
 */
export async function finish(db: Queries, execution: Execution, ending: Ending): Promise<boolean> {
  return (await finishMany(db, [{ execution, ending }])).size > 0;
}

/**
 * As `finish`, for many executions in one statement; their slots are free afterwards. What completed single jobs replace is
 * unpublished; of those of recipes that is up to their nodes.
 * @returns the `job_exe.id`s that were ended; the others are no longer this runtime's
 */
export async function finishMany(
  db: Queries,
  ends: readonly { readonly execution: Execution; readonly ending: Ending }[],
): Promise<Set<number>> {
  if (ends.length === 0) return new Set();
  const { form, source, values } = givenRows(columns, ends.map(asRow));
  const rows = await db.prepared<{ id: number; replacing: number | null }>(
    `finish-${form}`,
    statement(source),
    values,
  );
  const replacing = rows.flatMap((row) => row.replacing ?? []);
  if (replacing.length > 0) await unpublishReplaced(db, replacing);
  return new Set(rows.map(({ id }) => id));
}

const columns = {
  id: 'bigint',
  epoch: 'integer',
  status: 'text',
  exit_code: 'integer',
  error: 'jsonb',
  output: 'jsonb',
  steps: 'jsonb',
  warnings: 'jsonb',
  used: 'jsonb',
  configuration: 'jsonb',
  stdout_path: 'text',
  stderr_path: 'text',
  delay: 'double precision',
  resources: 'jsonb',
  uncounted: 'integer',
};

/** The first that is known stays: who adopts an execution sees the settings of its own time. @param given SQL */
const keptConfiguration = (given: string) =>
  `case when x.configuration = '{}' then coalesce(${given}, '{}') else x.configuration end`;

/** Before its end. */
export async function keepConfiguration(
  db: Queries,
  { id, epoch }: Pick<Execution, 'id' | 'epoch'>,
  configuration: object,
): Promise<void> {
  await db.execute(
    `update job_exe x set configuration = ${keptConfiguration('$3::jsonb')}
     where x.id = $1 and x.epoch = $2 and x.status = 'RUNNING'`,
    [id, epoch, JSON.stringify(configuration)],
  );
}

const statement = (ends: string) => `
  with e as materialized ${ends}, ended as (
    update job_exe x set status = e.status, exit_code = e.exit_code, error = e.error, output = e.output,
      steps = e.steps, warnings = e.warnings, used = e.used, configuration = ${keptConfiguration('e.configuration')},
      stdout_path = e.stdout_path, stderr_path = e.stderr_path, ended = now()
    from e where x.id = e.id and x.epoch = e.epoch and x.status = 'RUNNING'
    returning x.id, x.job_id, x.exe_num, x.runtime, e.status, e.exit_code, e.error, e.output, e.delay, e.resources, e.uncounted
  ), freed as (
    update slot set job_exe_id = null, job_type_id = null, runtime = null, resources = null, since = now()
    from ended where slot.job_exe_id = ended.id
  ), settled as (
    update job set
      status = case when ended.status = 'COMPLETED' then 'COMPLETED'
                    when job.cancel_requested is not null then 'CANCELED'
                    when ended.delay is not null then 'QUEUED'
                    else ended.status end,
      error = ended.error, output = ended.output,
      ended = case when ended.delay is null or ended.status = 'COMPLETED' or job.cancel_requested is not null then now() end,
      last_status_change = now(), last_modified = now(),
      queued = case when ended.delay is null then job.queued else now() end,
      not_before = case when ended.delay is null or ended.status = 'COMPLETED' or job.cancel_requested is not null then null
                        else now() + make_interval(secs => ended.delay) end,
      max_tries = job.max_tries + ended.uncounted,
      resources = coalesce(ended.resources, job.resources)
    from ended where job.id = ended.job_id
    returning ended.*, job.status as job_status, job.not_before, job.cancel_actor,
      job.recipe_id is null and (job.is_superseded or job.previous_job_id is not null) as is_of_line
  ), events as (
    insert into event (entity, entity_id, kind, attempt, actor, data)
    select 'job', job_id, case job_status when 'QUEUED' then 'retried' else lower(job_status) end, exe_num,
      coalesce(case job_status when 'CANCELED' then cancel_actor end, runtime),
      jsonb_build_object('job_exe', id, 'exit_code', exit_code, 'error', error) ||
        case job_status when 'QUEUED' then jsonb_build_object('not_before', not_before) else '{}' end
    from settled
  )
  select id, case when is_of_line and job_status = 'COMPLETED' then job_id end as replacing from settled`;

function asRow({
  execution,
  ending,
}: {
  execution: Execution;
  ending: Ending;
}): Record<keyof typeof columns, unknown> {
  return {
    id: execution.id,
    epoch: execution.epoch,
    status: ending.status,
    exit_code: ending.exitCode,
    error: ending.error,
    output: ending.output,
    steps: ending.steps,
    warnings: ending.warnings ?? [],
    used: ending.used ?? null,
    configuration: ending.configuration ?? null,
    stdout_path: ending.stdoutPath,
    stderr_path: ending.stderrPath,
    delay: ending.retry?.delaySeconds ?? null,
    resources: ending.retry?.resources ?? null,
    uncounted: ending.retry?.counts === false ? 1 : 0,
  };
}

/** Whether the execution is still this runtime's; locks it, so that it stays so until the transaction ends. */
export async function holds(db: Queries, execution: Execution): Promise<boolean> {
  const rows = await db.query(
    `select 1 from job_exe where id = $1 and epoch = $2 and status = 'RUNNING' for update`,
    [execution.id, execution.epoch],
  );
  return rows.length > 0;
}
