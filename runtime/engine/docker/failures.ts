import { reasonOf, SeedbedError } from '../../errors/index.ts';
import type { Tls } from './certificates.ts';
import { isTlsFailure, tlsReason } from './tls-reason.ts';

/** The HTTP status of an engine's refusal; undefined when it did not answer at all. */
export function statusOf(thrown: unknown): number | undefined {
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

export function isStatus(thrown: unknown, ...statuses: number[]): boolean {
  const status = statusOf(thrown);
  return status !== undefined && statuses.includes(status);
}

/** The engine's own words, in one line; the library puts them after a status and a guess at its meaning. */
export function engineReason(thrown: unknown): string {
  return oneLine(reasonOf(thrown).replace(/^\(HTTP code \d+\) [^-]*- /, ''));
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOENT',
  'EACCES',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/** Whether the engine went away, or was never there, rather than refused. */
export function isConnectionLost(thrown: unknown): boolean {
  if (thrown instanceof SeedbedError) return thrown.error === 'engine-unreachable';
  if (statusOf(thrown) !== undefined) return false;
  const { code, syscall, message } = (thrown ?? {}) as Partial<NodeJS.ErrnoException>;
  if (code === 'ENOENT' || code === 'EACCES') return syscall === 'connect';
  if (isTlsFailure(thrown)) return true;
  return (code !== undefined && connectionCodes.has(code)) || /socket hang up|^aborted$/.test(message ?? '');
}

/**
 * Any failure of a call to the engine, as an error of the registry.
 * @param where the endpoint, for the message
 * @param action what was asked, to follow "could not", e.g. `remove the container x`
 * @param tls of the endpoint, for the message
 */
export function engineFailure(where: string, action: string, thrown: unknown, tls?: Tls): SeedbedError {
  if (thrown instanceof SeedbedError) return thrown;
  if (isConnectionLost(thrown))
    return new SeedbedError(
      'engine-unreachable',
      { where, reason: tlsReason(thrown, tls) ?? oneLine(reasonOf(thrown)) },
      { cause: thrown },
    );
  return new SeedbedError('engine-error', { action, reason: engineReason(thrown) }, { cause: thrown });
}
