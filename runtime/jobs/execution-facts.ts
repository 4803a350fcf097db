import type { Queries } from '../database/index.ts';
import type { Execution } from './claim.ts';
import type { Resources } from './resources.ts';

/** `scale_file.id`s and values by input. */
export interface RecipeInput {
  readonly files?: Readonly<Record<string, readonly number[]>>;
  readonly json?: Readonly<Record<string, unknown>>;
}

/** All that the database knows of a job and that its execution depends on, besides its input files. */
export interface ExecutionFacts {
  readonly jobId: number;
  readonly jobTypeId: number;
  readonly typeName: string;
  readonly typeVersion: string;
  /** The manifest of its revision, as its author wrote it. */
  readonly manifest: unknown;
  readonly image: string;
  readonly typeConfiguration: Record<string, unknown>;
  readonly configuration: Record<string, unknown>;
  readonly json: Readonly<Record<string, unknown>>;
  readonly recipeId: number | null;
  /** Of its recipe; the last one's where recipes contain it in each other. */
  readonly recipeTypeName: string | null;
  readonly recipeRevision: number | null;
  /** What its recipe was given: Scale's shape. */
  readonly recipeInput: RecipeInput | null;
  readonly batchId: number | null;
  /** Seconds. */
  readonly timeout: number;
  /** Executions so far, this one included, and how many there may be. */
  readonly tries: number;
  readonly maxTries: number;
  /** Of them, those before somebody put the job into the queue again. */
  readonly triesBefore: number;
  /** Executions since then that ended in one of `interruptions`. */
  readonly interrupted: number;
  readonly resources: Resources;
  /** What the largest node may give to jobs, MiB. */
  readonly mostMem: number;
  /** Absolute; null: in the output workspace. */
  readonly destination: string | null;
  /** Whether what an earlier execution made may be taken: by its submission, where that says so, and by its job type. */
  readonly reuse: { readonly job: boolean | null; readonly type: boolean };
  /** When its job was queued for it, UTC text. */
  readonly queued: string;
  /** W3C traceparent of the job's submission. */
  readonly traceContext: string | null;
  /** When the execution began, UTC text. */
  readonly started: string;
}

/**
 * @param interruptions codes of errors that are no try of the job's own
 * @returns undefined when the execution is over, or another runtime's
 */
export async function executionFacts(
  db: Queries,
  { id, epoch }: Pick<Execution, 'id' | 'epoch'>,
  interruptions: readonly string[],
): Promise<ExecutionFacts | undefined> {
  const [row] = await db.query<ExecutionFacts>(
    `select j.id as "jobId", t.id as "jobTypeId", t.name as "typeName", t.version as "typeVersion", r.manifest,
       r.docker_image as image, t.configuration as "typeConfiguration", j.configuration,
       coalesce(j.input->'json', '{}') as json, j.recipe_id as "recipeId",
       p.input as "recipeInput", p.name as "recipeTypeName", p.revision_num as "recipeRevision", j.batch_id as "batchId", j.timeout,
       j.num_exes as tries, j.max_tries as "maxTries",
       coalesce(b.before, 0) as "triesBefore",
       case when j.num_exes = 1 then 0 else (select count(*) from job_exe o
         where o.job_id = j.id and o.exe_num > coalesce(b.before, 0) and o.error->>'code' = any($3)) end as interrupted, j.resources,
       (select max((n.capacity->>'mem')::double precision) from node n where n.is_active) as "mostMem", j.destination, x.queued, x.started,
       j.trace_context as "traceContext", json_build_object('job', j.reuse,
         'type', coalesce((t.configuration->>'reuse')::boolean, t.reuse)) as reuse
     from job_exe x join job j on j.id = x.job_id join job_type_revision r on r.id = j.job_type_revision_id
     join job_type t on t.id = r.job_type_id
     left join lateral (
       select recipe.input, rt.name, rr.revision_num from recipe join recipe_type_revision rr
         on rr.id = recipe.recipe_type_revision_id join recipe_type rt on rt.id = rr.recipe_type_id
       where recipe.id = j.recipe_id) p on true
     left join lateral (
       select max(e.attempt) as before from event e
       where j.num_exes > 1 and e.entity = 'job' and e.entity_id = j.id and e.kind = 'requeued') b on true
     where x.id = $1 and x.epoch = $2 and x.status = 'RUNNING'`,
    [id, epoch, interruptions],
  );
  return row;
}

/** How an execution stands: whether it may still be ended by this runtime, or is another one's, or is over. */
export async function executionState(
  db: Queries,
  { id, epoch }: Pick<Execution, 'id' | 'epoch'>,
): Promise<'ours' | 'adopted' | 'over'> {
  const [row] = await db.query<{ status: string; epoch: number }>(
    'select status, epoch from job_exe where id = $1',
    [id],
  );
  if (row?.status !== 'RUNNING') return 'over';
  return row.epoch === epoch ? 'ours' : 'adopted';
}
