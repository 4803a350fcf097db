import { isErrno, reasonOf, SeedbedError } from '../errors/index.ts';

/** What a disk says when the path, or what stands there, is the trouble. */
const pathTrouble = [
  ...['EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOTDIR', 'EEXIST', 'ENOTEMPTY', 'ENAMETOOLONG', 'ELOOP'],
  ...['ENOENT', 'EINVAL', 'EILSEQ', 'EFBIG', 'ETXTBSY', 'ENXIO', 'ERR_FS_EISDIR'],
];

/** What a mounted disk says when its server is. */
const diskTrouble = ['EIO', 'ESTALE', 'ENOTCONN', 'EHOSTDOWN', 'EHOSTUNREACH', 'ETIMEDOUT', 'ENODEV'];

export const absent = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'];

/**
 * What a disk threw as an error of the registry.
 * @param done `read`, `written`, `deleted`
 */
export function hostError(
  thrown: unknown,
  where: { readonly path: string; readonly workspace: string; readonly root: string; readonly done: string },
): unknown {
  const { path, workspace, root, done } = where;
  const reason = reasonOf(thrown);
  if (isErrno(thrown, ...pathTrouble))
    return new SeedbedError('file-unusable', { path, workspace, done, reason }, { cause: thrown });
  if (isErrno(thrown, ...diskTrouble))
    return new SeedbedError('workspace-unreachable', { workspace, where: root, reason }, { cause: thrown });
  return thrown;
}
