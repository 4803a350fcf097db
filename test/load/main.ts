import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { jobImage, manifestOf } from '../support/cli-jobs.ts';
import { testHome } from '../support/database.ts';
import { simulatedImage } from '../support/simulated.ts';
import { LoadClient } from './client.ts';
import { pressure } from './pressure.ts';

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '200' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
    slower: { type: 'string', default: '1.10' },
  },
});
const [connections, rate, seconds, slower] = [
  Number(values.connections),
  Number(values.rate),
  Number(values.seconds),
  Number(values.slower),
];
const token = 'the-token-of-the-load-test';

/** Jobs, so many at once and one after the other, for that time. @returns from submission to end, milliseconds, sorted */
async function runJobs(client: LoadClient, type: number, atOnce: number, ms: number): Promise<number[]> {
  const until = performance.now() + ms;
  const took: number[] = [];
  const lane = async () => {
    while (performance.now() < until) {
      const { id } = await client.post('jobs/', {
        job_type_id: type,
        input: { version: '7', files: {}, json: {} },
        configuration: { priority: 1 },
      });
      for (;;) {
        const job = JSON.parse((await client.ask('GET', `jobs/${id}/`)).text) as Record<string, string>;
        if (job.status === 'FAILED') throw new Error(`job ${id} failed: ${JSON.stringify(job.error)}`);
        if (job.status !== 'COMPLETED') {
          await delay(100);
          continue;
        }
        took.push(Date.parse(job.ended!) - Date.parse(job.created!));
        break;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return took.sort((a, b) => a - b);
}

const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? NaN;

async function main(): Promise<number> {
  const { home, remove } = await testHome();
  const image = await jobImage({ name: 'load-real', script: 'sleep 1', resources: { cpus: 0.1, mem: 16 } });
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'service.ts')], {
    env: { ...process.env, SEED_HOME: home, SEED_TOKEN: token, SEED_SLOTS: '24' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  // Whoever is told to end ends the service, too, which clears up; the rest follows from that.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill('SIGTERM'));
  try {
    const [port] = (await once(createInterface(child.stdout), 'line')) as [string];
    const [jobs, load] = [
      new LoadClient(Number(port), token, 16),
      new LoadClient(Number(port), token, connections),
    ];
    const manifest = manifestOf({
      name: 'load-simulated',
      script: 'true',
      resources: { cpus: 0.1, mem: 16 },
    });
    const simulated = (await jobs.post('job-types/', { docker_image: simulatedImage, manifest })).id;
    const real = (await jobs.post('job-types/', { docker_image: image })).id;
    const both = (ms: number) => Promise.all([runJobs(jobs, simulated, 4, ms), runJobs(jobs, real, 1, ms)]);
    await both(2000); // images and statements are known from now on
    const alone = await both(seconds * 1000);
    const pressing = pressure(load, { connections, rate, seconds, jobType: simulated });
    const under = await both(seconds * 1000);
    const { requests, errors, p95 } = await pressing;
    [jobs, load].forEach((client) => client.close());

    console.log(`${cpus().length} cores, shared by service, database, jobs and this client`);
    console.log(
      `load: ${connections} connections, ${requests} requests in ${seconds} s, p95 ${p95} ms, ${errors.length} errors`,
    );
    for (const words of new Set(errors)) console.log(`  ${words}`);
    let worst = 0;
    ['simulated', 'real'].forEach((name, at) => {
      const [before, during] = [alone[at]!, under[at]!];
      const ratio = median(during) / median(before);
      worst = Math.max(worst, ratio);
      console.log(
        `${name} jobs: ${before.length} alone, p50 ${median(before)} ms (the yardstick); ${during.length} under load, p50 ${median(during)} ms; ratio ${ratio.toFixed(2)}`,
      );
    });
    if (worst > slower) console.log(`jobs were slowed by more than ${Math.round((slower - 1) * 100)} %`);
    return errors.length > 0 || !(worst <= slower) ? 1 : 0;
  } finally {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
    await ended;
    clearTimeout(late);
    await remove();
  }
}

process.exitCode = await main();
