import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../../runtime/client/index.ts';
import { until } from '../support/cli-files.ts';
import type { TestCluster } from './test-cluster.ts';

/** A job of half a second, and what it makes. */
export const short = {
  name: 'cluster-short',
  outputs: [{ name: 'MINE', pattern: 'mine' }],
  resources: { cpus: 0.1, mem: 16 },
  script: 'sleep 0.5; echo job $SCALE_JOB_ID > $OUTPUT_DIR/mine',
};

/** More than the slots of a node with two cores: some run, and some wait. */
const open = 8;

/** Keeps jobs of the type `short` in the queue of a cluster, each asked for until it is taken, whatever happens to the cluster. */
export class Load {
  /** Those that were taken. */
  readonly jobs: number[] = [];
  readonly #client: Promise<Client>;
  readonly #working: Promise<void>;
  #stopped = false;

  constructor(cluster: TestCluster) {
    this.#client = cluster.client();
    this.#working = this.#work();
  }

  /** Ends it. @throws when a job was never taken */
  stop(): Promise<void> {
    this.#stopped = true;
    return this.#working;
  }

  /** Resolves when the cluster has completed so many more jobs. */
  async completes(count: number): Promise<void> {
    const before = await this.#completed();
    await until(`${count} more jobs`, async () => (await this.#completed()) >= before + count, 180);
  }

  async #completed(): Promise<number> {
    const client = await this.#client;
    return until('the number of jobs', () => client.jobs({ status: 'COMPLETED' }).then(countOf, later), 120);
  }

  async #work(): Promise<void> {
    const client = await this.#client;
    while (!this.#stopped) {
      const queue = await client.jobs({ status: ['QUEUED', 'RUNNING'] }).then(countOf, later);
      for (let missing = queue === undefined ? 1 : open - queue; missing > 0; missing -= 1) {
        const key = randomUUID();
        const job = { job_type: { name: short.name, version: '1.0.0' }, input: {} };
        const { id } = await until('a job to be taken', () => client.submitJob(job, key).catch(later), 120);
        this.jobs.push(id);
      }
      await pause(100);
    }
  }
}

const countOf = (page: { readonly count: number }) => page.count;
const later = () => undefined;
