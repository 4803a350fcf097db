import { type JobRow, jobStatuses, type Page } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { errorWords, moment, typeWords } from '../service/words.ts';
import { table } from '../table.ts';
import { wholeNumber } from '../whole-number.ts';
import type { JobsOptions } from './options.ts';

/** `seed jobs`. @returns 0 */
export async function listJobs(options: JobsOptions): Promise<0> {
  const query = {
    status: statuses(options.status),
    job_type_name: options.type,
    error_category: options.error,
    started: options.from,
    ended: options.to,
    order: '-id',
    page_size: wholeNumber('--limit', options.limit, { most: 1000 }),
    page: wholeNumber('--page', options.page),
  };
  const page = await (await openClient()).jobs(query);
  await print(options.format, page, () => asText(page));
  return 0;
}

/** In any case of letters. @throws invalid-usage */
export function statuses(given: readonly string[]): string[] {
  return given.map((text) => {
    const status = jobStatuses.find((one) => one === text.toUpperCase());
    if (status !== undefined) return status;
    throw new SeedbedError('invalid-usage', {
      problem: `--status is one of ${jobStatuses.join(', ')}, not ${JSON.stringify(text)}`,
    });
  });
}

function asText({ count, results }: Page<JobRow>): string {
  if (results.length === 0) return 'No job matches.\n';
  const rows = results.map((job) => [
    `${job.id}`,
    typeWords(job.job_type),
    job.status,
    `${job.priority}`,
    `${job.num_exes}`,
    moment(job.created),
    job.node?.name ?? '-',
    job.error ? errorWords({ ...job.error, description: null }) : '',
  ]);
  const heading = ['ID', 'TYPE', 'STATUS', 'PRIORITY', 'TRIES', 'CREATED', 'NODE', 'ERROR'];
  return `${table([heading, ...rows])}${results.length} of ${count} jobs\n`;
}
