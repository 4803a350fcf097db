import type { LaunchSpec } from '../engine.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { Client } from './client.ts';
import { engineFailure, engineReason, isConnectionLost, isStatus } from './failures.ts';

/** What the engine's refusal to create or start a container means. Engines differ in statuses, so words decide too. */
export function launchFailure(client: Client, spec: LaunchSpec, name: string, thrown: unknown): SeedbedError {
  if (thrown instanceof SeedbedError || isConnectionLost(thrown))
    return engineFailure(client.where, `start the container ${name}`, thrown);
  const reason = engineReason(thrown);
  const cause = { cause: thrown };
  if (isStatus(thrown, 404) && /no such image|image not known|unable to find .*image/i.test(reason))
    return new SeedbedError('target-not-found', { target: spec.image, reason }, cause);
  if (/network .*not found|unable to find network|no such network|could not find network/i.test(reason))
    return new SeedbedError('network-not-found', { network: spec.network }, cause);
  if (isCommandProblem(reason))
    return new SeedbedError('command-not-found', { image: spec.image, reason: commandReason(reason) }, cause);
  return new SeedbedError('engine-error', { action: `start the container ${name}`, reason }, cause);
}

/** Status 125 of `docker run` is the engine's; what it reports as 126 and 127 is the image's or the command's. */
function isCommandProblem(reason: string): boolean {
  return (
    /no command specified|executable file .*not found|no such file or directory|permission denied|exec format error|is a directory|argument list too long|unable to find user|unable to find group|chdir to cwd|not a directory/i.test(
      reason,
    ) && /exec|command|user|group|cwd|container process/i.test(reason)
  );
}

/** The end of the runtime's chain of prefixes, e.g. `exec: "frob": executable file not found in $PATH`. */
function commandReason(reason: string): string {
  const tail = reason.replace(/: unknown$/, '');
  const at = tail.search(/exec: "|exec \/|unable to find (user|group)|chdir to cwd|no command specified/i);
  return at < 0 ? tail : tail.slice(at);
}
