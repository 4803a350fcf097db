import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { localWorkspace, registerSources } from '../../runtime/catalog/index.ts';
import { isPassing } from '../../runtime/database/index.ts';
import type { JobTypeDetails } from '../../runtime/jobs/index.ts';
import type { FaultWorld } from '../support/fault-world.ts';
import { contentOf, type Kind, kindOf, kinds } from './kinds.ts';
import type { ScheduledJob } from './schedule.ts';

/** A job of the schedule, by its `job.id`. */
export type Submitted = ReadonlyMap<number, ScheduledJob>;

/** Knows the job types and the input files, and submits jobs at their time. */
export class JobSource {
  readonly submitted = new Map<number, ScheduledJob>();
  readonly #world: FaultWorld;
  readonly #types = new Map<Kind, JobTypeDetails>();
  readonly #inputs: number[] = [];

  constructor(world: FaultWorld) {
    this.#world = world;
  }

  async open(image: string): Promise<this> {
    for (const kind of Object.keys(kinds) as Kind[]) {
      const { draft } = kindOf(kind);
      const json = [{ name: 'N', type: 'integer' }];
      this.#types.set(kind, await this.#world.type({ timeout: 600, ...draft, name: kind, json }, image));
    }
    const workspace = await localWorkspace(this.#world.db);
    for (let number = 0; number < 7; number++) {
      const file = path.join(this.#world.home, `input-${number}.txt`);
      await writeFile(file, contentOf(number));
      const { size, mtimeNs, ino } = await stat(file, { bigint: true });
      const seen = { path: file, size: Number(size), mtimeNs, inode: ino };
      const [row] = await registerSources(this.#world.db, workspace, [seen]);
      this.#inputs.push(row!.id);
    }
    return this;
  }

  /** Submits it, and asks for its end where that is its lot; a database that is away is waited for. */
  async submit(job: ScheduledJob): Promise<void> {
    const type = this.#types.get(job.kind)!;
    const files = job.kind === 'copies' ? { IN: [this.#inputs[job.number % 7]!] } : {};
    // The key makes it one job, also when the answer to the first request was lost.
    const id = await persist(() =>
      this.#world.submit(type, { files, json: { N: job.number } }, `fault-job-${job.number}`),
    );
    this.submitted.set(id, job);
    if (job.cancelAfter === undefined) return;
    await delay(job.cancelAfter);
    await persist(() => this.#world.cancel([id]));
  }
}

async function persist<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;)
    try {
      return await work();
    } catch (thrown) {
      if (!isPassing(thrown)) throw thrown;
      await delay(200);
    }
}
