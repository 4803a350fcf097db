import { SeedbedError } from '../../errors/index.ts';
import type { RegistryLogin } from '../engine.ts';
import { hub, registryOf } from './registry-address.ts';

interface Refusal {
  readonly reference: string;
  /** The one that was tried; undefined: none. */
  readonly login: RegistryLogin | undefined;
  /** The engine's words. */
  readonly reason: string;
}

/** A pull that failed, by its reason: engines tell these apart in words alone. */
export function pullFailure(refusal: Refusal, cause?: unknown): SeedbedError {
  const { reference, reason } = refusal;
  const failure = loginFailure(refusal, unauthorized, cause);
  if (failure) return failure;
  if (!unreachable.test(reason))
    return new SeedbedError('pull-refused', { image: reference, reason }, { cause });
  const registry = registryName(reference);
  return new SeedbedError('pull-unreachable', { image: reference, registry, reason }, { cause });
}

/** A push that failed, by its reason. */
export function pushFailure(refusal: Refusal, cause?: unknown): SeedbedError {
  const { reference, login, reason } = refusal;
  if (/does not exist locally|tag does not exist|no such image/i.test(reason))
    return new SeedbedError('image-not-found', { image: reference }, { cause });
  // A registry that shows images to everybody denies a push that has no login, where another asks for one.
  const failure = loginFailure(refusal, login ? unauthorized : unauthorizedOrDenied, cause);
  if (failure) return failure;
  const parameters = { image: reference, registry: registryName(reference), reason };
  return new SeedbedError(unreachable.test(reason) ? 'push-unreachable' : 'push-refused', parameters, {
    cause,
  });
}

const unauthorized =
  /no basic auth credentials|unauthorized|authentication required|incorrect username or password/i;
const unauthorizedOrDenied = new RegExp(`${unauthorized.source}|\\bdenied\\b`, 'i');
const unreachable =
  /dial tcp|no such host|connection refused|connection reset|timeout|deadline exceeded|TLS handshake|x509|certificate|HTTP response to HTTPS client|\bEOF\b|unexpected HTTP status:? 5|(502|503|504) /i;

function loginFailure(
  { reference, login, reason }: Refusal,
  pattern: RegExp,
  cause: unknown,
): SeedbedError | undefined {
  if (!pattern.test(reason)) return undefined;
  const registry = registryName(reference);
  if (!login) return new SeedbedError('image-login-needed', { registry, image: reference }, { cause });
  const user = login.username ?? 'the stored token';
  return new SeedbedError('image-login-refused', { registry, image: reference, user, reason }, { cause });
}

/** As users write it. */
function registryName(reference: string): string {
  const server = registryOf(reference);
  return server === hub ? 'docker.io' : server;
}
