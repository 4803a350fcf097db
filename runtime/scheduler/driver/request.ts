import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { jobInputs, mountOf, type ScaleFile, type Workspaces } from '../../catalog/index.ts';
import type { Configuration } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { asJson, type ExecutionRequest } from '../../execution/index.ts';
import {
  effectiveConfiguration,
  type EffectiveConfiguration,
  type ExecutionFacts,
  type HostPaths,
  judgeHostPath,
  prepareMounts,
  resolveSettings,
} from '../../jobs/index.ts';
import { loadManifest, type Manifest } from '../../manifest/index.ts';
import type { SecretKey } from '../../secrets/index.ts';
import { readSecrets } from '../../secrets/read.ts';
import type { LastingDatabase, Queries } from '../../database/index.ts';
import type { ImageDetails } from '../../engine/index.ts';
import { HostWorkspace, isLocal, type Workspace } from '../../workspace/index.ts';
import type { DrivenNode } from '../nodes/driven-node.ts';
import { deliverInputs, type InputPlace, type RemoteInput } from './input-files.ts';

/** What a job comes to on a node: all that its execution needs. */
export interface DrivenJob {
  /** Without a network, it gets a prepared namespace that has none. */
  readonly request: Omit<ExecutionRequest, 'network'> & { readonly network?: string | undefined };
  readonly inputs: ReadonlyMap<string, readonly ScaleFile[]>;
  readonly configuration: EffectiveConfiguration;
  /** Where an input is on this machine, absolute; undefined: it is fetched, or read in part only. */
  readonly pathOf: (file: ScaleFile) => string | undefined;
  /** By which identities tell secret settings apart. */
  readonly identityKey: KeyObject;
  /** What has to be fetched before the launch, see `Delivered`. */
  readonly remote?: readonly RemoteInput[];
}

/**
 * Finds out what a job was given. By default its row says all of it; who holds more than may be stored gives a source of
 * its own to `openRuntime`.
 * @throws everything that keeps a job from being launched: target-not-found, input-not-found, missing-setting ...
 */
export type JobSource = (facts: ExecutionFacts, node: DrivenNode) => Promise<DrivenJob>;

export interface RequestContext {
  readonly db: Queries & Pick<LastingDatabase, 'installation'>;
  readonly secretKey: SecretKey;
  readonly hostPaths: HostPaths;
  readonly workspaces: Workspaces;
}

/** Reads what a job was given from its row, as it is now. */
export function storedJobs(context: RequestContext): JobSource {
  return (facts, node) => storedJob(context, facts, (image) => node.images.details(image));
}

/** The same with images that are looked up elsewhere. */
export async function storedJob(
  context: RequestContext,
  facts: ExecutionFacts,
  imageOf: (reference: string) => Promise<ImageDetails>,
): Promise<DrivenJob> {
  const { db, secretKey, hostPaths } = context;
  const { manifest } = loadManifest(JSON.stringify(facts.manifest), `${facts.typeName} ${facts.typeVersion}`);
  const [type, job] = [facts.typeConfiguration as Configuration, facts.configuration as Configuration];
  const [inputs, secrets, image] = await Promise.all([
    inputsOf(db, manifest, facts),
    secretsOf(db, secretKey, manifest, facts),
    imageOf(facts.image),
  ]);
  const { pathOf, placeOf } = await placesOfInputs(context, manifest, inputs);
  const { settings, mounts, missing } = resolveSettings(manifest, type, job, secrets);
  if (missing[0])
    throw new SeedbedError('configuration-incomplete', {
      job_type: `${facts.typeName} ${facts.typeVersion}`,
      missing: missing.map(({ kind, name }) => `the ${kind} ${name}`).join(', '),
    });
  const { staged, volumes } = await prepareMounts(mounts, hostPaths, {
    installation: db.installation,
    jobTypeId: facts.jobTypeId,
  });
  const { files, remote } = await deliverInputs(inputs, placeOf);
  return {
    inputs,
    pathOf,
    remote,
    identityKey: secretKey.key,
    configuration: effectiveConfiguration(manifest, type, job),
    request: {
      manifest,
      imageReference: facts.image,
      image,
      files,
      json: new Map(Object.entries(facts.json).map(([name, value]) => [name, asJson(value)])),
      settings,
      mounts: staged,
      volumes,
      overrides: new Map(
        Object.entries(facts.resources).flatMap(([name, amount]) =>
          amount === undefined ? [] : [[name, amount] as const],
        ),
      ),
    },
  };
}

/** Nothing is asked for what the manifest cannot have: a round trip is half a millisecond of every job. */
async function inputsOf(
  db: Queries,
  { job }: Manifest,
  { jobId }: ExecutionFacts,
): Promise<ReadonlyMap<string, readonly ScaleFile[]>> {
  return job.interface.inputs.files.length === 0 ? new Map() : jobInputs(db, jobId);
}

/** The job's own over those of its type. */
async function secretsOf(
  db: Queries,
  key: SecretKey,
  { job }: Manifest,
  { jobTypeId, jobId }: ExecutionFacts,
): Promise<ReadonlyMap<string, string>> {
  if (job.interface.settings.length === 0) return new Map();
  return readSecrets(db, key, { kind: 'job_type', id: jobTypeId }, { kind: 'job', id: jobId });
}

/** How the inputs of a job can be had. */
interface Places {
  /** Where a file is, absolute; undefined: it is fetched, or its input is read in part only. */
  readonly pathOf: (file: ScaleFile) => string | undefined;
  readonly placeOf: (file: ScaleFile, input: string) => InputPlace;
}

/** Each workspace is asked for once. @throws workspace-unusable when one cannot be reached from here */
async function placesOfInputs(
  { db, workspaces, hostPaths }: RequestContext,
  { job }: Manifest,
  inputs: ReadonlyMap<string, readonly ScaleFile[]>,
): Promise<Places> {
  const opened = new Map<number, Workspace>();
  const mounts = new Map<number, HostWorkspace>();
  const partial = new Set(job.interface.inputs.files.filter((one) => one.partial).map(({ name }) => name));
  for (const [input, files] of inputs)
    for (const { workspace } of files) {
      const found = opened.get(workspace.id) ?? (await workspaces.byId(workspace.id));
      if (!found)
        throw new SeedbedError('workspace-unusable', {
          workspace: workspace.name,
          reason: 'it cannot be reached from this machine',
        });
      opened.set(workspace.id, found);
      if (isLocal(found) || !partial.has(input) || mounts.has(found.id)) continue;
      const root = await mountOf(db, found.id);
      if (root !== undefined && !('problem' in (await judgeHostPath(root, hostPaths))))
        mounts.set(found.id, new HostWorkspace({ id: found.id, name: found.name, root }));
    }
  const local = (file: ScaleFile) => {
    const workspace = opened.get(file.workspace.id)!;
    return isLocal(workspace) ? workspace.hostPath(file.file_path) : undefined;
  };
  return {
    pathOf: local,
    placeOf: (file, input) => {
      const where = local(file);
      if (where !== undefined) return { path: where };
      const mounted = partial.has(input)
        ? mounts.get(file.workspace.id)?.hostPath(file.file_path)
        : undefined;
      return mounted !== undefined && existsSync(mounted)
        ? { path: mounted, isMount: true }
        : { from: opened.get(file.workspace.id)! };
    },
  };
}
