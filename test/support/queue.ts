import { randomUUID } from 'node:crypto';
import type { Database } from '../../runtime/database/index.ts';
import {
  claimMany,
  type NewJob,
  readWorld,
  registerJobType,
  registerNode,
  registerRuntime,
  type Resources,
  type Scheduled,
  submitMany,
} from '../../runtime/jobs/index.ts';
import { manifestDocument, testManifest } from './manifest.ts';

/** A queue for tests of its SQL: job types, a node with slots, and jobs that nobody carries out. */
export class TestQueue {
  readonly #db: Database;
  readonly name = `queue-${randomUUID()}`;
  nodeId = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  /** A node of its own, and this process as the runtime that drives it. */
  async open(slots = 4, capacity: Resources = { cpus: 8, mem: 1024, disk: 1024 }): Promise<this> {
    this.nodeId = await registerNode(this.#db, {
      name: this.name,
      hostname: 'here',
      engine: 'none',
      version: 'none',
      capacity,
      slots,
    });
    await this.live();
    return this;
  }

  live(runtime = this.#db.presence.runtime): Promise<void> {
    return registerRuntime(this.#db, { runtime, hostname: 'here', pid: 1, nodes: [this.nodeId] });
  }

  async type(name: string = randomUUID(), image = 'image:1') {
    return registerJobType(this.#db, testManifest({ name }), manifestDocument({ name }), image, 'jane');
  }

  /** Submits jobs of a type, in this order. */
  submit(type: NewJob['type'], ...jobs: Partial<NewJob>[]): Promise<number[]> {
    return submitMany(
      this.#db,
      jobs.map((job) => ({
        type,
        timeout: 60,
        files: {},
        json: {},
        configuration: {},
        maxTries: 3,
        actor: 'jane',
        queue: this.name,
        ...job,
      })),
    );
  }

  world(window = 10) {
    return this.#db.transaction((tx) => readWorld(tx, { nodes: [this.nodeId], queue: this.name, window }));
  }

  /** Claims these jobs into the first free slots. */
  claim(jobIds: readonly number[], runtime = this.#db.presence.runtime): Promise<Scheduled[]> {
    return this.#db.transaction(async (tx) => {
      const world = await readWorld(tx, { nodes: [this.nodeId], queue: this.name, window: 10 });
      const { freeSlots: free = [], claims = 0 } = world.nodes[0] ?? {};
      const assignments = jobIds.map((jobId, at) => ({
        jobId,
        nodeId: this.nodeId,
        slot: free[at]!,
        claims,
      }));
      return claimMany(tx, runtime, assignments, '/attempts');
    });
  }

  async job(id: number) {
    const [row] = await this.#db.query<{
      status: string;
      num_exes: number;
      max_tries: number;
      priority: number;
      not_before: string | null;
      resources: Resources;
      error: { name?: string } | null;
    }>('select * from job where id = $1', [id]);
    return row!;
  }

  async events(jobId: number): Promise<string[]> {
    const rows = await this.#db.query<{ kind: string }>(
      `select kind from event where entity = 'job' and entity_id = $1 order by id`,
      [jobId],
    );
    return rows.map(({ kind }) => kind);
  }

  /** Slots that are taken. */
  async taken(): Promise<{ index: number; job_exe_id: number; runtime: string }[]> {
    return this.#db.query(
      'select index, job_exe_id, runtime from slot where node_id = $1 and job_exe_id is not null order by index',
      [this.nodeId],
    );
  }
}
