import type { Queries } from '../../database/index.ts';
import { jobColumns, jobJoins, type JobRow } from './jobs.ts';

/** A job with all that is known of it. */
export interface JobDetails extends JobRow {
  readonly docker_image: string;
  readonly revision_created: string;
  /** As its author wrote it. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Scale's shape `{version, files, json}`. */
  readonly input: object;
  readonly output: object | null;
  readonly configuration: Readonly<Record<string, unknown>>;
  /** When it is tried again; null unless it waits for that. */
  readonly not_before: string | null;
  /** Whether what an earlier execution made may be taken, as its submission says; null: as its job type says. */
  readonly reuse: boolean | null;
  /** Whose output it has in place of its own. */
  readonly reused_from: ReusedFrom | null;
  /** The execution of the same identity that it waits for. */
  readonly awaits: ReusedFrom | null;
  /** That was made in its place. */
  readonly superseded_by_job: { readonly id: number } | null;
}

/** An execution of another job. */
export interface ReusedFrom {
  readonly job: { readonly id: number } | null;
  readonly job_exe: { readonly id: number };
}

/** The row of the execution may be gone. */
const executionReference = (id: string) => `(
  select json_build_object('job_exe', json_build_object('id', o.id),
    'job', (select json_build_object('id', x.job_id) from job_exe x where x.id = o.id))
  from (select ${id} as id) o where o.id is not null)`;

/** @returns undefined when there is no such job */
export async function jobDetails(db: Queries, id: number): Promise<JobDetails | undefined> {
  const [row] = await db.query<JobDetails>(
    `select ${jobColumns}, r.docker_image, r.created as revision_created, r.manifest, j.input, j.output,
       j.configuration, j.not_before, j.reuse, ${executionReference('j.reused_job_exe_id')} as reused_from,
       ${executionReference(`case when j.status = 'QUEUED' then j.awaited_job_exe_id end`)} as awaits, (
         select json_build_object('id', n.id) from job n where n.previous_job_id = j.id and j.is_superseded
       ) as superseded_by_job
     from job j ${jobJoins} where j.id = $1::bigint`,
    [id],
  );
  return row;
}

export async function jobExists(db: Queries, id: number): Promise<boolean> {
  return (await db.query('select 1 from job where id = $1::bigint', [id])).length > 0;
}
