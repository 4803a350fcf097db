import type { LogPiece } from '../../client/index.ts';

/** Writes pieces of a log as they are, each to the stream that it came on. */
export async function printPiece({ stream, data }: LogPiece): Promise<void> {
  await new Promise<void>((resolve) => {
    const target = process[stream];
    if (target.destroyed || target.errored) return resolve();
    target.write(data, () => resolve());
  });
}
