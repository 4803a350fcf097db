import { inspect } from 'node:util';
import type { Config } from '../config/index.ts';
import type { Engine, ExecutionKey, LogChunk, Usage } from '../engine/index.ts';
import { SeedbedError, toSeedbedError } from '../errors/index.ts';
import type { Logger } from '../logging/index.ts';
import { joinSignals } from '../signals/index.ts';
import { mapInParallel } from '../workspace/index.ts';
import { checksum } from './checksum.ts';
import { judgeExit } from './exit.ts';
import { keptConfiguration } from './configuration.ts';
import { harvest } from './harvest.ts';
import { type LogPaths, openLogFiles } from './log-files.ts';
import type { LogSink } from './log-sink.ts';
import { maskSecrets } from './mask-secrets.ts';
import { launchSpec, type Plan } from './plan.ts';
import type { ExecutionRequest } from './request.ts';
import { resultError } from './result-error.ts';
import type { Result, StepName } from './result.ts';
import { Detached, type Watch, watch } from './run.ts';
import { readSidecars } from './sidecars.ts';
import { type AttemptDirectory, stageIn } from './stage-in.ts';
import type { Stopwatch } from './stopwatch.ts';
import { UsageMeter } from './usage-meter.ts';

/** One execution, decided, with all that is needed to carry it out. */
export interface Execution {
  readonly engine: Engine;
  readonly config: Config;
  readonly logger: Logger;
  readonly key: ExecutionKey;
  /** The process that drives it, see `database/presence.ts`. */
  readonly runtime: string;
  readonly request: ExecutionRequest;
  readonly plan: Plan;
  readonly attempt: AttemptDirectory;
  /** Brings what has to be on this machine before the launch; ends early when the signal aborts. */
  readonly fetch?: ((signal: AbortSignal) => Promise<void>) | undefined;
  /** Where a person finds the output; named by messages. */
  readonly logs: LogPaths;
  /** What messages name in place of the file of its standard error, which whoever reads them may be far from. */
  readonly standardError?: string | undefined;
  /** Takes the output from the launch on, and is not touched by an execution that fails before; undefined: the files `logs`. */
  readonly sink?: LogSink | undefined;
  /** The context document, for INPUT_METADATA. */
  readonly document: Record<string, unknown>;
  /** Inputs whose checksum the catalogue lacks; absolute paths. */
  readonly unhashed: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Leaves the container for the user to look into. */
  readonly keep: boolean;
  /** Aborted to cancel; the reason is the signal's name. */
  readonly signal: AbortSignal;
  readonly stopwatch: Stopwatch;
  readonly onLog?: ((chunk: LogChunk) => Promise<void> | void) | undefined;
  readonly onUsage?: ((usage: Usage) => void) | undefined;
  /** Seconds after which its use is looked at, for `Result.used`; undefined: only `onUsage` looks, at once. */
  readonly measureAfter?: number | undefined;
  /** Is given the removal of the ended container, to be waited for beside what comes next; else it is waited for here. */
  readonly onRemoval?: ((removal: Promise<void>) => void) | undefined;
  /** The container is not removed here: the caller does it when the result is fact. */
  readonly leave?: boolean | undefined;
  /** Seconds, in place of the manifest's. */
  readonly timeout?: number | undefined;
  /** The container is there already, launched by a runtime that died; it goes on where it is. */
  readonly adopted?: boolean | undefined;
  /** Aborted to go away without the job: it goes on, for another runtime to adopt, and `execute` throws `Detached`. */
  readonly detach?: AbortSignal | undefined;
}

type Outcome = Pick<Result, 'files' | 'json' | 'parsedInputs' | 'warnings'>;

const nothing = { files: [], json: {}, parsedInputs: new Map(), warnings: [] } as const;

/**
 * One execution from its files to its result, step by step in the order in which they happen. Writes no table. What goes
 * wrong is the result. The container is removed whatever happens, unless it is to be kept or left to the caller.
 * @throws Detached, and nothing else
 */
export async function execute(execution: Execution): Promise<Result> {
  const { stopwatch, plan, request } = execution;
  const started = new Date().toISOString();
  const hashing = new AbortController();
  const either = joinSignals([hashing.signal, execution.signal]);
  const checksums = hashInputs(execution, either.signal).finally(either.release);
  let exitCode: number | null = null;
  let container: string | null = null;
  let outcome: Outcome | undefined;
  const meter = new UsageMeter();
  let failure: SeedbedError | undefined;
  try {
    outcome = await carryOut(execution, meter, {
      onLaunch: (name) => (container = name),
      onExit: (code) => (exitCode = code),
    });
  } catch (thrown) {
    if (thrown instanceof Detached) {
      hashing.abort();
      throw thrown;
    }
    failure = thrown === execution.signal.reason ? canceledBy(execution.signal) : toSeedbedError(thrown);
    // With its stack, which may quote the command's arguments.
    execution.logger.debug({ failure: maskSecrets(inspect(thrown), plan.secrets) }, 'execution failed');
  }
  if (failure) hashing.abort();
  const canceled = failure?.error === 'canceled';
  return {
    ...(outcome ?? nothing),
    status: outcome ? 'completed' : canceled ? 'canceled' : 'failed',
    container,
    exitCode,
    error: failure ? resultError(failure, request.manifest, exitCode, plan.secrets) : null,
    inputChecksums: await checksums,
    started,
    ended: new Date().toISOString(),
    steps: stopwatch.steps,
    used: meter.used,
    configuration: keptConfiguration(request, plan),
  };
}

