import pg from 'pg';
import { SeedbedError } from '../errors/index.ts';
import { codeOf, hasCode, messageOf } from './error-code.ts';

/** SQLSTATE classes and codes that mean "no usable connection" (Postgres documentation, appendix A). */
const unreachable = /^(08|28|3D|57P0[1-5]|53300|42501|25006|25P03)/;
/** What is no fault of the statement: another transaction, or the server's resources. It may go well the next time. */
const passing = /^(40|53|55P03|57014|58)/;
const diskFull = '53100';
const network = [
  ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'EACCES', 'EAGAIN'],
  ['ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
].flat();
const dropped =
  /^(Connection terminated|timeout e|Query read timeout|Client (has encountered|was closed)|Cannot use a pool|The server does not support SSL)/;

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
  return new SeedbedError('database-unreachable', { where, reason: messageOf(thrown) }, { cause: thrown });
}

/**
 * Whether the same statement may go well the next time: the server was away or short of something, or another transaction
 * was in the way. What it refuses for the statement's or the data's sake, it always will.
 */
export function isPassing(thrown: unknown): boolean {
  if (thrown instanceof SeedbedError) return ['database-unreachable', 'disk-full'].includes(thrown.error);
  return passing.test(codeOf(thrown) ?? '');
}

function isConnectionLoss(thrown: unknown): boolean {
  // A host name with several addresses: one error for each of them.
  if (typeof thrown === 'object' && thrown !== null && 'errors' in thrown && Array.isArray(thrown.errors))
    return thrown.errors.some(isConnectionLoss);
  return hasCode(thrown, ...network) || dropped.test(messageOf(thrown));
}

/** A database URL that may be shown: without password and options. */
export function shownUrl(url: string): string {
  return url
    .replace(/[?#].*$/s, '')
    .replace(/^([a-z]+:\/\/)([^:/@]*):.*@/is, '$1$2@')
    .trim();
}
