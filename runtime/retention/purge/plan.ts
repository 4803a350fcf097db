import type { Database } from '../../database/index.ts';
import { purgeById, type PurgeRequest, requestPurge } from './purges.ts';
import type { PurgeReport } from './report.ts';
import { collect } from './step.ts';
import { SeedbedError } from '../../errors/index.ts';

/**
 * What a purge would remove. It is gathered as a purge does, in a transaction that is rolled back.
 * @throws not-a-source, file-held
 */
export async function planPurge(db: Database, request: PurgeRequest): Promise<PurgeReport> {
  let report: PurgeReport | undefined;
  const rolledBack = new Error('rolled back');
  await db
    .transaction(async (tx) => {
      // One that goes on already has gathered under locks that are not ours.
      const [going] = await tx.query<{ report: PurgeReport | null }>(
        'select report from purge where file_id = $1::bigint and ended is null',
        [request.fileId],
      );
      if (going?.report) {
        report = going.report;
        return;
      }
      const id = await requestPurge(tx, request);
      for (;;) {
        const purge = (await purgeById(tx, id))!;
        if (purge.phase === 'FAILED')
          throw new SeedbedError('file-held', { file: request.fileId, reason: purge.problem ?? '' });
        if (purge.phase !== 'COLLECT') {
          report = purge.report!;
          throw rolledBack;
        }
        await collect(tx, { id, phase: 'COLLECT', fileId: request.fileId, actor: request.actor });
      }
    })
    .catch((thrown: unknown) => {
      if (thrown !== rolledBack) throw thrown;
    });
  return report!;
}
