import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { jobImage, manifestOf } from '../support/cli-jobs.ts';
import { testHome } from '../support/database.ts';
import { programArguments } from '../support/programs.ts';
import { simulatedImage } from '../support/simulated.ts';
import { LoadClient } from './client.ts';

const token = 'the-token-of-the-load-test';
const root = path.join(import.meta.dirname, '..', '..');

/** A service in a process of its own, with a job type for each of its two engines. */
export interface LoadWorld {
  /** For jobs that are measured: connections beside those of the load. */
  readonly jobs: LoadClient;
  /** Ids of job types: a simulated container that runs a second, and a real one that sleeps a second. */
  readonly types: { readonly simulated: number; readonly real: number };
  /** So many clients of one connection each. */
  connections(count: number): LoadClient[];
  /** Ends the service once its jobs have ended, and removes its files. */
  close(): Promise<void>;
}

export async function loadWorld(): Promise<LoadWorld> {
  const { home, remove } = await testHome();
  const image = await jobImage({ name: 'load-real', script: 'sleep 1', resources: { cpus: 0.1, mem: 16 } });
  const child = spawn(process.execPath, programArguments('load/service'), {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', SEED_HOME: home, SEED_TOKEN: token, SEED_SLOTS: '24' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  // Whoever is told to end ends the service, too, which clears up; the rest follows from that.
  const stop = () => child.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const clients: LoadClient[] = [];
  const client = (port: number, connections: number) => {
    const made = new LoadClient(port, token, connections);
    clients.push(made);
    return made;
  };
  const close = async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
    clients.forEach((each) => each.close());
    stop();
    const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
    await ended;
    clearTimeout(late);
    await remove();
  };
  try {
    const lines = createInterface(child.stdout);
    const first = await Promise.race([once(lines, 'line'), ended.then(() => undefined)]);
    if (!first) throw new Error('the service ended before it listened');
    const port = Number(first[0]);
    const jobs = client(port, 16);
    const manifest = manifestOf({
      name: 'load-simulated',
      script: 'true',
      resources: { cpus: 0.1, mem: 16 },
    });
    const simulated = (await jobs.post('job-types/', { docker_image: simulatedImage, manifest })).id;
    const real = (await jobs.post('job-types/', { docker_image: image })).id;
    return {
      jobs,
      types: { simulated, real },
      connections: (count) => Array.from({ length: count }, () => client(port, 1)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
