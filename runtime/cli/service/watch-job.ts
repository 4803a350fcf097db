import { setTimeout as delay } from 'node:timers/promises';
import type { Client, ExecutionRow, JobDetails, LogPiece, LogSelection } from '../../client/index.ts';
import type { SeedbedError } from '../../errors/index.ts';
import { lossWords, patienceMs, patiently } from './patience.ts';
import { errorWords, stateWords } from './words.ts';

export interface WatchOptions {
  /** A line on what the job waits for or has come to. */
  readonly tell: (line: string) => void;
  readonly log: (piece: LogPiece) => Promise<void>;
  readonly selection: LogSelection;
}

/** Milliseconds between looks at a job: little at first, for jobs that take no time. */
const pauses = { first: 50, most: 1000, growth: 1.3 };
const endStates = ['COMPLETED', 'FAILED', 'CANCELED'];

export function hasEnded({ status }: Pick<JobDetails, 'status'>): boolean {
  return endStates.includes(status);
}

/**
 * Stays with a job to its end, through every try: tells its states and why it waits, and hands out all that it prints. A
 * service that goes away meanwhile is waited for.
 * @throws service-unreachable when it is not there at first, or stays away
 */
export async function watchJob(client: Client, id: number, options: WatchOptions): Promise<JobDetails> {
  const { tell } = options;
  const onLoss = (error: SeedbedError | undefined) => tell(lossWords(error));
  let told = '';
  let seen = '';
  let followed = 0;
  let job = await client.job(id);
  for (let pause = pauses.first; ; pause = Math.min(pause * pauses.growth, pauses.most)) {
    for (const execution of await unseen(client, job, followed, tell)) {
      tell((told = runs(job, execution)));
      await follow(client, execution, options);
      followed = execution.exe_num;
      pause = pauses.first;
    }
    if (job.execution?.exe_num === followed || !job.execution) {
      if (hasEnded(job)) return job;
      // What is over with the next look is not worth a line.
      const words = isUnderWay(job) ? told : stateWords(job, job.waiting_for);
      if (words !== told && words === seen) tell((told = words));
      seen = words;
    }
    await delay(pause);
    job = await patiently(() => client.job(id), onLoss);
  }
}

function isUnderWay({ status, waiting_for: reasons }: JobDetails): boolean {
  return status === 'RUNNING' && reasons.length === 0;
}

/** The executions that nobody has followed yet, in order. */
async function unseen(
  client: Client,
  { id, execution }: JobDetails,
  followed: number,
  tell: (line: string) => void,
): Promise<ExecutionRow[]> {
  if (!execution || execution.exe_num <= followed) return [];
  if (execution.exe_num === followed + 1) return [execution];
  const { results } = await patiently(
    () => client.executions(id),
    (error) => tell(lossWords(error)),
  );
  return results.filter(({ exe_num }) => exe_num > followed).reverse();
}

function runs({ id }: JobDetails, { exe_num, node }: ExecutionRow): string {
  const again = exe_num === 1 ? '' : `, try ${exe_num}`;
  return `job ${id} runs${node ? ` on ${node.name}` : ''}${again}`;
}

async function follow(client: Client, { id }: ExecutionRow, options: WatchOptions): Promise<void> {
  const onLoss = (error: SeedbedError | undefined) => options.tell(lossWords(error));
  for await (const piece of client.followLog(id, options.selection, { onLoss, patienceMs }))
    await options.log(piece);
}

/** What a job came to, in one line. */
export function endWords({ id, status, error }: JobDetails): string {
  return `job ${id} is ${status}${error ? `: ${errorWords(error)}` : ''}`;
}
