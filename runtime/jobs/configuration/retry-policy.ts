import { createHash } from 'node:crypto';
import { type ErrorDefinition, type ErrorName, registry } from '../../errors/index.ts';
import type { EffectiveConfiguration } from './effective.ts';

/** How an execution failed: the members of a result's error that decide. */
export interface FailedWith {
  /** Of the registry, or of the manifest. */
  readonly name: string;
  /** Of the registry, e.g. `SB2002`. */
  readonly code: string;
}

/** What the job has behind it, the failed execution included. */
export interface Tries {
  readonly jobId: number;
  /** Executions that `maxTries` limits: where interrupted ones are among them, they have raised `maxTries` by as many. */
  readonly counted: number;
  /** Those before somebody put it into the queue again: pauses begin anew there. */
  readonly before?: number;
  /** Those of `interruptions` since somebody put it into the queue again. */
  readonly interrupted: number;
  /** `job.max_tries`. */
  readonly maxTries: number;
  /** What the failed execution had, MiB. */
  readonly mem: number;
  /** What the largest node could give, MiB; undefined: not known. */
  readonly mostMem?: number;
}

export type RetryDecision =
  | { readonly retry: false }
  | {
      readonly retry: true;
      readonly delaySeconds: number;
      /** What the next execution asks for instead, MiB. */
      readonly resources?: { readonly mem: number };
    };

/** The machinery was gone while the job ran or was to run. That says nothing about the job, so it is no try of its own. */
export const interruptions: readonly ErrorName[] = [
  'engine-interrupted',
  'engine-unreachable',
  'runtime-lost',
];

/** The same by code, as results and rows name them. */
export const interruptionCodes: readonly string[] = interruptions.map((name) => registry[name].code);

/** A job that brings the engine down each time would go on for ever otherwise: with the pauses, about half an hour. */
const mostInterruptions = 10;

/** Seconds: 1, 4, 16, 64, 256, then 300 each time, all ± 25 %. */
const firstDelay = 1;
const delayFactor = 4;
const longestDelay = 300;

/**
 * Whether a failed execution is followed by another.
 *
 * - `max_tries` 1 means never.
 * - Interrupted executions are repeated up to 10 times, whatever `max_tries` says otherwise.
 * - Errors of the system for which the registry says that a retry can help, and those that `retry.errors` names, up to
 *   `max_tries`.
 * - Out of memory with a `memory_factor`, up to `max_tries`: with the memory multiplied, at most what the largest node
 *   has; not when it had that much already.
 * - Everything else is final: errors of the manifest, timeouts, wrong outputs; a canceled job always.
 */
export function retryPolicy(
  error: FailedWith,
  { retryErrors, memoryFactor }: Pick<EffectiveConfiguration, 'retryErrors' | 'memoryFactor'>,
  tries: Tries,
): RetryDecision {
  const known = definitionOf(error.code);
  const { before = 0 } = tries;
  if (tries.maxTries <= 1 || known?.name === 'canceled') return { retry: false };
  if (known && interruptions.includes(known.name))
    return tries.interrupted <= mostInterruptions ? again(tries, tries.interrupted) : { retry: false };
  if (tries.counted >= tries.maxTries) return { retry: false };
  if (known?.name === 'out-of-memory' && memoryFactor !== undefined) {
    const mem = Math.min(Math.ceil(tries.mem * memoryFactor), tries.mostMem ?? Infinity);
    return mem > tries.mem
      ? { ...again(tries, tries.counted - before), resources: { mem } }
      : { retry: false };
  }
  const listed = ['*', error.name, known?.name].some(
    (name) => name !== undefined && retryErrors.includes(name),
  );
  const helps = known?.definition.category === 'system' && known.definition.retry;
  return listed || helps ? again(tries, tries.counted - before) : { retry: false };
}

/** By the code: a manifest may give its errors names of the registry. */
function definitionOf(code: string): { name: ErrorName; definition: ErrorDefinition } | undefined {
  const [name, definition] = Object.entries(registry).find(([, one]) => one.code === code) ?? [];
  return name === undefined || !definition ? undefined : { name: name as ErrorName, definition };
}

function again({ jobId }: Tries, nth: number): { readonly retry: true; readonly delaySeconds: number } {
  const delay = Math.min(longestDelay, firstDelay * delayFactor ** (Math.max(1, nth) - 1));
  return { retry: true, delaySeconds: Number((delay * spread(jobId, nth)).toFixed(3)) };
}

/** From 0.75 to 1.25, the same for the same try: jobs that failed together do not come back together. */
function spread(jobId: number, nth: number): number {
  const hash = createHash('sha256').update(`${jobId} ${nth}`).digest().readUInt32BE();
  return 0.75 + hash / 2 ** 33;
}
