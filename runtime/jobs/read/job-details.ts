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
}

/** @returns undefined when there is no such job */
export async function jobDetails(db: Queries, id: number): Promise<JobDetails | undefined> {
  const [row] = await db.query<JobDetails>(
    `select ${jobColumns}, r.docker_image, r.created as revision_created, r.manifest, j.input, j.output,
       j.configuration, j.not_before
     from job j ${jobJoins} where j.id = $1::bigint`,
    [id],
  );
  return row;
}

export async function jobExists(db: Queries, id: number): Promise<boolean> {
  return (await db.query('select 1 from job where id = $1::bigint', [id])).length > 0;
}
