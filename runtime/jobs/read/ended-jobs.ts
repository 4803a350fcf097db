import type { Queries } from '../../database/index.ts';
import type { ErrorCategory } from '../../errors/index.ts';
import type { EndStatus } from '../state.ts';

/** How a job ended, with its last execution. */
export interface EndedJob {
  readonly id: number;
  readonly status: EndStatus;
  readonly error: StoredResultError | null;
  /** Scale's shape; null unless completed. */
  readonly output: {
    readonly files: Readonly<Record<string, readonly number[]>>;
    readonly json: Readonly<Record<string, unknown>>;
  } | null;
  /** Whose output it has in place of its own; null where it ran. */
  readonly reused: { readonly job: number; readonly execution: number } | null;
  /** Of the last execution; null when there was none. */
  readonly exitCode: number | null;
  readonly warnings: readonly { readonly name: string; readonly description: string }[];
  readonly steps: readonly { readonly name: string }[];
  readonly stdoutPath: string | null;
  readonly stderrPath: string | null;
  /** When the last execution began, UTC text; null when there was none. */
  readonly started: string | null;
  readonly ended: string;
}

/** As `execution/result.ts` has it. */
interface StoredResultError {
  readonly name: string;
  readonly title: string;
  readonly category: ErrorCategory;
  readonly message: string;
  readonly code: string;
}

/** Those of these jobs that have ended. */
export function endedJobs(db: Queries, jobs: readonly number[]): Promise<EndedJob[]> {
  return db.query<EndedJob>(
    `select j.id, j.status, j.error, j.output,
       (select json_build_object('job', o.job_id, 'execution', o.id) from job_exe o where o.id = j.reused_job_exe_id) as reused,
       x.exit_code as "exitCode", coalesce(x.warnings, '[]') as warnings,
       coalesce(x.steps, '[]') as steps, x.stdout_path as "stdoutPath", x.stderr_path as "stderrPath", x.started,
       j.ended
     from job j left join job_exe x on x.job_id = j.id and x.exe_num = j.num_exes
     where j.id = any($1) and j.status in ('COMPLETED', 'FAILED', 'CANCELED')`,
    [jobs],
  );
}

/** The manifests of these jobs' types, as their authors wrote them, by `job.id`. */
export async function manifestsOfJobs(db: Queries, jobs: readonly number[]): Promise<Map<number, unknown>> {
  const rows = await db.query<{ id: number; manifest: unknown }>(
    `select j.id, r.manifest from job j join job_type_revision r on r.id = j.job_type_revision_id where j.id = any($1)`,
    [jobs],
  );
  return new Map(rows.map(({ id, manifest }) => [id, manifest]));
}
