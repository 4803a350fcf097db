import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import {
  complete,
  type Completion,
  destinationOf,
  endingOf,
  type Places,
  publishElsewhere,
  remotePlaces,
  removePublished,
} from '../../completion/index.ts';
import { noteLeftovers, recordChecksums, type ScaleFile, type Workspaces } from '../../catalog/index.ts';
import type { Config } from '../../config/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import type { ExecutionKey, Observation, PreparedNetwork } from '../../engine/index.ts';
import { SeedbedError, toSeedbedError } from '../../errors/index.ts';
import {
  type AttemptDirectory,
  attemptDirectory,
  Detached,
  execute,
  keptConfiguration,
  logPathsIn,
  plan,
  type Result,
} from '../../execution/index.ts';
import {
  type ExecutionFacts,
  executionFacts,
  executionState,
  type HostPaths,
  interruptionCodes,
  keepConfiguration,
  type Retry,
} from '../../jobs/index.ts';
import type { Logger } from '../../logging/index.ts';
import { recipeContext } from '../../recipes/index.ts';
import type { LogStore, LogWriter } from '../../logs/index.ts';
import type { ContentCache, LocalWorkspace } from '../../workspace/index.ts';
import type { Ended, Executor, Task } from '../executor.ts';
import type { Observer } from '../observed.ts';
import { freshAttempt } from './attempt.ts';
import { moveOutput, setAside } from './destination.ts';
import { fetchInputs, inAttempt, type RemoteInput } from './input-files.ts';
import { takeOver } from './former-places.ts';
import { mayReuse } from './may-reuse.ts';
import { failed, leavesNothing, warned } from './outcome.ts';
import { persist } from './persist.ts';
import { outputWorkspaces, placesOf } from './places.ts';
import { documentOf } from './document.ts';
import type { DrivenJob, JobSource } from './request.ts';
import { retryOf } from './retry.ts';
import { SameWork, type Spared } from './same-work.ts';
import { Timeline } from './timeline.ts';

export interface DriverOptions {
  readonly db: LastingDatabase;
  readonly jobOf: JobSource;
  /** Absolute directory for the outputs of a job whose row names none; default: in the output workspace. */
  readonly destinationOf?: ((jobId: number) => Promise<string | null>) | undefined;
  readonly hostPaths: HostPaths;
  readonly config: Config;
  readonly logger: Logger;
  readonly logs: LogStore;
  /** For outputs of job types that name no other workspace. */
  readonly workspace: LocalWorkspace;
  /** All others. */
  readonly workspaces: Workspaces;
  /** Of inputs that have to be fetched. */
  readonly cache: ContentCache;
  /** What messages say of where a job's standard error is to be read; default: its file. */
  readonly standardErrorOf?: ((jobId: number, exeNum: number) => string) | undefined;
  /** Is told of each execution whose end is fact. */
  readonly observer?: Observer | undefined;
}

/** Seconds: what a shorter job uses is not worth what it costs to look. */
const measuredFrom = 1;

/** Carries executions out in containers, from their rows to their products. */
export function createDriver(options: DriverOptions): Executor {
  return { run: (task) => new Drive(options, task).run() };
}

/** One execution on its way. */
class Drive {
  readonly #options: DriverOptions;
  readonly #task: Task;
  readonly #key: ExecutionKey;
  readonly #log: Logger;
  readonly #timeline = new Timeline();
  #facts: ExecutionFacts | undefined;
  #result: Result | undefined;
  #retry: Retry | undefined;
  #attempt: AttemptDirectory;
  /** Checksums of inputs that were fetched, by `scale_file.id`. */
  #fetched: ReadonlyMap<number, string> = new Map();
  #same: SameWork | undefined;
  #network: PreparedNetwork | undefined;

  constructor(options: DriverOptions, task: Task) {
    this.#options = options;
    this.#task = task;
    const { id, jobId, exeNum, attemptDirectory: directory } = task.execution;
    this.#log = options.logger.child({ job: jobId, execution: id, attempt: exeNum });
    this.#attempt = attemptDirectory(directory);
    this.#key = { installation: options.db.installation, execution: id, attempt: 1 };
  }

