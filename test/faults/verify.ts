import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from '../support/cli-files.ts';
import type { FaultWorld } from '../support/fault-world.ts';
import { checksumsOf, kindOf } from './kinds.ts';
import type { ScheduledJob } from './schedule.ts';

interface JobRow {
  readonly id: number;
  readonly status: string;
  readonly error: { readonly name: string } | null;
  readonly num_exes: number;
  readonly output: { readonly files: Readonly<Record<string, readonly number[]>> } | null;
}

/** What the events of a job may be, one letter for each: see `runtime/jobs/state.ts`. */
const letters: Readonly<Record<string, string>> = {
  queued: 'q',
  started: 's',
  adopted: 'a',
  canceling: 'x',
  retried: 'r',
  completed: 'C',
  failed: 'F',
  canceled: 'K',
};
const lives = /^q(s[ax]*r)*(s[ax]*[CFK]|K)$/;

/** @returns in words, everything that is not as it must be for a job that is over */
export async function problemsOfJob(world: FaultWorld, id: number, job: ScheduledJob): Promise<string[]> {
  const expected = kindOf(job.kind);
  const [row] = await world.query<JobRow>('select * from job where id = $1', [id]);
  const executions = await world.executions(id);
  const products = await world.products(id);
  const events = await world.events(id);
  const problems: string[] = [];
  const must = (what: string, found: unknown, wanted: unknown) => {
    const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (a !== b) problems.push(`${what} is ${a} and must be ${b}`);
  };

  must('status', row!.status, expected.status);
  if (expected.status !== 'CANCELED') must('error', row!.error?.name ?? null, expected.error ?? null);
  must('number of executions', executions.length, row!.num_exes);
  must(
    'executions that are neither over nor alone',
    executions.filter(({ status }) => status === 'RUNNING').length,
    0,
  );
  must(
    'completed executions',
    executions.filter(({ status }) => status === 'COMPLETED').length,
    expected.status === 'COMPLETED' ? 1 : 0,
  );

  const wanted = checksumsOf(job.kind, job.number);
  must(
    'products',
    products.map(({ file_name, sha256: sum }) => [file_name, sum]),
    Object.entries(wanted).sort(),
  );
  for (const product of products) {
    if (!existsSync(product.path)) problems.push(`${product.path} is in the catalogue and not on the disk`);
    else must(`checksum of ${product.path}`, sha256(await readFile(product.path)), product.sha256);
  }
  const ids = Object.values(row!.output?.files ?? {}).flat();
  must('products that the job names', ids.length, Object.keys(wanted).length);
  if (expected.log !== undefined) {
    const log = await world.logOf(executions.at(-1)!.id);
    if (log !== expected.log)
      problems.push(`the log has ${log.length} bytes, not the ${expected.log.length}`);
  }

  const life = events.map((kind) => letters[kind] ?? `(${kind})`).join('');
  if (!lives.test(life)) problems.push(`events make no sense: ${events.join(', ')}`);
  must('events `started`', events.filter((kind) => kind === 'started').length, executions.length);
  must(
    'events `adopted`',
    events.filter((kind) => kind === 'adopted').length,
    executions.reduce((sum, { epoch }) => sum + epoch - 1, 0),
  );
  if (problems.length === 0) return [];
  const history = executions.map(
    ({ id: execution, epoch, status, error }) => `${execution}/${epoch} ${status} ${error?.name ?? ''}`,
  );
  return problems.map((each) => `job ${id} (${job.kind} ${job.number}): ${each} [${history.join('; ')}]`);
}

/** @returns in words, what is in the database or on the disk although every job is over and every runtime gone */
export async function leftOver(world: FaultWorld): Promise<string[]> {
  const count = async (what: string, sql: string) => {
    const rows = await world.query(sql);
    return rows.length > 0 ? [`${rows.length} ${what}: ${JSON.stringify(rows.slice(0, 3))}`] : [];
  };
  return [
    ...(await world.leftOver()),
    ...(await count('executions that run', `select id, runtime from job_exe where status = 'RUNNING'`)),
    ...(await count(
      'slots that are taken',
      'select * from slot where job_exe_id is not null or resources is not null',
    )),
    ...(await count('runtimes', 'select id, lease_until from runtime')),
    ...(await count('jobs that nobody submitted', `select id from job where dedupe_key is null`)),
    ...(await count(
      'products of no completed execution',
      `select f.id from scale_file f left join job_exe x on x.id = f.job_exe_id
       where f.job_id is not null and x.status is distinct from 'COMPLETED'`,
    )),
    ...(await directoriesWithoutProducts(world)),
  ];
}

async function directoriesWithoutProducts(world: FaultWorld): Promise<string[]> {
  const files = path.join(world.home, 'files');
  const names: string[] = await readdir(path.join(files, 'jobs'), { recursive: true }).catch(() => []);
  const found = names.flatMap((name) => /job_exe_(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  const completed = await world.query<{ id: number }>(
    `select id from job_exe where id = any($1) and status = 'COMPLETED'`,
    [found],
  );
  const known = new Set(completed.map(({ id }) => id));
  return found.filter((id) => !known.has(id)).map((id) => `output of execution ${id}, which has no result`);
}
