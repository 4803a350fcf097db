import { stat } from 'node:fs/promises';
import type { ScaleFile } from '../../catalog/index.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { deliver, type DeliveredFile } from '../../execution/index.ts';
import { mapInParallel } from '../../workspace/index.ts';

const statsAtOnce = 16;

/**
 * The files of the catalogue as an execution takes them, by input.
 * @param pathOf where a row's file is, absolute
 * @throws input-not-found for a file that was deleted or is not where the catalogue says
 */
export async function deliverInputs(
  inputs: ReadonlyMap<string, readonly ScaleFile[]>,
  pathOf: (file: ScaleFile) => string,
): Promise<Map<string, DeliveredFile[]>> {
  const delivered = new Map<string, DeliveredFile[]>();
  for (const [name, files] of inputs) {
    const found = await mapInParallel(files, statsAtOnce, async (file) => {
      const path = pathOf(file);
      const refuse = (reason: string) => new SeedbedError('input-not-found', { name, path, reason });
      if (file.is_deleted) throw refuse('it has been deleted');
      const seen = await stat(path).catch((thrown: unknown) => {
        throw refuse(reasonOf(thrown));
      });
      if (!seen.isFile()) throw refuse('it is not a file any more');
      return { path, size: seen.size, mode: seen.mode & 0o777 };
    });
    delivered.set(name, deliver(found));
  }
  return delivered;
}
