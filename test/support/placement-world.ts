import {
  type Candidate,
  place,
  type PlacementNode,
  type QueueMode,
} from '../../runtime/scheduler/placement/index.ts';
import { queuedAt } from './placement.ts';

/** A job of a world: what it needs, and for how many rounds it runs. */
export interface WorldJob {
  readonly jobTypeId: number;
  readonly cpus: number;
  readonly rounds: number;
}

interface Running extends WorldJob {
  readonly jobId: number;
  readonly nodeId: number;
  readonly until: number;
}

/** Nodes on which jobs run and end, round by round, and a queue that is placed in each. */
export class World {
  /** Job ids in the order in which they started. */
  readonly started: number[] = [];
  #round = 0;
  #ids = 0;
  #running: Running[] = [];
  readonly #queue = new Map<number, Candidate & WorldJob>();
  readonly #cores: readonly number[];
  readonly #mode: QueueMode;

  /** @param cores of each node */
  constructor(cores: readonly number[], mode: QueueMode) {
    this.#cores = cores;
    this.#mode = mode;
  }

  get queued(): number {
    return this.#queue.size;
  }

  submit(job: WorldJob, priority = 100): number {
    const jobId = ++this.#ids;
    const queued = queuedAt(jobId);
    const resources = { cpus: job.cpus };
    this.#queue.set(jobId, { ...job, jobId, revisionId: 1, priority, queued, resources });
    return jobId;
  }

  /** What is over ends, then what can be placed starts. */
  next(): void {
    this.#round += 1;
    this.#running = this.#running.filter(({ until }) => until > this.#round);
    const nodes = this.#cores.map((_, at) => this.#node(at + 1));
    const types = new Set([...this.#queue.values(), ...this.#running].map(({ jobTypeId }) => jobTypeId));
    const loads = [...types].map((jobTypeId) => ({
      jobTypeId,
      running: this.#running.filter((each) => each.jobTypeId === jobTypeId).length,
      maxScheduled: null,
    }));
    const candidates = [...this.#queue.values()];
    const { placements } = place({ candidates, nodes, loads, mode: this.#mode, limit: Infinity });
    for (const { jobId, nodeId } of placements) {
      const job = this.#queue.get(jobId)!;
      this.#queue.delete(jobId);
      this.#running.push({ ...job, nodeId, until: this.#round + job.rounds });
      this.started.push(jobId);
    }
  }

  #node(id: number): PlacementNode {
    const cpus = this.#running
      .filter(({ nodeId }) => nodeId === id)
      .reduce((sum, each) => sum + each.cpus, 0);
    return {
      id,
      capacity: { cpus: this.#cores[id - 1] },
      promised: { cpus },
      freeSlots: 100,
      isReady: () => true,
    };
  }
}
