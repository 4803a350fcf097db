import type { Observation } from '../engine/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { ErrorMapping, Manifest } from '../manifest/manifest.ts';

export interface ExitRequest {
  readonly exit: Pick<Extract<Observation, { state: 'exited' }>, 'exitCode' | 'oomKilled' | 'interrupted'>;
  /** Why we ended it: timeout, canceled, log-limit-exceeded; undefined when it ended by itself. */
  readonly stoppedFor: SeedbedError | undefined;
  /** What it was given, MiB. */
  readonly mem: number;
  readonly manifest: Manifest;
  /** Where its standard error is kept. */
  readonly stderr: string;
}

/**
 * Whether a job that has ended did well. An exit during an interruption of the engine says nothing; a job that we stopped
 * failed whatever its exit code; out of memory is the flag and a non-zero exit, since a job may survive the loss of a
 * child.
 * @throws engine-interrupted, what it was stopped for, out-of-memory, job-error, job-failed
 */
export function judgeExit({ exit, stoppedFor, mem, manifest, stderr }: ExitRequest): void {
  if (exit.interrupted) throw new SeedbedError('engine-interrupted', {});
  if (stoppedFor) throw stoppedFor;
  if (exit.exitCode === 0) return;
  if (exit.oomKilled) throw new SeedbedError('out-of-memory', { mem });
  const mapped = mappingOf(manifest, exit.exitCode);
  if (!mapped) throw new SeedbedError('job-failed', { exit: exit.exitCode, stderr });
  const description = mapped.description ?? mapped.title ?? mapped.name;
  throw new SeedbedError('job-error', {
    exit: exit.exitCode,
    description: description.trim().replace(/\.$/, ''),
    stderr,
  });
}

/** The manifest's error of an exit code (the standard, "Errors"); 0 is none whatever the manifest says. */
export function mappingOf(manifest: Manifest, exitCode: number | null): ErrorMapping | undefined {
  if (exitCode === 0) return undefined;
  return manifest.job.errors.find(({ code }) => code === exitCode);
}
