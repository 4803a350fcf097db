import type { Client, WhyDocument } from '../../client/index.ts';
import { jobId } from '../service/job-id.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { endWords, hasEnded } from '../service/watch-job.ts';
import { oneLine } from '../table.ts';
import type { WhyOptions } from './options.ts';

/** `seed why ID`. @returns 0 */
export async function why(text: string, { format }: WhyOptions): Promise<0> {
  const client = await openClient();
  const document = await client.why(jobId(text));
  const words = format === 'json' ? '' : await asText(client, document);
  await print(format, document, () => words);
  return 0;
}

async function asText(
  client: Client,
  { job_id: id, status, waiting_for: reasons }: WhyDocument,
): Promise<string> {
  if (reasons.length > 0)
    return [
      `job ${id} is ${status}:\n`,
      ...reasons.map(({ name, description }) => `  ${name}: ${oneLine(description)}\n`),
    ].join('');
  const job = await client.job(id);
  return hasEnded(job) ? `${oneLine(endWords(job))}\n` : `job ${id} is ${status}, and waits for nothing.\n`;
}
