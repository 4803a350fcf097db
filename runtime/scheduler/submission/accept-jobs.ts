import { type Configuration, fileIdsOf, type Finding } from '../../../seed-schema/index.ts';
import { filesById } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import {
  effectiveConfiguration,
  judgeConfiguration,
  judgeInput,
  type JobTypeDetails,
  type NewJob,
  splitSecrets,
  submitMany,
} from '../../jobs/index.ts';
import { loadManifest } from '../../manifest/index.ts';
import { secretNames } from '../../secrets/index.ts';
import { isMissing, keepSecrets, resourcesOf, sizeOf } from './accept-job.ts';
import { type SubmissionContext, surroundingsOf } from './surroundings.ts';

/** One of many jobs of a type, not judged yet. */
export interface JobOfBatch {
  /** Scale's shape `{version, files, json}`. */
  readonly input: unknown;
  /** Of this one job; default: that of its type. */
  readonly configuration?: unknown;
  /** Over that of its configuration and type. */
  readonly priority?: number | undefined;
  /** The job that it runs again. */
  readonly previousJobId?: number | undefined;
}

/** What became of one. */
export type JobOutcome = { readonly id: number } | { readonly errors: readonly Finding[] };

/**
 * As `acceptJob`, for many of one type in a number of statements that does not depend on how many they are, but for those with
 * secrets of their own. What is refused is refused alone.
 * @returns what became of each, in their order
 * @throws invalid-resource
 */
export async function acceptJobs(
  tx: Queries,
  context: SubmissionContext,
  type: JobTypeDetails,
  jobs: readonly JobOfBatch[],
  { actor, batchId }: { readonly actor: string; readonly batchId?: number | undefined },
): Promise<JobOutcome[]> {
  const { manifest } = loadManifest(JSON.stringify(type.manifest), `${type.name} ${type.version}`);
  const ids = [...new Set(jobs.flatMap(({ input }) => fileIdsOf(input)))];
  const files = new Map((await filesById(tx, ids)).map((file) => [file.id, file]));
  const ofType = await secretNames(tx, { kind: 'job_type', id: type.id });
  const inherited = type.configuration as Configuration;
  const surroundings = { ...(await surroundingsOf(tx, context)), inherited, secretNames: ofType };

  const configure = async (configuration: unknown) => {
    const judged = await judgeConfiguration(configuration, manifest, surroundings);
    if (!judged.configuration) return { errors: judged.errors };
    const { configuration: own, secrets } = splitSecrets(judged.configuration, manifest);
    const missing = await isMissing(tx, type.id, manifest, own, [...secrets.keys()], [inherited, ofType]);
    return { own, secrets, missing, effective: effectiveConfiguration(manifest, inherited, own) };
  };
  // Most have the same one.
  const configured = new Map<string, Awaited<ReturnType<typeof configure>>>();

  const outcomes: JobOutcome[] = [];
  const accepted: {
    readonly at: number;
    readonly job: NewJob;
    readonly secrets: ReadonlyMap<string, string>;
  }[] = [];
  for (const [at, { input, configuration = {}, priority, previousJobId }] of jobs.entries()) {
    const key = JSON.stringify(configuration);
    let known = configured.get(key);
    if (!known) configured.set(key, (known = await configure(configuration)));
    const given = judgeInput(input, manifest, files);
    if (!given.input || 'errors' in known) {
      outcomes[at] = { errors: [...given.errors, ...('errors' in known ? known.errors : [])] };
      continue;
    }
    const { own, secrets, missing, effective } = known;
    const bytes = sizeOf(Object.values(given.input.files).flat(), files);
    const job: NewJob = {
      type: { jobTypeId: type.id, revisionId: type.revision_id },
      timeout: Math.min(manifest.job.timeout, Number.MAX_SAFE_INTEGER),
      files: given.input.files,
      json: given.input.json,
      configuration: own as Record<string, unknown>,
      maxTries: effective.maxTries,
      actor,
      priority: priority ?? effective.priority,
      resources: resourcesOf(manifest, bytes, effective.resources, context),
      status: missing ? 'PENDING' : 'QUEUED',
      batchId,
      previousJobId,
    };
    accepted.push({ at, job, secrets });
  }
  const made = await submitMany(
    tx,
    accepted.map(({ job }) => job),
  );
  for (const [nth, { at, secrets }] of accepted.entries()) {
    outcomes[at] = { id: made[nth]! };
    await keepSecrets(tx, context, made[nth]!, secrets);
  }
  return outcomes;
}
