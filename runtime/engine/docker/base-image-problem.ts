import type { SeedbedError } from '../../errors/index.ts';
import type { BaseImage } from '../dockerfile/base-images.ts';
import type { BuildJob } from './build.ts';
import { registryOf } from './registry-address.ts';
import { pullFailure } from './transfer-failure.ts';

/** A build that failed where it fetched an image; its message is the builder's complaint. */
export class BaseImageProblem extends Error {
  /** The step or the request in which it was fetched, as the builder calls it. */
  readonly step: string;

  constructor(step: string, message: string) {
    super(message);
    this.step = step;
  }
}

/**
 * What keeps a registry from giving a base image, where that is no fault of the Dockerfile: a login or the network.
 * @returns undefined for an image that is not there, and where it cannot be told which it is
 */
export function baseImageFailure(
  problem: BaseImageProblem,
  bases: readonly BaseImage[],
  registries: BuildJob['registries'],
): SeedbedError | undefined {
  const reference = imageOf(problem, bases);
  if (reference === undefined) return undefined;
  const login = registries[registryOf(reference)];
  const failure = pullFailure({ reference, login, reason: problem.message }, problem);
  return failure.error === 'pull-refused' ? undefined : failure;
}

function imageOf({ step, message }: BaseImageProblem, bases: readonly BaseImage[]): string | undefined {
  const references = bases.map(({ reference }) => reference);
  return (
    references.find((reference) => step.includes(reference)) ??
    // A variable names it in the step.
    references.find((reference) => message.includes(registryOf(reference))) ??
    (step.includes('$') && references.length === 1 ? references[0] : undefined)
  );
}
