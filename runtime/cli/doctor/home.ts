import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, reasonOf } from '../../errors/index.ts';
import { failure, ok, type Verdict } from './check.ts';

const advice = 'Mend its permissions, or set SEED_HOME to a local directory that you may write to.';

/** Whether SEED_HOME, or where it will be made, may be written to. Nothing is written. */
export async function lookAtHome(home: string): Promise<Verdict> {
  const there = await existing(home);
  try {
    if (!(await stat(there)).isDirectory()) return failure(`${there} is not a directory`, advice);
    await access(there, constants.W_OK | constants.X_OK);
  } catch (thrown) {
    return failure(`${there} cannot be written to: ${reasonOf(thrown)}`, advice);
  }
  return ok(there === home ? home : `${home}, which the next run makes`);
}

/** The directory, or the nearest one above it that there is. */
export async function existing(directory: string): Promise<string> {
  const found = await stat(directory).catch((thrown: unknown) => !isErrno(thrown, 'ENOENT'));
  const parent = path.dirname(directory);
  return found || parent === directory ? directory : existing(parent);
}
