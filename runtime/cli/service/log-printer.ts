import type { LogPiece } from '../../client/index.ts';

/** Writes pieces of a log as they are, each to the stream that it came on; what the service no longer had is said. */
export async function printPiece({ stream, data, dropped }: LogPiece): Promise<void> {
  if (dropped > 0)
    process.stderr.write(`... ${dropped} bytes are left out here (SEED_LOG_CAP_MIB of the service) ...\n`);
  await new Promise<void>((resolve) => {
    const target = process[stream];
    if (target.destroyed || target.errored) return resolve();
    target.write(data, () => resolve());
  });
}
