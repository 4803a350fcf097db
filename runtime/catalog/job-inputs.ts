import type { Queries } from '../database/index.ts';
import { type ScaleFile, scaleFileColumns, scaleFileTables } from './scale-file.ts';

/** The files that a job was given, as the catalogue has them now: by input, in the order in which they were given. */
export async function jobInputs(db: Queries, jobId: number): Promise<Map<string, ScaleFile[]>> {
  const rows = await db.query<ScaleFile & { job_input: string }>(
    `select i.job_input, ${scaleFileColumns} from ${scaleFileTables}
     join job_input_file i on i.input_file_id = f.id where i.job_id = $1 order by i.job_input, i.position`,
    [jobId],
  );
  const inputs = new Map<string, ScaleFile[]>();
  for (const { job_input, ...file } of rows) {
    const known = inputs.get(job_input);
    if (known) known.push(file);
    else inputs.set(job_input, [file]);
  }
  return inputs;
}
