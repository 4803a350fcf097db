import type { Client, JobRow, JobStatus } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { counted } from './words.ts';

/** Ids that one request may ask for. */
const most = 500;

/**
 * The jobs of a bulk command that were named by their numbers, as they are now.
 * @throws not-found with every number that is none of a job
 */
export async function namedJobs(client: Client, ids: readonly number[]): Promise<JobRow[]> {
  const wanted = [...new Set(ids)];
  const rows: JobRow[] = [];
  for (let at = 0; at < wanted.length; at += most)
    rows.push(...(await client.jobs({ job_id: wanted.slice(at, at + most), page_size: 1000 })).results);
  const known = new Set(rows.map(({ id }) => id));
  const unknown = wanted.filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw new SeedbedError('not-found', { what: `job ${unknown.slice(0, 10).join(', ')}` });
  return rows;
}

/** Says of jobs that were named what a bulk command will do with them. */
export function outlook(jobs: readonly JobRow[], verb: string, able: readonly JobStatus[]): string {
  const stay = jobs.filter(({ status }) => !able.includes(status));
  const lines = stay.map(({ id, status }) => `job ${id} is ${status}, and stays so\n`);
  const count = jobs.length - stay.length;
  return [...lines, ...(count > 0 ? [`${verb} ${counted(count, 'job')}\n`] : [])].join('');
}
