import type { Configuration, Finding } from '../../../seed-schema/index.ts';
import { filesById } from '../../catalog/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { allocate } from '../../execution/index.ts';
import {
  effectiveConfiguration,
  fileIdsOf,
  type JobTypeDetails,
  judgeConfiguration,
  judgeInput,
  lockConfiguration,
  missingValues,
  type Resources,
  splitSecrets,
  submit,
} from '../../jobs/index.ts';
import { loadManifest, type Manifest } from '../../manifest/index.ts';
import { loadSecretKey, secretNames, setSecrets } from '../../secrets/index.ts';
import { Refusal } from './refusal.ts';
import { type SubmissionContext, surroundingsOf } from './surroundings.ts';

/** What somebody wants to be run. */
export interface JobRequest {
  readonly type: JobTypeDetails;
  /** Scale's shape `{version, files, json}`, not judged yet. */
  readonly input: unknown;
  /** Of this one job, not judged yet; default: that of its type. */
  readonly configuration?: unknown;
  /** The same key twice is the same job. */
  readonly dedupeKey?: string | undefined;
  /** W3C traceparent of the submission. */
  readonly traceContext?: string | undefined;
}

export interface AcceptedJob {
  readonly id: number;
  readonly warnings: readonly Finding[];
}

/**
 * Judges what a job is to be given, and puts it in the queue; or, while a setting or mount has no value, among those that
 * wait for one.
 * @throws Refusal with every problem; invalid-request for a type that is no longer active; invalid-resource
 */
export async function acceptJob(
  db: Database,
  context: SubmissionContext,
  { type, input, configuration = {}, dedupeKey, traceContext }: JobRequest,
  actor: string,
): Promise<AcceptedJob> {
  if (!type.is_active)
    throw new SeedbedError('invalid-request', {
      problem: `The job type ${type.name} ${type.version} is not active`,
    });
  const { manifest } = loadManifest(JSON.stringify(type.manifest), `${type.name} ${type.version}`);
  return db.transaction(async (tx) => {
    const files = new Map((await filesById(tx, fileIdsOf(input))).map((file) => [file.id, file]));
    const given = judgeInput(input, manifest, files);
    const ofType = await secretNames(tx, { kind: 'job_type', id: type.id });
    const inherited = type.configuration as Configuration;
    const surroundings = { ...(await surroundingsOf(tx, context)), inherited, secretNames: ofType };
    const configured = await judgeConfiguration(configuration, manifest, surroundings);
    if (!given.input || !configured.configuration) throw new Refusal([...given.errors, ...configured.errors]);
    const { configuration: own, secrets } = splitSecrets(configured.configuration, manifest);
    const effective = effectiveConfiguration(manifest, inherited, own);
    const bytes = sizeOf(Object.values(given.input.files).flat(), files);
    const missing = await isMissing(tx, type.id, manifest, own, [...secrets.keys()], [inherited, ofType]);
    const id = await submit(tx, {
      type: { jobTypeId: type.id, revisionId: type.revision_id },
      timeout: Math.min(manifest.job.timeout, Number.MAX_SAFE_INTEGER),
      files: given.input.files,
      json: given.input.json,
      configuration: own as Record<string, unknown>,
      maxTries: effective.maxTries,
      actor,
      priority: effective.priority,
      resources: resourcesOf(manifest, bytes, effective.resources, context),
      status: missing ? 'PENDING' : 'QUEUED',
      ...(dedupeKey === undefined ? {} : { dedupeKey }),
      ...(traceContext === undefined ? {} : { traceContext }),
    });
    await keepSecrets(tx, context, id, secrets);
    return { id, warnings: [...given.warnings, ...configured.warnings] };
  });
}

/**
 * Whether a setting or mount has no value. Where one seems to have none the type's configuration is locked and read again:
 * who completes it at this moment either is seen here, or finds the job waiting.
 */
export async function isMissing(
  tx: Queries,
  jobTypeId: number,
  manifest: Manifest,
  own: Configuration,
  ownSecrets: readonly string[],
  [inherited, ofType]: readonly [Configuration, readonly string[]],
): Promise<boolean> {
  const lacks = (type: Configuration, names: readonly string[]) =>
    missingValues(manifest, type, own, [...names, ...ownSecrets]).length > 0;
  if (!lacks(inherited, ofType)) return false;
  const current = (await lockConfiguration(tx, jobTypeId)) as Configuration;
  return lacks(current, await secretNames(tx, { kind: 'job_type', id: jobTypeId }));
}

export function sizeOf(
  ids: readonly number[],
  files: ReadonlyMap<number, { readonly file_size: number }>,
): number {
  return ids.reduce((sum, id) => sum + (files.get(id)?.file_size ?? 0), 0);
}

/**
 * What a node must have free. Whether any has that much is not asked: the job waits, and says for what.
 * @throws invalid-resource
 */
export function resourcesOf(
  manifest: Manifest,
  inputBytes: number,
  overrides: ReadonlyMap<string, number>,
  { config }: SubmissionContext,
): Resources {
  const { allocated, problems } = allocate({
    scalar: manifest.job.resources.scalar,
    inputBytes,
    overrides,
    defaults: config.defaults,
    minimums: config.minimums,
    available: { cpus: Infinity, mem: Infinity, gpus: true },
  });
  const invalid = problems.find(({ error }) => error !== 'resource-unavailable');
  if (invalid) throw invalid;
  return allocated as Resources & typeof allocated;
}

export async function keepSecrets(
  tx: Queries,
  { config }: SubmissionContext,
  id: number,
  secrets: ReadonlyMap<string, string>,
): Promise<void> {
  if (secrets.size > 0) await setSecrets(tx, await loadSecretKey(config), { kind: 'job', id }, secrets);
}
