import type { Client, LogSelection } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { write } from '../progress/writer.ts';
import { jobId } from '../service/job-id.ts';
import { printPiece } from '../service/log-printer.ts';
import { openClient } from '../service/open-client.ts';
import { watchJob } from '../service/watch-job.ts';
import { stateWords } from '../service/words.ts';
import { wholeNumber } from '../whole-number.ts';
import type { LogsOptions } from './options.ts';

const tell = (line: string) => process.stderr.write(`seed logs: ${line}\n`);

/** `seed logs ID`. @returns 0 */
export async function printLogs(text: string, options: LogsOptions): Promise<0> {
  const id = jobId(text);
  const selection = selectionOf(options);
  const num = options.try === undefined ? undefined : wholeNumber('--try', options.try);
  if (num !== undefined && options.follow)
    throw new SeedbedError('invalid-usage', { problem: '-f follows every try, and --try names one' });
  const client = await openClient();
  if (options.follow) await watchJob(client, id, { tell, selection, log: printPiece });
  else await printOne(client, id, num, selection);
  return 0;
}

function selectionOf({ stdout, stderr }: LogsOptions): LogSelection {
  if (stdout && !stderr) return 'stdout';
  return stderr && !stdout ? 'stderr' : 'combined';
}

/** A log that has ended comes byte by byte; of one that still grows, the lines that there are. */
async function printOne(
  client: Client,
  id: number,
  num: number | undefined,
  selection: LogSelection,
): Promise<void> {
  const job = await client.job(id);
  const execution = num === undefined ? job.execution : await client.execution(id, num);
  if (!execution) return void tell(`${stateWords(job, job.waiting_for)}; it has printed nothing yet`);
  if (execution.status === 'RUNNING')
    for (const { message, stream } of await client.logLines(execution.id, selection))
      await write(process[stream], `${message}\n`);
  else for await (const piece of client.followLog(execution.id, selection)) await printPiece(piece);
}
