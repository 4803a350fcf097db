import type { PullPolicy } from '../../config/index.ts';
import type { Engine, ImageDetails, RegistryLogin } from '../../engine/index.ts';
import { SeedbedError } from '../../errors/index.ts';

/** How an image is fetched. */
export interface Obtaining {
  readonly policy: PullPolicy;
  readonly progress?: (line: string) => void;
  readonly login?: RegistryLogin | undefined;
  /** Takes the time of a pull. */
  readonly timed?: <Value>(pull: () => Promise<Value>) => Promise<Value>;
}

/**
 * An image by its reference, from the engine or, as the policy has it, from its registry.
 * @throws target-not-found when it cannot be had
 */
export async function obtainImage(
  engine: Engine,
  reference: string,
  { policy, progress, login, timed = (pull) => pull() }: Obtaining,
): Promise<ImageDetails> {
  const found = policy === 'always' ? undefined : await engine.inspectImage(reference);
  if (found) return found;
  if (policy === 'never')
    throw new SeedbedError('target-not-found', {
      target: reference,
      reason: 'the engine does not have it, and the pull policy is never',
    });
  await timed(() =>
    engine.pullImage(reference, { ...(progress && { progress }), ...(login && { login }) }),
  ).catch((thrown: unknown) => {
    throw asTarget(reference, thrown);
  });
  const pulled = await engine.inspectImage(reference);
  if (pulled) return pulled;
  throw new SeedbedError('target-not-found', {
    target: reference,
    reason: 'the engine does not have it after the pull',
  });
}

/** What cannot be had may be a slip of the pen: then it was meant to be a directory, too. */
function asTarget(target: string, thrown: unknown): unknown {
  if (!(thrown instanceof SeedbedError) || !['pull-refused', 'pull-unreachable'].includes(thrown.error))
    return thrown;
  const reason = String(thrown.parameters.reason);
  return new SeedbedError('target-not-found', { target, reason }, { cause: thrown });
}
