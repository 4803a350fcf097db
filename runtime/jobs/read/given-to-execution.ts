import type { Queries } from '../../database/index.ts';

/** A file of an input, as it is catalogued now. */
export interface GivenFile {
  readonly id: number;
  readonly input: string;
  readonly file_type: 'SOURCE' | 'PRODUCT';
  readonly file_name: string;
  readonly file_path: string;
  readonly workspace: string;
  readonly is_deleted: boolean;
}

/** What the executions of a job have in common. */
export interface GivenToExecution {
  /** As its author wrote it. */
  readonly manifest: unknown;
  readonly json: Readonly<Record<string, unknown>>;
  readonly recipe_id: number | null;
  readonly batch_id: number | null;
  /** A directory of the user's that its outputs go to; null: a workspace. */
  readonly destination: string | null;
  /** Of each input the first thousand. */
  readonly files: readonly GivenFile[];
}

/** @param jobId `job.id` of one that is there */
export async function givenToExecution(db: Queries, jobId: number): Promise<GivenToExecution> {
  const [row] = await db.query<GivenToExecution>(
    `select r.manifest, coalesce(j.input->'json', '{}') as json, j.recipe_id, j.batch_id, j.destination,
       coalesce((
         select json_agg(json_build_object('id', f.id, 'input', i.job_input, 'file_type', f.file_type, 'file_name', f.file_name,
           'file_path', f.file_path, 'workspace', w.name, 'is_deleted', f.is_deleted) order by i.job_input, i.position)
         from job_input_file i join scale_file f on f.id = i.input_file_id join workspace w on w.id = f.workspace_id
         where i.job_id = j.id and i.position < 1000), '[]') as files
     from job j join job_type_revision r on r.id = j.job_type_revision_id where j.id = $1::bigint`,
    [jobId],
  );
  return row!;
}
