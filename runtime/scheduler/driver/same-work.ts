import { hasCode, type LastingDatabase } from '../../database/index.ts';
import type { Config } from '../../config/index.ts';
import type { Workspaces } from '../../catalog/index.ts';
import { Detached, planResources, type Result } from '../../execution/index.ts';
import type { ExecutionFacts } from '../../jobs/index.ts';
import type { Logger } from '../../logging/index.ts';
import {
  type ExecutedIdentity,
  executionIdentity,
  type OpenWorkspace,
  putBack,
  reuse,
  standingOf,
  type Verdict,
  wakeAwaiting,
} from '../../provenance/index.ts';
import { recipeContext } from '../../recipes/index.ts';
import type { Task } from '../executor.ts';
import { persist } from './persist.ts';
import { placeCopies } from './place-copies.ts';
import type { DrivenJob } from './request.ts';

/** How an execution ends that need not work; `held`: whether it was still ours. */
export interface Spared {
  readonly held: boolean;
}

/** What an execution has to do with others of the same identity: it takes what one made, waits for one, or is waited for. */
export class SameWork {
  readonly #db: LastingDatabase;
  readonly #config: Config;
  readonly #workspaces: Workspaces;
  readonly #task: Task;
  readonly #job: DrivenJob;
  readonly #log: Logger;
  #isAwaited = false;

  constructor(
    {
      db,
      config,
      workspaces,
    }: { readonly db: LastingDatabase; readonly config: Config; readonly workspaces: Workspaces },
    task: Task,
    job: DrivenJob,
    log: Logger,
  ) {
    this.#db = db;
    this.#config = config;
    this.#workspaces = workspaces;
    this.#task = task;
    this.#job = job;
    this.#log = log;
  }

  /** Whether others may wait for its end. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** Others may have waited for it since before it was adopted. */
  adopt(): void {
    this.#isAwaited = true;
  }

  /** @returns how the execution ends where it need not work; undefined: it has to @throws Detached */
  async find(facts: Pick<ExecutionFacts, 'typeName' | 'destination'>): Promise<Spared | undefined> {
    const { execution, detach } = this.#task;
    this.#isAwaited = true;
    for (;;) {
      const verdict = await persist(() => insist(() => this.#decide(facts)), detach).catch(
        (thrown: unknown) => {
          if (thrown instanceof Detached) throw thrown;
          this.#log.warn({ err: thrown }, 'whether it was done before cannot be told: it runs');
          return { kind: 'runs' } as const;
        },
      );
      if (verdict.kind === 'runs') return undefined;
      if (verdict.kind === 'lost') return { held: false };
      if (verdict.kind === 'taken') {
        this.#isAwaited = false;
        const { id, jobId } = verdict.done;
        this.#log.info({ reused: { execution: id, job: jobId } }, 'reuses what was made before');
        return { held: true };
      }
      const { jobExeId } = verdict;
      if ((await persist(() => standingOf(this.#db, jobExeId), detach)) === 'over') continue;
      const waiting = await persist(() => insist(() => putBack(this.#db, execution, jobExeId)), detach);
      if (waiting === 'over') continue;
      this.#isAwaited = waiting === 'canceled';
      if (waiting === 'canceled') return undefined;
      this.#log.info(
        { awaited: jobExeId, type: facts.typeName },
        'waits for an execution of the same identity',
      );
      return { held: waiting === 'waits' };
    }
  }

  #decide({ destination }: Pick<ExecutionFacts, 'destination'>): Promise<Verdict> {
    const { execution, cancel } = this.#task;
    const open: OpenWorkspace = (id) => this.#workspaces.byId(id);
    const { manifest } = this.#job.request;
    return reuse({
      db: this.#db,
      execution,
      described: this.#described(),
      open,
      ...(destination !== null && {
        place: (done) => placeCopies({ db: this.#db, open, execution, manifest, destination }, done),
      }),
      recipes: recipeContext(this.#db, this.#config, this.#log),
      signal: cancel,
    });
  }

  #described() {
    const { request, inputs, identityKey: key } = this.#job;
    const { allocated } = planResources(request, this.#task.node.machine, this.#config);
    return { request, inputs, allocated, key };
  }

  /**
   * What the execution worked under; undefined where that cannot be told.
   * @param checksums of inputs that were read in their places, by absolute path
   * @param fetched of inputs that were fetched, by `scale_file.id`
   */
  identity(
    checksums: Result['inputChecksums'],
    fetched: ReadonlyMap<number, string>,
  ): ExecutedIdentity | undefined {
    const { request, pathOf } = this.#job;
    const { image, imageReference } = request;
    try {
      const identity = executionIdentity(this.#described(), (file) => {
        const read = pathOf(file);
        return file.sha256 ?? fetched.get(file.id) ?? (read === undefined ? undefined : checksums.get(read));
      });
      return identity && { identity, image, imageReference };
    } catch (err) {
      this.#log.debug({ err }, 'an execution has no identity');
      return undefined;
    }
  }

  /** Jobs of the same identity go on; those that are not told now are found by the next look of any runtime. */
  async wake(): Promise<void> {
    if (!this.#isAwaited) return;
    try {
      if ((await wakeAwaiting(this.#db, this.#task.execution.id)) > 0) this.#db.notify('queue');
    } catch (err) {
      this.#log.debug({ err }, 'those that wait for an execution could not be told');
    }
  }
}

/** Two transactions that were in each other's way: one of them is done again. */
async function insist<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      if (!hasCode(thrown, '40P01', '40001')) throw thrown;
    }
  }
}
