import type { Client, ExecutionRow, FilesAndJson, JobDetails } from '../../client/index.ts';
import { duration } from '../format.ts';
import { jobId } from '../service/job-id.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { errorWords, moment, typeWords } from '../service/words.ts';
import { oneLine, table } from '../table.ts';
import type { JobOptions } from './options.ts';

/** Files of one name whose names are shown. */
const filesShown = 20;

/** `seed job ID`. @returns 0 */
export async function showJob(text: string, { format }: JobOptions): Promise<0> {
  const id = jobId(text);
  const client = await openClient();
  const job = await client.job(id);
  const { results } = await client.executions(id);
  const executions = [...results].reverse();
  const words = format === 'json' ? '' : await asText(client, job, executions);
  await print(format, { ...job, executions }, () => words);
  return 0;
}

async function asText(client: Client, job: JobDetails, executions: readonly ExecutionRow[]): Promise<string> {
  const resources = Object.entries(job.resources.resources).map(([name, amount]) => `${name} ${amount}`);
  const facts: [string, string][] = [
    ['job', `${job.id}, ${typeWords(job.job_type)} (${job.job_type_rev.docker_image})`],
    ['status', job.status],
    ...(job.reused_from ? [['reused', reusedWords(job.reused_from)] as [string, string]] : []),
    ...job.waiting_for.map(({ description }): [string, string] => ['waits', description]),
    ...(job.error ? [['error', errorWords(job.error)] as [string, string]] : []),
    ['priority', `${job.priority}`],
    ['resources', resources.join(', ')],
    ['created', moment(job.created)],
    ['queued', moment(job.queued)],
    ['started', moment(job.started)],
    ['ended', moment(job.ended)],
  ];
  return [
    ...facts.map(([name, value]) => `${name.padEnd(10)}${oneLine(value)}\n`),
    ...(await valuesText(client, 'inputs', job.input)),
    ...(await valuesText(client, 'outputs', job.output ?? {})),
    ...tries(job, executions),
  ].join('');
}

function reusedWords({ job, job_exe }: NonNullable<JobDetails['reused_from']>): string {
  return `what execution ${job_exe.id} of job ${job?.id ?? '(gone)'} made; no container was started`;
}

async function valuesText(
  client: Client,
  title: string,
  { files = {}, json = {} }: FilesAndJson,
): Promise<string[]> {
  const lines: string[] = [];
  for (const [name, ids] of Object.entries(files)) {
    const rows = await Promise.all(ids.slice(0, filesShown).map((id) => client.file(id)));
    lines.push(...rows.map((file) => `  ${name}  ${oneLine(file.file_name)}  (file ${file.id})\n`));
    if (ids.length > filesShown) lines.push(`  ${name}  and ${ids.length - filesShown} more\n`);
  }
  for (const [name, value] of Object.entries(json))
    lines.push(`  ${name} = ${oneLine(JSON.stringify(value))}\n`);
  return lines.length === 0 ? [] : [`${title}\n`, ...lines];
}

function tries({ execution }: JobDetails, executions: readonly ExecutionRow[]): string[] {
  if (executions.length === 0) return [];
  const rows = executions.map(({ exe_num, id, status, node, started, ended, error }) => [
    `${exe_num}`,
    `${id}`,
    status,
    node?.name ?? '-',
    moment(started),
    ended === null ? '-' : duration(Date.parse(ended) - Date.parse(started)),
    error ? errorWords({ ...error, description: null }) : '',
  ]);
  const steps = (execution?.steps ?? []).map(({ name, ms }) => `${name} ${duration(ms)}`);
  return [
    table([['TRY', 'EXECUTION', 'STATUS', 'NODE', 'STARTED', 'TOOK', 'ERROR'], ...rows]),
    ...(steps.length > 0 ? [`steps of the last one: ${steps.join(', ')}\n`] : []),
  ];
}
