import type { Queries } from '../database/index.ts';

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
  readonly batchId: number | null;
  /** Seconds. */
  readonly timeout: number;
  /** Executions so far, this one included, and how many there may be. */
  readonly tries: number;
  readonly maxTries: number;
  readonly resources: Readonly<Record<string, number>>;
  /** Absolute; null: in the output workspace. */
  readonly destination: string | null;
  /** When the execution began, UTC text. */
  readonly started: string;
}

/** @param execution `job_exe.id` */
export async function executionFacts(db: Queries, execution: number): Promise<ExecutionFacts> {
  const [row] = await db.query<ExecutionFacts>(
    `select j.id as "jobId", t.id as "jobTypeId", t.name as "typeName", t.version as "typeVersion", r.manifest,
       r.docker_image as image, t.configuration as "typeConfiguration", j.configuration,
       coalesce(j.input->'json', '{}') as json, j.recipe_id as "recipeId", j.batch_id as "batchId", j.timeout,
       j.num_exes as tries, j.max_tries as "maxTries", j.resources, j.destination, x.started
     from job_exe x join job j on j.id = x.job_id join job_type_revision r on r.id = j.job_type_revision_id
     join job_type t on t.id = r.job_type_id where x.id = $1`,
    [execution],
  );
  return row!;
}
