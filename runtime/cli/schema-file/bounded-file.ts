import { readFile, stat } from 'node:fs/promises';
import { reasonOf } from '../../errors/index.ts';

/**
 * The bytes of a file that the user names, if it is a regular one and not too large.
 * @param refuse makes the error of what is wrong, in words
 */
export async function readBoundedFile(
  file: string,
  mostMiB: number,
  refuse: (reason: string) => Error,
): Promise<Buffer> {
  const unreadable = (thrown: unknown) => {
    throw refuse(reasonOf(thrown));
  };
  const found = await stat(file).catch(unreadable);
  if (!found.isFile()) throw refuse('it is not a regular file');
  if (found.size > mostMiB * 2 ** 20) throw refuse(`it is larger than ${mostMiB} MiB (SEED_MAX_JSON_MIB)`);
  return readFile(file).catch(unreadable);
}
