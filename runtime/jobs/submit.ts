import type { Queries } from '../database/index.ts';
import { recordEvent } from './events.ts';
import type { JobTypeRevision } from './job-types.ts';

/** A job that has all its input. */
export interface NewJob {
  readonly type: JobTypeRevision;
  /** Seconds. */
  readonly timeout: number;
  /** `scale_file.id`s by input. */
  readonly files: Readonly<Record<string, readonly number[]>>;
  readonly json: Readonly<Record<string, unknown>>;
  /** Settings and overrides, secrets masked. */
  readonly configuration: Record<string, unknown>;
  readonly maxTries: number;
  readonly actor: string;
}

/** Puts a job in the queue. @returns `job.id` */
export async function submit(db: Queries, job: NewJob): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    `insert into job (job_type_id, job_type_revision_id, status, timeout, input, configuration, max_tries, created_by, queued)
     values ($1, $2, 'QUEUED', $3, $4, $5, $6, $7, now()) returning id`,
    [
      job.type.jobTypeId,
      job.type.revisionId,
      job.timeout,
      JSON.stringify({ version: '7', files: job.files, json: job.json }),
      JSON.stringify(job.configuration),
      job.maxTries,
      job.actor,
    ],
  );
  const id = row!.id;
  await db.query(
    `insert into job_input_file (job_id, job_input, position, input_file_id)
     select $1, i.job_input, i.position, i.file
     from jsonb_to_recordset($2::jsonb) as i (job_input text, position integer, file bigint)`,
    [
      id,
      JSON.stringify(
        Object.entries(job.files).flatMap(([input, ids]) =>
          ids.map((file, position) => ({ job_input: input, position, file })),
        ),
      ),
    ],
  );
  await recordEvent(db, { entity: 'job', id, kind: 'queued', actor: job.actor });
  return id;
}
