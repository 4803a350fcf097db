import type { Configuration, Finding } from '../../../seed-schema/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import {
  changeJobType,
  type JobTypeChange,
  jobTypeDetails,
  registerJobType,
  splitSecrets,
} from '../../jobs/index.ts';
import type { Manifest } from '../../manifest/index.ts';
import { lockRecipeTypes, raiseUsers } from '../../recipes/index.ts';
import { loadSecretKey, removeSecrets, secretNames, setSecrets } from '../../secrets/index.ts';
import { judgeJobType } from './judge-job-type.ts';
import { queueComplete } from './queue-complete.ts';
import { Refusal } from './refusal.ts';
import type { SubmissionContext } from './surroundings.ts';

/** What is to be known of a job type; members that are left out stay as they are. */
export interface JobTypeRequest {
  /** As its author wrote it. */
  readonly manifest: unknown;
  readonly image: string;
  readonly configuration?: unknown;
  readonly change: Omit<JobTypeChange, 'configuration'>;
  /** Whether recipe types that name it get new revisions that name its new one. */
  readonly autoUpdate?: boolean | undefined;
}

export interface SavedJobType {
  /** `job_type.id`. */
  readonly id: number;
  readonly warnings: readonly Finding[];
  /** Jobs that lacked what the configuration gives now. */
  readonly queued: number;
}

/**
 * Registers a job type, or changes the one of that name and version; another manifest or image is a new revision. Secrets go
 * to their store, and jobs that waited for a complete configuration are queued.
 * @throws Refusal with every problem; secret-key-unusable
 */
export async function saveJobType(
  db: Database,
  context: SubmissionContext,
  { manifest: document, image, configuration, change, autoUpdate = false }: JobTypeRequest,
  actor: string,
): Promise<SavedJobType> {
  return db.transaction(async (tx) => {
    // Whoever saves a recipe type locks those before job types too.
    if (autoUpdate) await lockRecipeTypes(tx);
    const known = await knownType(tx, document);
    const names = known ? await secretNames(tx, { kind: 'job_type', id: known.id }) : [];
    const wanted = configuration ?? known?.configuration ?? {};
    const judged = await judgeJobType(tx, context, document, wanted, names);
    if (!judged.manifest || !judged.configuration) throw new Refusal(judged.errors);
    const type = await registerJobType(tx, judged.manifest, document, image, actor);
    const id = type.jobTypeId;
    const stored = await store(tx, context, id, judged.manifest, judged.configuration);
    await changeJobType(
      tx,
      id,
      { ...change, ...(configuration === undefined ? {} : { configuration: stored }) },
      actor,
    );
    const isRevised = known !== undefined && known.revision_num !== type.revisionNum;
    const left = autoUpdate && isRevised ? await raiseUsers(tx, { jobTypeId: id }, actor) : [];
    const warnings = [...judged.warnings, ...left, ...(await reuseWarnings(tx, id, judged.manifest))];
    return { id, warnings, queued: await queueComplete(tx, id, actor) };
  });
}

/** That a job which writes to mounts is not told by its outputs alone; it is nobody's fault but the user's to know that. */
async function reuseWarnings(tx: Queries, id: number, { job }: Manifest): Promise<Finding[]> {
  const writable = job.interface.mounts.filter(({ mode }) => mode === 'rw').map(({ name }) => name);
  if (writable.length === 0) return [];
  const type = await jobTypeDetails(tx, id);
  if (!((type?.configuration as Configuration | undefined)?.reuse ?? type?.reuse)) return [];
  return [
    {
      name: 'REUSE_UNSAFE',
      path: 'reuse',
      description: `Its jobs may write to ${writable.join(', ')}; what they do there is not done where one reuses`,
    },
  ];
}

/** The type that a manifest means, if it says a name and version at all. */
async function knownType(tx: Queries, document: unknown) {
  const { name, jobVersion } =
    (document as { job?: { name?: unknown; jobVersion?: unknown } } | null)?.job ?? {};
  if (typeof name !== 'string' || typeof jobVersion !== 'string') return undefined;
  return jobTypeDetails(tx, { name, version: jobVersion });
}

/** @returns what is stored in the clear */
async function store(
  tx: Queries,
  { config }: SubmissionContext,
  id: number,
  manifest: Manifest,
  configuration: Configuration,
): Promise<Configuration> {
  const owner = { kind: 'job_type', id } as const;
  const { configuration: clear, secrets, removed } = splitSecrets(configuration, manifest);
  if (removed.length > 0) await removeSecrets(tx, owner, removed);
  if (secrets.size > 0) await setSecrets(tx, await loadSecretKey(config), owner, secrets);
  return clear;
}
