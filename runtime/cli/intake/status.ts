import { setTimeout as delay } from 'node:timers/promises';
import type { BatchDetails, Client, JobRow, TaskRow } from '../../client/index.ts';
import { openClient } from '../service/open-client.ts';
import { lossWords, patiently } from '../service/patience.ts';
import { print } from '../service/print.ts';
import { errorWords } from '../service/words.ts';
import { table } from '../table.ts';
import { findBatch, typeOfBatch, typeWords } from './find-batch.ts';
import { say } from './intake.ts';
import type { StatusOptions } from './options.ts';

/** Of jobs and tasks that failed: so many are told. */
const mostFailures = 20;
const watchMs = 1000;

/** How a batch stands, and what of it failed. */
interface Standing {
  readonly batch: BatchDetails;
  readonly jobs: readonly JobRow[];
  readonly tasks: readonly TaskRow[];
}

/** `seed batch status BATCH`. @returns 1 with `--watch` where something failed. @throws not-found */
export async function batchStatus(word: string, { watch, format }: StatusOptions): Promise<0 | 1> {
  const client = await openClient();
  let batch = await findBatch(client, word);
  let told = '';
  while (watch && !isSettled(batch)) {
    const line = progressLine(batch);
    if (line !== told) say((told = line));
    await delay(watchMs);
    batch = await patiently(
      () => client.batch(batch.id),
      (error) => say(lossWords(error)),
    );
  }
  const standing = await standingOf(client, batch);
  await print(format, documentOf(standing), () => textOf(standing));
  return watch && hasFailures(batch) ? 1 : 0;
}

async function standingOf(client: Client, batch: BatchDetails): Promise<Standing> {
  const { id, jobs_failed: failed, tasks } = batch;
  const page = { page_size: mostFailures };
  const jobs = failed > 0 ? (await client.jobs({ batch_id: id, status: 'FAILED', ...page })).results : [];
  const refused =
    tasks.refused > 0 ? (await client.batchTasks(id, { state: 'REFUSED', ...page })).results : [];
  return { batch, jobs, tasks: refused };
}

/** Whether nothing more happens by itself: it takes tasks still, or all that there is to do is done. Pure. */
export function isSettled(batch: BatchDetails): boolean {
  if (batch.state === 'STAGING') return true;
  if (batch.state === 'CREATING') return false;
  const { jobs_pending, jobs_blocked, jobs_queued, jobs_running, recipes_total, recipes_completed } = batch;
  if (jobs_queued + jobs_running > 0) return false;
  // What is blocked or pending behind a job that failed goes on when that is requeued.
  if (hasFailures(batch) || batch.jobs_canceled > 0) return true;
  return jobs_pending + jobs_blocked === 0 && recipes_completed >= recipes_total;
}

function hasFailures({ jobs_failed, runs_refused, tasks }: BatchDetails): boolean {
  return jobs_failed + runs_refused + tasks.refused > 0;
}

function progressLine({ state, runs_created, runs_estimated, ...batch }: BatchDetails): string {
  const made = state === 'CREATING' ? `${runs_created} of ${runs_estimated} made, ` : '';
  const { jobs_completed, jobs_total, jobs_running, jobs_failed } = batch;
  return `${state}: ${made}${jobs_completed} of ${jobs_total} jobs completed, ${jobs_running} running, ${jobs_failed} failed`;
}

function documentOf({ batch, jobs, tasks }: Standing): object {
  return {
    ...batch,
    failed_jobs: jobs.map(({ id, job_type, recipe, recipe_node, error }) => ({
      ...{ id, job_type, recipe: recipe ?? null, recipe_node: recipe_node ?? null, error },
    })),
    refused_tasks: tasks,
  };
}

function textOf({ batch, jobs, tasks }: Standing): string {
  const { tasks: count } = batch;
  const jobCounts = (['pending', 'blocked', 'queued', 'running', 'failed', 'completed', 'canceled'] as const)
    .map((state) => [state, batch[`jobs_${state}`]] as const)
    .filter(([, number]) => number > 0)
    .map(([state, number]) => `${number} ${state}`);
  const rows = [
    ['batch', `${batch.name ?? ''} (${batch.id})`.trim()],
    ['of', typeWords(typeOfBatch(batch))],
    ['state', batch.state],
    [
      'tasks',
      `${count.staged} staged, ${count.created} created, ${count.refused} refused, ${count.canceled} canceled`,
    ],
    [
      'made',
      `${batch.runs_created} of ${batch.runs_estimated}${batch.runs_refused > 0 ? `, ${batch.runs_refused} refused` : ''}`,
    ],
    ...(batch.recipe_type
      ? [['recipes', `${batch.recipes_completed} of ${batch.recipes_total} completed`]]
      : []),
    ['jobs', `${batch.jobs_total}${jobCounts.length > 0 ? `: ${jobCounts.join(', ')}` : ''}`],
    ...(batch.problem === null ? [] : [['problem', batch.problem]]),
  ];
  const failures = [
    ...tasks.map(
      ({ id, unique_id: uniqueId, error }) =>
        `❌ task ${id}${uniqueId ? ` ${uniqueId}` : ''}: ${reasonOf(error)}`,
    ),
    ...jobs.map(
      ({ id, recipe_node: node, error }) =>
        `❌ job ${id}${node ? ` (${node})` : ''}: ${error ? errorWords(error) : 'it failed'}`,
    ),
  ];
  const more = batch.jobs_failed - jobs.length + (count.refused - tasks.length);
  if (more > 0) failures.push(`... and ${more} more`);
  return `${table(rows)}${failures.map((line) => `${line}\n`).join('')}`;
}

/** As the service keeps it: findings, or one error. */
function reasonOf(error: unknown): string {
  const words = (one: unknown) => (one as { description?: string } | null)?.description;
  const { errors, detail } = (error ?? {}) as { errors?: readonly unknown[]; detail?: string };
  return errors?.map(words).join('; ') || words(error) || detail || JSON.stringify(error);
}
