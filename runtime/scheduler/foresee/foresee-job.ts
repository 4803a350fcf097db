import type { ForcedNodes } from '../../../seed-schema/index.ts';
import type { Config } from '../../config/index.ts';
import type { Queries } from '../../database/index.ts';
import type { ImageDetails } from '../../engine/index.ts';
import { toSeedbedError } from '../../errors/index.ts';
import { allocate } from '../../execution/index.ts';
import { type Ending, type Execution, executionFacts, type ExecutionFacts } from '../../jobs/index.ts';
import {
  earlierRuns,
  executionIdentity,
  type Identity,
  knownImages,
  memberChanges,
  mostSimilar,
  wouldReuse,
} from '../../provenance/index.ts';
import { isForced } from '../../recipe/index.ts';
import { mayReuse } from '../driver/may-reuse.ts';
import { notReused } from './not-reused.ts';
import { type DrivenJob, type RequestContext, storedJob } from '../driver/request.ts';

/** What would become of a job. */
export interface ForeseenJob {
  /** Whose output it would have; undefined: it would run. */
  readonly reuses?: { readonly jobId: number; readonly output: Ending['output'] };
  /** null: it cannot be told. */
  readonly outputId: string | null;
  /** In words. */
  readonly reason: string;
}

/** No machine is asked here: whether there is one with so much is another question. */
const anyMachine = { cpus: Infinity, mem: Infinity, gpus: true };

/** Decides as the driver does, but by rows alone: whether files are there still, and what they hold, is not looked at. */
export async function foreseeJob(
  tx: Queries,
  config: Config,
  requests: RequestContext,
  execution: Execution,
): Promise<ForeseenJob> {
  const facts = (await executionFacts(tx, execution, []))!;
  const image = (await knownImages(tx, [facts.image])).get(facts.image);
  if (image === undefined) return runs('No job with its image has completed before');
  try {
    const job = await storedJob(requests, facts, async () => ({ identity: image }) as ImageDetails);
    const identity = identityOf(job, config);
    if (!identity) return runs('The checksum of an input is not known yet');
    return await lookUp(tx, execution, facts, job, identity);
  } catch (thrown) {
    const { message } = toSeedbedError(thrown);
    return runs(`Its input cannot be told: ${message.replace(/\.$/, '')}`);
  }
}

function runs(reason: string, outputId: string | null = null): ForeseenJob {
  return { reason, outputId };
}

function identityOf({ request, inputs, identityKey: key }: DrivenJob, config: Config): Identity | undefined {
  const { allocated } = allocate({
    scalar: request.manifest.job.resources.scalar,
    inputBytes: [...request.files.values()].flat().reduce((sum, { size }) => sum + size, 0),
    overrides: request.overrides,
    defaults: config.defaults,
    minimums: config.minimums,
    available: anyMachine,
  });
  return executionIdentity({ request, inputs, allocated, key }, ({ sha256 }) => sha256 ?? undefined);
}

async function lookUp(
  tx: Queries,
  { id, jobId }: Execution,
  facts: ExecutionFacts,
  { request }: DrivenJob,
  { description, outputId }: Identity,
): Promise<ForeseenJob> {
  const [found] = await wouldReuse(tx, [{ outputId }]);
  const { reuses, warning } = mayReuse(facts, request);
  if (found!.reuses) {
    if (!reuses) {
      const done = `Job ${found!.jobId} did the same work`;
      return runs(warning?.description ?? notReused(done, await isForcedJob(tx, jobId)), outputId);
    }
    const [row] = await tx.query<{ output: Ending['output'] }>('select output from job_exe where id = $1', [
      found!.jobExeId,
    ]);
    return {
      reuses: { jobId: found!.jobId, output: row!.output },
      outputId,
      reason: `Job ${found!.jobId} did the same work`,
    };
  }
  if (found!.because === 'gone') return runs('The same work was done, and files of it are deleted', outputId);
  if (found!.because === 'running')
    return runs('The same work is being done now, and is waited for', outputId);
  const before = mostSimilar(description, await earlierRuns(tx, { id: jobId, type: facts.typeName }, id));
  if (!before) return runs(`No job of the type ${facts.typeName} has completed before`, outputId);
  const [first, ...others] = memberChanges(before.description, description).map(({ member }) => member);
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return runs(`${first}${more} differs from job ${before.jobId}`, outputId);
}

/** Whether its recipe was re-processed so that its node runs again whatever there is. */
async function isForcedJob(tx: Queries, jobId: number): Promise<boolean> {
  const [row] = await tx.query<{ node: string; forced: ForcedNodes | null }>(
    `select j.recipe_node as node, r.configuration->'forced_nodes' as forced
     from job j join recipe r on r.id = j.recipe_id where j.id = $1`,
    [jobId],
  );
  return row?.forced != null && isForced(row.forced, row.node);
}
