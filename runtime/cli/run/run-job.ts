import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { contextDocument, filesById, type ScaleFile } from '../../catalog/index.ts';
import { complete, type Products, publish } from '../../completion/index.ts';
import type { Config } from '../../config/index.ts';
import { connect, type Database } from '../../database/index.ts';
import type { Engine, EngineCapabilities, ExecutionKey } from '../../engine/index.ts';
import { type ExitCode, SeedbedError, toSeedbedError } from '../../errors/index.ts';
import { execute, logPathsIn, plan, type Result, type Stopwatch } from '../../execution/index.ts';
import type { Logger } from '../../logging/index.ts';
import { type DescribedExecution, executionIdentity, type Identity } from '../../provenance/index.ts';
import { loadSecretKey } from '../../secrets/index.ts';
import type { Progress } from '../progress/progress.ts';
import { addResult, type Draft, exitOf, fileDocuments, productDocuments } from './document.ts';
import type { OutputDirectory } from './output-directory.ts';
import type { Prepared } from './prepare.ts';
import { reap } from './reap.ts';
import { register, type Registration } from './registration.ts';
import { describedRun, reuseInstead } from './reuse-run.ts';

/** Everything that one prepared run works with. */
export interface RunningJob {
  readonly db: Database;
  readonly engine: Engine;
  readonly machine: EngineCapabilities;
  readonly config: Config;
  readonly logger: Logger;
  readonly prepared: Prepared;
  readonly directory: OutputDirectory;
  /** Filled in as the run goes on. */
  readonly draft: Draft;
  readonly stopwatch: Stopwatch;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly keep: boolean;
  /** Whether what an earlier execution made may be taken. */
  readonly reuse: boolean;
}

/**
 * Registers, executes and completes one job; clears up after dead processes meanwhile.
 * @returns the command's exit code, and the name of the container if there was one
 */
export async function runJob(run: RunningJob): Promise<{ exit: 0 | ExitCode; container: string | null }> {
  const { db, draft, stopwatch, directory, prepared } = run;
  const { request } = prepared;
  const beside: Promise<void>[] = [];
  try {
    const checked = plan(request, { jobId: 0, exeNum: 1 }, run.machine, run.config);
    const registration = await stopwatch.time('register', () =>
      register(db, prepared, checked, directory.attempt.path),
    );
    run.logger.debug({ execution: registration.execution, image: request.image.id }, 'registered');
    // Not before: it would ask database and engine for what the launch waits for.
    beside.push(
      reap(db, run.engine, run.logger).catch((err: unknown) => run.logger.warn({ err }, 'not reaped')),
    );
    const json = new Map([...request.json].map(([name, { value }]) => [name, value]));
    draft.inputs = {
      files: fileDocuments(registration.pathOf, registration.inputs),
      json: Object.fromEntries(json),
    };
    const described = describedRun(run, checked, await identityKey(run));
    if (run.reuse && (await stopwatch.time('register', () => reuseInstead(run, registration, described)))) {
      return { exit: 0, container: null };
    }
    const result = await executeJob(run, registration, json, (removal) => beside.push(removal));
    addResult(draft, result);
    if (result.container === null) draft.logs = { stdout: null, stderr: null };
    const products = await stopwatch.time('complete', () =>
      completeJob(run, registration, result, json, described),
    );
    draft.outputs.files = await withNewConnection(db, run.config, (current) =>
      productDocuments(current, registration.workspace, products),
    );
    draft.inputs.files = fileDocuments(
      registration.pathOf,
      await withNewConnection(db, run.config, (current) => reread(current, registration.inputs)),
    );
    return { exit: exitOf(result), container: result.container };
  } finally {
    await Promise.all(beside);
  }
}

