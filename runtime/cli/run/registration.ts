import { hostname, userInfo } from 'node:os';
import { localWorkspace, registerSources, type ScaleFile } from '../../catalog/index.ts';
import type { Database } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { ExecutionRequest, Plan } from '../../execution/index.ts';
import { claim, type Execution, type JobTypeRevision, registerJobType, submit } from '../../jobs/index.ts';
import { secretMask } from '../../manifest/index.ts';
import type { LocalWorkspace } from '../../workspace/index.ts';
import type { GivenFile } from './input-files.ts';
import type { Prepared } from './prepare.ts';

/** A job that is ours to run, with the rows of its inputs. */
export interface Registration {
  readonly workspace: LocalWorkspace;
  readonly type: JobTypeRevision;
  readonly execution: Execution;
  /** By input, in the order given. */
  readonly inputs: ReadonlyMap<string, readonly ScaleFile[]>;
  /** Where an input is read, absolute. */
  readonly pathOf: (file: ScaleFile) => string;
}

/** Makes job type, input files, job and execution known, in one transaction, before anything is launched. */
export async function register(
  db: Database,
  { request, target, files, known }: Prepared,
  plan: Plan,
  attemptDirectory: string,
): Promise<Registration> {
  const actor = userName();
  return db.transaction(async (tx) => {
    const workspace = await localWorkspace(tx);
    const type =
      known?.type ??
      (await registerJobType(tx, request.manifest, target.document, request.imageReference, actor));
    const inputs =
      known?.inputs ?? split(files, await registerSources(tx, workspace, [...files.values()].flat()));
    const places = placesOf(files, inputs);
    const jobId = await submit(tx, {
      type,
      timeout: Math.min(request.manifest.job.timeout, Number.MAX_SAFE_INTEGER),
      files: Object.fromEntries([...inputs].map(([name, of]) => [name, of.map((row) => row.id)])),
      json: Object.fromEntries([...request.json].map(([name, { value }]) => [name, value])),
      configuration: { settings: shownSettings(request), network: request.network },
      maxTries: 1,
      actor,
    });
    const execution = await claim(tx, jobId, {
      runtime: db.presence.runtime,
      node: hostname(),
      imageId: request.image.id,
      resources: plan.allocated,
      attemptDirectory,
    });
    if (!execution)
      throw new SeedbedError('internal-error', { reason: `the new job ${jobId} was not in the queue` });
    return { workspace, type, execution, inputs, pathOf: ({ id }) => places.get(id)! };
  });
}

/** The rows of all files, by input again. Pure. */
export function split(
  files: ReadonlyMap<string, readonly GivenFile[]>,
  rows: readonly ScaleFile[],
): Map<string, ScaleFile[]> {
  let start = 0;
  return new Map(
    [...files].map(
      ([name, given]) => [name, rows.slice(start, (start += given.length))] as [string, ScaleFile[]],
    ),
  );
}

/** @returns absolute paths by `scale_file.id` */
function placesOf(
  files: ReadonlyMap<string, readonly GivenFile[]>,
  inputs: ReadonlyMap<string, readonly ScaleFile[]>,
): Map<number, string> {
  const places = new Map<number, string>();
  for (const [name, rows] of inputs)
    rows.forEach(({ id }, nth) => places.set(id, files.get(name)![nth]!.path));
  return places;
}

/** Values of settings as they may be stored: those of secrets are masked. Pure. */
export function shownSettings({
  manifest,
  settings,
}: Pick<ExecutionRequest, 'manifest' | 'settings'>): Record<string, string> {
  const secret = new Set(manifest.job.interface.settings.filter((one) => one.secret).map((one) => one.name));
  return Object.fromEntries(
    [...settings].map(([name, value]) => [name, secret.has(name) ? secretMask : value]),
  );
}

/** Who runs this command. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
