import { setTimeout as delay } from 'node:timers/promises';
import { startTestServer } from '../support/database-server.ts';
import { testDocker } from '../support/engine.ts';
import { privateEngine } from '../support/engine-private.ts';
import { FaultWorld } from '../support/fault-world.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { Disturbances } from './disturbances.ts';
import { JobSource } from './jobs.ts';
import { runtimes, scheduleOf, type ScheduledFault } from './schedule.ts';
import { leftOver, problemsOfJob } from './verify.ts';

export interface FaultRun {
  readonly seed: number;
  readonly jobs: number;
  /** For everything; what is not over by then is a problem. */
  readonly minutes: number;
  readonly say: (line: string) => void;
}

const image = 'seedbed-test-faults:1';
const open = `status in ('PENDING', 'QUEUED', 'RUNNING')`;

/**
 * Has two runtimes on one database carry out jobs while runtimes, engine, database and network fail as a schedule made
 * from the seed says; then waits until all is over, and looks whether everything is as if nothing had happened.
 * @returns in words, what is not; and what the runtimes logged
 */
export async function runFaults({
  seed,
  jobs,
  minutes,
  say,
}: FaultRun): Promise<{ problems: string[]; log: string }> {
  const begun = performance.now();
  const deadline = begun + minutes * 60_000;
  const tell = (line: string) =>
    say(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  const schedule = scheduleOf(seed, jobs);
  const closings: (() => Promise<unknown>)[] = [];
  try {
    const server = await startTestServer('18');
    closings.unshift(server.stop);
    const engine = await privateEngine('', [image]);
    closings.unshift(engine.close);
    const socket = `${server.socketDirectory}/.s.PGSQL.5432`;
    const proxies = await Promise.all(Array.from({ length: runtimes }, () => tcpProxy(socket)));
    closings.unshift(() => Promise.all(proxies.map((proxy) => proxy.close())));
    const world = await FaultWorld.open({
      databaseUrl: server.url,
      engine: engine.host,
      env: { SEED_SLOTS: '8', SEED_LOG_LEVEL: 'info' },
    });
    closings.unshift(() => world.close());
    const source = await new JobSource(world).open(image);
    const disturbances = new Disturbances({ world, engine, server, proxies });
    await disturbances.open();
    tell(`${runtimes} runtimes at work; ${jobs} jobs, ${schedule.faults.length} faults`);

    const start = performance.now();
    const at = (ms: number) => delay(Math.max(0, start + ms - performance.now()));
    const disturb = async (fault: ScheduledFault) => {
      await at(fault.at);
      const { at: _, ...what } = fault;
      tell(JSON.stringify(what));
      await disturbances.carryOut(fault);
    };
    await Promise.all([
      ...schedule.faults.map(disturb),
      ...schedule.jobs.map(async (job) => {
        await at(job.at);
        await source.submit(job);
      }),
    ]);
    tell('every job submitted, no more faults');
    const problems = await allOver(world, deadline, tell);
    for (const [id, job] of source.submitted) problems.push(...(await problemsOfJob(world, id, job)));
    if (source.submitted.size !== jobs) problems.push(`${source.submitted.size} jobs of ${jobs}`);
    await world.clear().catch(() => undefined); // what is left is told below
    await disturbances.close();
    problems.push(...(await leftOver(world)), ...(await containersOf(world, engine.host)));
    const [facts] = await world.query<{ executions: number; adoptions: number }>(
      `select count(*) as executions, sum(epoch - 1) as adoptions from job_exe`,
    );
    tell(`${facts!.executions} executions, ${facts!.adoptions} adoptions, ${problems.length} problems`);
    return { problems, log: world.logs() };
  } finally {
    for (const close of closings) await close();
  }
}

async function allOver(world: FaultWorld, deadline: number, tell: (line: string) => void): Promise<string[]> {
  let last = -1;
  for (;;) {
    const rows = await world.query<{ id: number; status: string }>(
      `select id, status from job where ${open}`,
    );
    if (rows.length === 0) return [];
    if (performance.now() > deadline)
      return rows.map(({ id, status }) => `job ${id} is ${status}, and time is over`);
    if (rows.length !== last) tell(`${rows.length} jobs to go`);
    last = rows.length;
    await delay(1000);
  }
}

/** Also holders and helpers: none may outlive its runtime. */
async function containersOf(world: FaultWorld, host: string): Promise<string[]> {
  const { docker, close } = await testDocker({ DOCKER_HOST: host });
  try {
    const label = [`seedbed.installation=${world.db.installation}`];
    const containers = await docker.listContainers({ all: true, filters: { label } });
    return containers.map(({ Names, State }) => `container ${Names[0]} (${State})`);
  } finally {
    close();
  }
}