async function executeJob(
  run: RunningJob,
  { execution, inputs, pathOf }: Registration,
  json: ReadonlyMap<string, unknown>,
  onRemoval: (removal: Promise<void>) => void,
): Promise<Result> {
  const { request } = run.prepared;
  const key: ExecutionKey = {
    installation: run.db.installation,
    execution: execution.id,
    attempt: execution.epoch,
  };
  const logs = logPathsIn(path.join(run.config.home, 'logs', run.db.installation, `${execution.id}`));
  run.draft.logs = { ...logs };
  const rows = [...inputs.values()].flat();
  return execute({
    engine: run.engine,
    config: run.config,
    logger: run.logger,
    key,
    runtime: execution.runtime,
    request,
    plan: plan(request, { jobId: execution.jobId, exeNum: execution.exeNum }, run.machine, run.config),
    attempt: run.directory.attempt,
    logs,
    document: await contextDocument(inputs, json, run.prepared.known?.recipe),
    unhashed: [...new Set(rows.filter((row) => row.sha256 === null).map(pathOf))],
    labels: { 'scale-job-id': `${execution.jobId}` },
    keep: run.keep,
    signal: run.signal,
    stopwatch: run.stopwatch,
    onLog: (chunk) => run.progress.log(chunk),
    onRemoval,
    onUsage: run.progress.usage && ((usage) => run.progress.usage?.(usage)),
  });
}

/** Files first, then the transaction that names them. @returns the products by output */
async function completeJob(
  { db, config, directory, draft, prepared }: RunningJob,
  { workspace, execution, type, inputs, pathOf }: Registration,
  result: Result,
  json: ReadonlyMap<string, unknown>,
  described: Omit<DescribedExecution, 'inputs'>,
): Promise<Products> {
  const { request } = described;
  const logs = { stdout: draft.logs.stdout, stderr: draft.logs.stderr };
  const completion = {
    execution,
    jobTypeId: type.jobTypeId,
    places: {
      main: { workspace, directory: workspace.filePath(directory.path) },
      elsewhere: new Map(),
    },
    inputs,
    pathOf,
    json,
    logs,
    identityOf: (checksums: Result['inputChecksums']) => {
      const identity = identityOrNone(() =>
        executionIdentity({ ...described, inputs }, (file) => file.sha256 ?? checksums.get(pathOf(file))),
      );
      return identity && { identity, image: request.image, imageReference: request.imageReference };
    },
  };
  const finish = (outcome: Result) =>
    withNewConnection(db, config, (current) => complete(current, completion, outcome));
  try {
    await publish(workspace, directory.attempt.output, directory.path);
    await rm(directory.attempt.path, { recursive: true, force: true });
    const products = await finish(prepared.known ? { ...result, parsedInputs: new Map() } : result);
    if (!products) throw new SeedbedError('runtime-lost', {});
    return products;
  } catch (thrown) {
    // What cannot become fact must not be taken for running; a database that is gone cannot be told.
    await finish(unpublished(result, thrown)).catch(() => undefined);
    throw thrown;
  }
}

/** Settings that are secret are told apart by it; who has none needs none. */
async function identityKey({ prepared, config }: RunningJob): Promise<KeyObject> {
  const isSecret = prepared.request.manifest.job.interface.settings.some(({ secret }) => secret);
  return isSecret ? (await loadSecretKey(config)).key : createSecretKey(randomBytes(32));
}

/** A run that has none is a run all the same. */
function identityOrNone(identity: () => Identity | undefined): Identity | undefined {
  try {
    return identity();
  } catch {
    return undefined;
  }
}

function unpublished(result: Result, thrown: unknown): Result {
  const { error, title, category, sentence, code } = toSeedbedError(thrown);
  return {
    ...result,
    status: 'failed',
    files: [],
    json: {},
    parsedInputs: new Map(),
    error: { name: error, title, category, message: sentence, code },
  };
}

/** A job may outlive the database's server: its result is worth another connection, which starts the embedded one again. */
async function withNewConnection<Value>(
  db: Database,
  config: Config,
  work: (db: Database) => Promise<Value>,
): Promise<Value> {
  try {
    return await work(db);
  } catch (thrown) {
    if (!(thrown instanceof SeedbedError) || thrown.error !== 'database-unreachable') throw thrown;
    const again = await connect(config);
    try {
      return await work(again);
    } finally {
      await again.close();
    }
  }
}

/** A job may have changed the rows of its own inputs, and their checksums are there now. */
async function reread(
  db: Database,
  inputs: ReadonlyMap<string, readonly ScaleFile[]>,
): Promise<Map<string, ScaleFile[]>> {
  const ids = [...inputs.values()].flat().map((row) => row.id);
  const rows = new Map((await filesById(db, ids)).map((row) => [row.id, row]));
  return new Map([...inputs].map(([name, of]) => [name, of.map((row) => rows.get(row.id) ?? row)]));
}