/** What is worth knowing of an execution that fails later. */
interface Milestones {
  readonly onLaunch: (container: string) => void;
  readonly onExit: (code: number) => void;
}

async function carryOut(
  execution: Execution,
  meter: UsageMeter,
  { onLaunch, onExit }: Milestones,
): Promise<Outcome> {
  const { engine, key, request, plan, attempt, stopwatch, config } = execution;
  const timed = <Value>(name: StepName, work: () => Promise<Value>) => stopwatch.time(name, work);

  const staged = execution.adopted
    ? []
    : await timed('stage-in', async () => {
        await fetchFirst(execution);
        return stageIn(request, attempt, execution.document);
      });
  const spec = launchSpec(request, plan, staged, attempt, execution.labels, execution.keep);
  if (execution.signal.aborted) throw canceledBy(execution.signal);
  let removal: Promise<void> | undefined;
  let left = execution.leave === true;
  try {
    if (execution.detach?.aborted) throw new Detached();
    const { containerName, adopted: foreign } = execution.adopted
      ? { containerName: 'adopted', adopted: false }
      : await timed('launch', () => engine.launch(spec, key, execution.runtime));
    onLaunch(containerName);
    // Somebody else launched it, with other directories: what it leaves would be sought in vain.
    if (foreign && execution.leave) throw new SeedbedError('runtime-lost', {});
    const { limits, network } = spec;
    const argv = plan.command && maskSecrets(plan.command, plan.secrets);
    execution.logger.debug({ container: containerName, argv, limits, network }, 'launched');
    const { exit, stoppedFor } = await timed('run', () =>
      watch(engine, key, {
        timeout: execution.timeout ?? request.manifest.job.timeout,
        grace: config.stopGrace,
        openLogs: async () => execution.sink ?? openLogFiles(execution.logs),
        logLimitMiB: config.limits.logMiB,
        secrets: plan.secrets,
        signal: execution.signal,
        detach: execution.detach,
        onLog: execution.onLog,
        ...usageOf(execution, meter),
      }),
    );
    if (!exit.interrupted) onExit(exit.exitCode);
    execution.logger.debug({ exit, stoppedFor: stoppedFor?.error }, 'ended');
    const harvested = await timed('harvest', async () => {
      if (!exit.interrupted) await engine.collect(spec, key);
      if (!execution.leave) removal = remove(execution);
      judgeExit({
        exit,
        stoppedFor,
        mem: plan.limits.mem,
        manifest: request.manifest,
        stderr: execution.standardError ?? execution.logs.stderr,
      });
      return harvest(
        attempt.output,
        request.manifest,
        plan.allocated.disk ?? 0,
        config.limits,
        execution.signal,
      );
    });
    const { files, parsedInputs, warnings } = await timed('sidecars', () =>
      readSidecars(harvested, request.manifest, config.limits, request.judgeSidecar),
    );
    return { files, json: harvested.json, parsedInputs, warnings: [...harvested.warnings, ...warnings] };
  } catch (thrown) {
    left ||= thrown instanceof Detached;
    throw thrown;
  } finally {
    // One that may run still is waited for: it could write to what comes next.
    if (removal && execution.onRemoval) execution.onRemoval(removal);
    else if (!left) await (removal ?? remove(execution));
  }
}

/** @throws canceled, Detached; what the fetching throws */
async function fetchFirst({ fetch, signal, detach }: Execution): Promise<void> {
  if (!fetch) return;
  const either = joinSignals(detach ? [signal, detach] : [signal]);
  try {
    await fetch(either.signal);
  } catch (thrown) {
    if (detach?.aborted) throw new Detached();
    throw signal.aborted ? canceledBy(signal) : thrown;
  } finally {
    either.release();
  }
}

/** Somebody who looks on sees it from the beginning. */
function usageOf(
  { onUsage, measureAfter }: Execution,
  meter: UsageMeter,
): Pick<Watch, 'onUsage' | 'usageAfter'> {
  if (!onUsage && measureAfter === undefined) return {};
  return {
    onUsage: (usage) => {
      meter.add(usage);
      onUsage?.(usage);
    },
    usageAfter: onUsage ? 0 : measureAfter,
  };
}

function canceledBy(signal: AbortSignal): SeedbedError {
  return new SeedbedError('canceled', { signal: String(signal.reason) });
}

/** What cannot be removed now is found by its labels and removed by the next command. */
async function remove({ engine, key, keep, logger }: Execution): Promise<void> {
  if (keep) return;
  await engine.remove(key).catch((err: unknown) => logger.warn({ err, key }, 'container not removed'));
}

/** Beside the job: a checksum is never waited for before the launch. A file that changes meanwhile gets none. */
async function hashInputs(
  { unhashed, logger }: Execution,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const checksums = new Map<string, string>();
  await mapInParallel(unhashed, 2, async (path) => {
    try {
      checksums.set(path, (await checksum(path, { signal })).sha256);
    } catch (err) {
      if (!signal.aborted) logger.warn({ err, path }, 'input not hashed');
    }
  });
  return checksums;
}
