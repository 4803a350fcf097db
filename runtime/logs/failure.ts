import { isErrno, reasonOf, SeedbedError } from '../errors/index.ts';

/** What went wrong with the files of a log, as an error of the registry. */
export function logFailure(thrown: unknown, directory: string): unknown {
  if (isErrno(thrown, 'ENOSPC', 'EDQUOT'))
    return new SeedbedError('disk-full', { what: `the log in ${directory}` }, { cause: thrown });
  if (isErrno(thrown, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR'))
    return new SeedbedError('home-unusable', { directory, reason: reasonOf(thrown) }, { cause: thrown });
  return thrown;
}
