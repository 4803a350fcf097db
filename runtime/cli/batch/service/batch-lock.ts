import path from 'node:path';
import { SeedbedError } from '../../../errors/index.ts';
import { lockFile } from '../../process-lock.ts';

const lockName = '.seedbed-batch.lock';

/**
 * Keeps other processes from a batch that is run on a service, where no database of this machine knows of it.
 * @param directory of the batch, absolute
 * @returns what gives it back
 * @throws batch-in-use
 */
export function lockBatch(directory: string): Promise<() => Promise<void>> {
  return lockFile(
    path.join(directory, lockName),
    ({ pid, host }) => new SeedbedError('batch-in-use', { directory, pid, host }),
  );
}
