import pg from 'pg';
import { isErrno, reasonOf, SeedbedError } from '../errors/index.ts';

/** SQLSTATE classes and codes that mean "no usable connection" (Postgres documentation, appendix A). */
const unreachable = /^(08|28|3D|57P0[1-5]|53300|42501|25006)/;
const diskFull = '53100';
const network = [
  ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'EACCES', 'EAGAIN'],
  ['ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
].flat();
const dropped =
  /^(Connection terminated|timeout expired|Client has encountered|The server does not support SSL)/;

/**
 * What the driver threw as an error of the registry, where the cause is the server and not our SQL: unreachable,
 * refused, read-only, full. Others (a unique violation, a deadlock) come back as they are, for the caller to judge.
 * @param where the database's address without its password
 */
export function databaseError(thrown: unknown, where: string): unknown {
  if (thrown instanceof SeedbedError) return thrown;
  if (thrown instanceof pg.DatabaseError) {
    if (thrown.code === diskFull)
      return new SeedbedError('disk-full', { what: `the database at ${where}` }, { cause: thrown });
    if (!unreachable.test(thrown.code ?? '')) return thrown;
  } else if (!isConnectionLoss(thrown)) return thrown;
  return new SeedbedError('database-unreachable', { where, reason: reasonOf(thrown) }, { cause: thrown });
}

function isConnectionLoss(thrown: unknown): boolean {
  if (thrown instanceof AggregateError) return thrown.errors.some(isConnectionLoss);
  return thrown instanceof Error && (isErrno(thrown, ...network) || dropped.test(thrown.message));
}

/** The SQLSTATE or errno of what the driver threw. */
export function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error ? (thrown as { code?: string }).code : undefined;
}

/** A database URL that may be shown: without password and options. */
export function shownUrl(url: string): string {
  return url
    .replace(/[?#].*$/s, '')
    .replace(/^([a-z]+:\/\/)([^:/@]*):.*@/is, '$1$2@')
    .trim();
}
