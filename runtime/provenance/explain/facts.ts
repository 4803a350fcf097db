import type { Queries } from '../../database/index.ts';
import type { JobStatus } from '../../jobs/index.ts';
import type { JobDescription } from '../identity.ts';
import type { DescribedRun } from './most-similar.ts';

/** What the database knows of how a job came about. */
export interface ExplainedJob {
  readonly id: number;
  readonly status: JobStatus;
  /** Name of its type. */
  readonly type: string;
  /** As its submission said; null: as its job type says. */
  readonly reuse: boolean | null;
  readonly typeReuse: boolean;
  /** Whose output it has in place of its own. */
  readonly reused: { readonly jobId: number | null; readonly jobExeId: number } | null;
  /** Its last execution that has an identity, else its last one; null: it has none yet. */
  readonly execution: {
    readonly id: number;
    readonly outputId: string | null;
    readonly description: JobDescription | null;
    /** Why reuse was asked for in vain. */
    readonly ignored: string | null;
  } | null;
}

/** @returns undefined when there is no such job */
export async function explainedJob(db: Queries, id: number): Promise<ExplainedJob | undefined> {
  const [row] = await db.query<ExplainedJob>(
    `select j.id, j.status, t.name as type, j.reuse, t.reuse as "typeReuse",
       case when j.reused_job_exe_id is not null then jsonb_build_object('jobExeId', j.reused_job_exe_id,
         'jobId', (select job_id from job_exe o where o.id = j.reused_job_exe_id)) end as reused,
       (select jsonb_build_object('id', x.id, 'outputId', encode(x.output_id, 'hex'), 'description', i.description,
           'ignored', (select w->>'description' from jsonb_array_elements(x.warnings) w
             where w->>'name' = 'reuse-ignored' limit 1))
         from job_exe x left join output_identity i on i.output_id = x.output_id
         where x.job_id = j.id order by (x.output_id is not null) desc, x.exe_num desc limit 1) as execution
     from job j join job_type t on t.id = j.job_type_id where j.id = $1::bigint`,
    [id],
  );
  return row;
}

/** Earlier runs that are looked at: the newest ones, and the newest ones that read the same files. */
const mostRuns = 200;

const columns = `x.job_id as "jobId", x.id as "jobExeId", encode(x.output_id, 'hex') as "outputId", i.description`;
const done = `x.status = 'COMPLETED' and x.exit_code is not null and x.output_id is not null`;

/** Completed runs of a type, in all its versions, before an execution; those of the job itself are none. */
export function earlierRuns(
  db: Queries,
  { id, type }: Pick<ExplainedJob, 'id' | 'type'>,
  before: number,
): Promise<DescribedRun[]> {
  return db.query<DescribedRun>(
    `with types as (select id from job_type where name = $1),
     newest as (
       select x.id from types cross join lateral (
         select x.id from job_exe x where x.job_type_id = types.id and x.id < $3 and x.job_id <> $2 and ${done}
         order by x.id desc limit ${mostRuns}) x order by x.id desc limit ${mostRuns}),
     related as (
       select x.id from (select distinct o.job_id from job_input_file f
           join job_input_file o on o.input_file_id = f.input_file_id and o.job_id < f.job_id
         where f.job_id = $2 order by o.job_id desc limit ${mostRuns}) o
       join job_exe x on x.job_id = o.job_id and x.job_type_id in (select id from types) and x.id < $3 and ${done})
     select ${columns} from (select id from newest union select id from related) wanted
     join job_exe x on x.id = wanted.id join output_identity i on i.output_id = x.output_id order by x.id desc`,
    [type, id, before],
  );
}

/** An earlier run of the same identity that completed, and what became of its products. */
export interface SameWork {
  readonly jobId: number;
  readonly jobExeId: number;
  /** `scale_file.id`s that are deleted, or no longer in the catalogue. */
  readonly gone: readonly number[];
}

/** The newest run before an execution that did the same. */
export async function sameWork(
  db: Queries,
  outputId: string,
  jobId: number,
  before: number,
): Promise<SameWork | undefined> {
  const [row] = await db.query<SameWork>(
    `select x.job_id as "jobId", x.id as "jobExeId", coalesce((
         select jsonb_agg(distinct v::text::bigint) from jsonb_each(coalesce(x.output->'files', '{}')) o
         cross join jsonb_array_elements(o.value) v left join scale_file f on f.id = v::text::bigint
         where f.id is null or f.is_deleted), '[]') as gone
     from job_exe x where x.output_id = decode($1, 'hex') and x.status <> 'RUNNING' and x.id < $3 and x.job_id <> $2 and ${done}
     order by x.id desc limit 1`,
    [outputId, jobId, before],
  );
  return row;
}
