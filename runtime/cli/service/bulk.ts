import type { JobFilterDocument } from '../../../seed-schema/index.ts';
import type { Client, JobStatus } from '../../client/index.ts';
import { type FilterOptions, filterOf } from './filter-options.ts';
import { namedJobs, outlook } from './named-jobs.ts';
import { openClient } from './open-client.ts';
import { print } from './print.ts';

/**
 * A bulk command: asks for a change of all jobs that a filter means, which the service carries out after its answer.
 * @param verb of what is printed, e.g. `canceling`
 * @param able states in which a job can be changed so
 * @returns 0; 2 when none of the jobs that were named can be changed
 * @throws not-found also of a job type, which would mean no job
 */
export async function bulk(
  ids: readonly string[],
  options: FilterOptions & { readonly format: 'text' | 'json' },
  verb: string,
  able: readonly JobStatus[],
  ask: (client: Client, filter: JobFilterDocument) => Promise<{ readonly id: number }>,
): Promise<0 | 2> {
  const filter = filterOf(ids, options);
  const client = await openClient();
  const jobs = filter.job_ids && (await namedJobs(client, filter.job_ids));
  if (jobs?.every(({ status }) => !able.includes(status))) {
    process.stderr.write(outlook(jobs, verb, able));
    return 2;
  }
  await expectTypes(client, filter);
  const action = await ask(client, filter);
  await print(options.format, action, () =>
    jobs ? outlook(jobs, verb, able) : `${verb} every job that the filter means; \`seed jobs\` shows them\n`,
  );
  return 0;
}

async function expectTypes(
  client: Client,
  { job_types = [], job_type_names = [] }: JobFilterDocument,
): Promise<void> {
  for (const { name, version } of job_types) await client.jobType(name, version);
  for (const name of job_type_names) await client.jobTypeVersions(name);
}
