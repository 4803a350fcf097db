import type { Configuration } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { missingValues, pendingJobs, queuePending } from '../../jobs/index.ts';
import { loadManifest } from '../../manifest/index.ts';
import { secretNames, secretNamesOf } from '../../secrets/index.ts';

/**
 * PENDING → QUEUED for the jobs of a type that lack nothing any more. Each is judged by its own revision, and by what it
 * was given itself: of two jobs one may lack what the other has.
 * @returns how many
 */
export async function queueComplete(tx: Queries, jobTypeId: number, actor: string): Promise<number> {
  const ofType = await secretNames(tx, { kind: 'job_type', id: jobTypeId });
  const complete: number[] = [];
  for (const { ids, manifest: document, typeConfiguration, configuration } of await pendingJobs(
    tx,
    jobTypeId,
  )) {
    const { manifest } = loadManifest(JSON.stringify(document), `the job type ${jobTypeId}`);
    const isComplete = (own: readonly string[]) =>
      missingValues(manifest, typeConfiguration as Configuration, configuration as Configuration, [
        ...ofType,
        ...own,
      ]).length === 0;
    if (isComplete([])) complete.push(...ids);
    else
      for (const [id, names] of await secretNamesOf(tx, 'job', ids)) if (isComplete(names)) complete.push(id);
  }
  return complete.length === 0 ? 0 : queuePending(tx, complete, actor);
}
