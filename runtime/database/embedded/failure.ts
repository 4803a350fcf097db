import { SeedbedError } from '../../errors/index.ts';
import { messageOf } from '../error-code.ts';
import type { Place } from './place.ts';

/**
 * The error behind what initdb or the server said before it ended.
 * @param said its standard error
 * @param otherwise the reason where it said nothing
 */
export function failure(place: Place, said: string, otherwise: string): SeedbedError {
  const reason = reasonIn(said) ?? otherwise;
  if (/No space left on device|Disk quota exceeded/.test(said))
    return new SeedbedError('disk-full', { what: `the embedded database in ${place.directory}` });
  if (/error while loading shared libraries|symbol lookup error|version `GLIBC/.test(said))
    return new SeedbedError('embedded-database-unavailable', { reason });
  return new SeedbedError('embedded-database-failed', { directory: place.directory, reason, log: place.log });
}

/** The error of a program that could not even be started. */
export function cannotRun(error: Error): SeedbedError {
  return new SeedbedError('embedded-database-unavailable', { reason: messageOf(error) }, { cause: error });
}

/** The first complaint, without the time and process id before it; else the last line. */
export function reasonIn(said: string): string | undefined {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !/(HINT|hint):/.test(line));
  const complaint = lines.map((line) => /(?:FATAL|PANIC|error):\s+(.*)$/.exec(line)?.[1]).find(Boolean);
  return (complaint ?? lines.at(-1))?.trim().replace(/\.$/, '');
}