  async run(): Promise<Ended | undefined> {
    const { node, adopted, detach } = this.#task;
    try {
      const facts = await persist(() => this.#read(), detach);
      if (!facts) return undefined;
      this.#facts = facts;
      const type = `${facts.typeName} ${facts.typeVersion}`;
      this.#log.info({ type, node: node.name, ...(adopted && { adopted: true }) }, 'execution started');
      return await this.#carryOut(facts);
    } catch (thrown) {
      // Its network is not given back: the job goes on in it.
      if (thrown instanceof Detached) return undefined;
      this.#log.error({ err: thrown }, 'an execution failed unexpectedly');
      this.#result = failed(toSeedbedError(thrown));
      return this.#ended(endingOf(this.#result, { stdout: null, stderr: null }));
    }
  }

  async #read(): Promise<ExecutionFacts | undefined> {
    const { db, destinationOf } = this.#options;
    const facts = await executionFacts(db, this.#task.execution, interruptionCodes);
    if (!facts || facts.destination !== null || !destinationOf) return facts;
    return { ...facts, destination: await destinationOf(facts.jobId) };
  }

  async #carryOut(facts: ExecutionFacts): Promise<Ended> {
    const { execution, node, detach } = this.#task;
    let job: DrivenJob;
    try {
      job = await persist(() => this.#options.jobOf(facts, node), detach);
    } catch (thrown) {
      if (thrown instanceof Detached) throw thrown;
      const result = (this.#result = failed(toSeedbedError(thrown)));
      const retry = (this.#retry = retryOf(result, facts, { retryErrors: [], memoryFactor: undefined }));
      return this.#ended({ ...endingOf(result, { stdout: null, stderr: null }), retry });
    }
    const { reuses, warning } = mayReuse(facts, job.request);
    const same = (this.#same = new SameWork(this.#options, this.#task, job, this.#log));
    if (reuses) {
      const spared = await this.#spared(facts, same);
      if (spared) return this.#over(spared.held);
    }
    const logs = logPathsIn(this.#options.logs.directoryOf(execution.id));
    const executed = await this.#execute(facts, job, logs);
    const result = (this.#result = warned(executed, warning));
    this.#timeline.end();
    // Its container has exited, so that the next one may have its network: none has to be made for it.
    if (result.exitCode !== null) this.#network?.release();
    const retry = (this.#retry = retryOf(result, facts, job.configuration));
    const publishes =
      facts.destination === null
        ? result.status === 'completed' && (same.isAwaited || !(await leavesNothing(result, this.#attempt)))
        : result.status === 'completed' || !retry;
    if (!publishes) return this.#ended({ ...endingOf(result, logs), retry });
    return {
      ...this.#ended(undefined, () => this.#record(facts, job, result, { ...logs }, retry)),
      unrecorded: (error) => this.#unrecorded(error, facts, job),
    };
  }

  /** Its files found no place, or the database did not take it: what was not wrong before is tried again as after any failure. */
  #unrecorded(error: SeedbedError, facts: ExecutionFacts, job: DrivenJob): Retry | undefined {
    if (this.#result!.status !== 'completed') return this.#retry;
    this.#result = failed(error);
    return (this.#retry = retryOf(this.#result, facts, job.configuration));
  }

  async #spared(facts: ExecutionFacts, same: SameWork): Promise<Spared | undefined> {
    const found = await this.#container();
    if (found === undefined || found.state === 'created') return same.find(facts);
    same.adopt();
    return undefined;
  }

  /** The database knows already how it ends. */
  #over(held: boolean): Ended {
    return {
      execution: this.#task.execution,
      record: async () => held,
      after: () => this.#clearUp(held),
    };
  }

  async #execute(
    facts: ExecutionFacts,
    job: DrivenJob,
    logs: { stdout: string; stderr: string },
  ): Promise<Result> {
    const { db, config, logs: store } = this.#options;
    const { execution, node, adopted, cancel, detach } = this.#task;
    let sink: LogWriter | undefined;
    let noting: NodeJS.Timeout | undefined;
    try {
      const container = await this.#container();
      const isThere = container !== undefined && container.state !== 'created';
      if (isThere) {
        const places = await persist(() => this.#places(facts, job), detach);
        const take = () => takeOver(this.#options, execution, facts, job.inputs, places);
        this.#attempt = await persist(take, detach);
      } else {
        this.#attempt = await persist(() => freshAttempt(db, execution, adopted !== undefined), detach);
        if (job.request.network === undefined) this.#network = await node.networks.acquire();
      }
      // Of a first launch there is nothing to remove; who wakes up late must not remove what an adopter wrote.
      sink = store.writer(execution.id, { resume: isThere || !adopted });
      // Takes its place before the launch, and so before every adopter: what it may write afterwards is not read.
      await sink.write({ stream: 'stdout', data: Buffer.alloc(0) });
      const network = job.request.network ?? this.#network?.network ?? 'none';
      const files = inAttempt(job.request.files, this.#attempt.path);
      const request = { ...job.request, files, network };
      const identity = {
        jobId: execution.jobId,
        exeNum: execution.exeNum,
        recipeId: facts.recipeId ?? undefined,
        batchId: facts.batchId ?? undefined,
      };
      const planned = plan(request, identity, node.machine, config);
      const configuration = { ...keptConfiguration(request, planned), ...outputWorkspaces(facts, job) };
      noting = this.#noteOfLong(configuration);
      const result = await execute({
        engine: node.engine,
        config,
        logger: this.#log,
        key: this.#key,
        runtime: execution.runtime,
        request,
        plan: planned,
        attempt: this.#attempt,
        logs,
        standardError: this.#options.standardErrorOf?.(execution.jobId, execution.exeNum),
        sink,
        document: await persist(() => documentOf(db, facts, job.inputs), detach),
        unhashed: unhashed(job),
        labels: { 'scale-job-id': `${execution.jobId}` },
        keep: false,
        signal: cancel,
        measureAfter: measuredFrom,
        stopwatch: this.#timeline.stopwatch(),
        leave: true,
        timeout: adopted && facts.timeout > 0 ? Math.max(0.001, facts.timeout - adopted.age) : facts.timeout,
        adopted: isThere,
        detach,
        ...(job.remote?.length && { fetch: (signal: AbortSignal) => this.#fetch(job.remote!, signal) }),
      });
      return { ...result, configuration };
    } catch (thrown) {
      if (thrown instanceof Detached) throw thrown;
      const error = toSeedbedError(thrown);
      if (error.error === 'target-not-found') node.images.forget(facts.image);
      return failed(error);
    } finally {
      clearTimeout(noting);
      // One that was not used: nothing was launched.
      await (detach.aborted ? sink?.leave() : sink?.end())?.catch(() => undefined);
    }
  }

  /** While a job runs for long it can be seen what it runs with; for others that is known with their end. */
  #noteOfLong(configuration: object): NodeJS.Timeout {
    const note = () =>
      keepConfiguration(this.#options.db, this.#task.execution, configuration).catch((err: unknown) =>
        this.#log.debug({ err }, 'what it runs with is known with its end only'),
      );
    return setTimeout(() => void note(), measuredFrom * 1000);
  }

  async #fetch(remote: readonly RemoteInput[], signal: AbortSignal): Promise<void> {
    const { db, cache } = this.#options;
    const learnt = await fetchInputs(cache, remote, this.#attempt.path, signal);
    this.#fetched = learnt;
    await persist(() => recordChecksums(db, learnt), this.#task.detach);
  }

  /** @returns what there is to adopt; an engine that is away is waited for @throws engine-interrupted, Detached */
  async #container(): Promise<Observation | undefined> {
    const { adopted, detach } = this.#task;
    const deadline = performance.now() + this.#options.config.engineWait * 1000;
    for (;;) {
      if (detach.aborted) throw new Detached();
      try {
        return await adopted?.container();
      } catch (thrown) {
        if (performance.now() > deadline) throw new SeedbedError('engine-interrupted', {}, { cause: thrown });
        await delay(500, undefined, { signal: detach }).catch(() => undefined);
      }
    }
  }

  /** Files first, then the transaction that names them. @returns whether the execution was still ours */
  async #record(
    facts: ExecutionFacts,
    job: DrivenJob,
    result: Result,
    logs: Completion['logs'],
    retry: Retry | undefined,
  ): Promise<boolean> {
    const { db, config, workspaces } = this.#options;
    const { execution } = this.#task;
    this.#timeline.begin('record');
    if ((await executionState(db, execution)) !== 'ours') return false;
    const places = await this.#places(facts, job);
    const destination = destinationOf(places.main);
    const { output } = this.#attempt;
    const isOutput = existsSync(output);
    if (isOutput && destination !== undefined) await setAside(destination, this.#attempt.path);
    for (const { workspace, directory } of remotePlaces(places))
      await noteLeftovers(db, execution.id, workspace.id, directory);
    const writer = `${db.installation}/${execution.id}`;
    const source = isOutput || destination === undefined ? output : destination;
    const versions = await publishElsewhere(source, result.files, places, writer);
    if (destination !== undefined && (isOutput || result.status === 'completed'))
      await moveOutput(output, destination);
    const json = new Map(Object.entries(facts.json));
    const { jobTypeId } = facts;
    const completion = {
      execution,
      jobTypeId,
      places,
      versions,
      inputs: job.inputs,
      pathOf: job.pathOf,
      workspaceOf: (file: ScaleFile) => workspaces.byId(file.workspace.id),
      json,
      logs,
      retry,
      identityOf: (checksums: Result['inputChecksums']) => this.#same?.identity(checksums, this.#fetched),
      recipes: recipeContext(db, config, this.#log),
    };
    if (!(await complete(db, completion, result))) return false;
    await removePublished(result.files, places).catch((err: unknown) =>
      this.#log.warn({ err }, 'products that moved on are here, too'),
    );
    return true;
  }

  #places(facts: ExecutionFacts, job: DrivenJob): Promise<Places> {
    return placesOf(this.#options, facts, this.#task.execution.id, job);
  }

  #ended(ending: Ended['ending'], record?: () => Promise<boolean>): Ended {
    return {
      execution: this.#task.execution,
      ...(ending && { ending }),
      ...(record && { record }),
      after: async (held) => {
        if (held) this.#observe();
        await this.#same?.wake();
        await this.#clearUp(held);
      },
    };
  }

  /** The end is fact. */
  #observe(): void {
    const { execution, node } = this.#task;
    const result = this.#result!;
    const { error, exitCode } = result;
    const [retried, from, to] = [this.#retry !== undefined, this.#timeline.from, Date.now()];
    const status = endingOf(result, { stdout: null, stderr: null }).status;
    this.#log.info(
      {
        status,
        ...(error && { error: error.name, ...(error.category === 'system' && { reason: error.message }) }),
        exitCode,
        retried,
        ms: to - from,
      },
      'execution ended',
    );
    try {
      this.#options.observer?.({
        execution,
        node: node.name,
        facts: this.#facts,
        status,
        error,
        exitCode,
        files: result.files.length,
        retried,
        from,
        to,
        stretches: this.#timeline.stretches,
      });
    } catch (err) {
      this.#log.warn({ err }, 'an execution could not be measured');
    }
  }

  /** What another runtime adopted is its to clear up. What cannot be removed now, the sweep removes later. */
  async #clearUp(held: boolean): Promise<void> {
    const { db } = this.#options;
    const { execution, node } = this.#task;
    try {
      if (!held && (await executionState(db, execution)) === 'adopted') return;
      await node.engine.remove(this.#key);
      this.#network?.release();
      for (const directory of new Set([this.#attempt.path, execution.attemptDirectory]))
        await rm(directory, { recursive: true, force: true });
    } catch (err) {
      this.#log.warn({ err }, 'not everything of an execution could be removed');
    }
  }
}

function unhashed({ inputs, pathOf }: DrivenJob): string[] {
  const rows = [...inputs.values()].flat().filter((row) => row.sha256 === null);
  return [...new Set(rows.flatMap((row) => pathOf(row) ?? []))];
}
