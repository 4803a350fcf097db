import { jobInputs, type ScaleFile, workspaceById } from '../../catalog/index.ts';
import type { Configuration } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { ExecutionRequest, JsonValue } from '../../execution/index.ts';
import {
  effectiveConfiguration,
  type EffectiveConfiguration,
  type ExecutionFacts,
  type HostPaths,
  prepareMounts,
  resolveSettings,
} from '../../jobs/index.ts';
import { loadManifest, type Manifest } from '../../manifest/index.ts';
import type { SecretKey } from '../../secrets/index.ts';
import { readSecrets } from '../../secrets/read.ts';
import type { LastingDatabase } from '../../database/index.ts';
import type { LocalWorkspace } from '../../workspace/index.ts';
import type { DrivenNode } from '../nodes/driven-node.ts';
import { deliverInputs } from './input-files.ts';

/** What a job comes to on a node: all that its execution needs. */
export interface DrivenJob {
  /** Without a network, it gets a prepared namespace that has none. */
  readonly request: Omit<ExecutionRequest, 'network'> & { readonly network?: string | undefined };
  readonly inputs: ReadonlyMap<string, readonly ScaleFile[]>;
  readonly configuration: EffectiveConfiguration;
  /** Where an input is on this machine, absolute. */
  readonly pathOf: (file: ScaleFile) => string;
}

/**
 * Finds out what a job was given. By default its row says all of it; who holds more than may be stored gives a source of
 * its own to `openRuntime`.
 * @throws everything that keeps a job from being launched: target-not-found, input-not-found, missing-setting ...
 */
export type JobSource = (facts: ExecutionFacts, node: DrivenNode) => Promise<DrivenJob>;

export interface RequestContext {
  readonly db: LastingDatabase;
  readonly secretKey: SecretKey;
  readonly hostPaths: HostPaths;
}

/** Reads what a job was given from its row, as it is now. */
export function storedJobs(context: RequestContext): JobSource {
  return (facts, node) => storedJob(context, facts, node);
}

async function storedJob(
  { db, secretKey, hostPaths }: RequestContext,
  facts: ExecutionFacts,
  node: DrivenNode,
): Promise<DrivenJob> {
  const { manifest } = loadManifest(JSON.stringify(facts.manifest), `${facts.typeName} ${facts.typeVersion}`);
  const [type, job] = [facts.typeConfiguration as Configuration, facts.configuration as Configuration];
  const [inputs, secrets, image] = await Promise.all([
    inputsOf(db, manifest, facts),
    secretsOf(db, secretKey, manifest, facts),
    node.images.details(facts.image),
  ]);
  const pathOf = await pathsOf(db, inputs);
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
  return {
    inputs,
    pathOf,
    configuration: effectiveConfiguration(manifest, type, job),
    request: {
      manifest,
      imageReference: facts.image,
      image,
      files: await deliverInputs(inputs, pathOf),
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
  db: LastingDatabase,
  { job }: Manifest,
  { jobId }: ExecutionFacts,
): Promise<ReadonlyMap<string, readonly ScaleFile[]>> {
  return job.interface.inputs.files.length === 0 ? new Map() : jobInputs(db, jobId);
}

/** The job's own over those of its type. */
async function secretsOf(
  db: LastingDatabase,
  key: SecretKey,
  { job }: Manifest,
  { jobTypeId, jobId }: ExecutionFacts,
): Promise<ReadonlyMap<string, string>> {
  if (job.interface.settings.length === 0) return new Map();
  return readSecrets(db, key, { kind: 'job_type', id: jobTypeId }, { kind: 'job', id: jobId });
}

function asJson(value: unknown): JsonValue {
  return { value, environment: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** Each workspace is asked for once. @throws outside-workspace when one has no directory here */
async function pathsOf(
  db: LastingDatabase,
  inputs: ReadonlyMap<string, readonly ScaleFile[]>,
): Promise<(file: ScaleFile) => string> {
  const workspaces = new Map<number, LocalWorkspace>();
  for (const { workspace } of [...inputs.values()].flat()) {
    if (workspaces.has(workspace.id)) continue;
    const found = await workspaceById(db, workspace.id);
    if (!found)
      throw new SeedbedError('workspace-unusable', {
        workspace: workspace.name,
        reason: 'it has no directory on this machine',
      });
    workspaces.set(workspace.id, found);
  }
  return (file) => workspaces.get(file.workspace.id)!.hostPath(file.file_path);
}
