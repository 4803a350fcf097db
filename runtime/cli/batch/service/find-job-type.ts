import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Client, type JobTypeDetails, ServiceRefusal } from '../../../client/index.ts';
import type { Config, PullPolicy } from '../../../config/index.ts';
import { createEngine } from '../../../engine/index.ts';
import type { Warning } from '../../../execution/index.ts';
import { buildJob, type JobDirectory, readJobDirectory } from '../../images/job-directory.ts';
import { isDirectory } from '../../run/target.ts';
import type { TargetName } from '../../run/target-name.ts';
import { typeOf } from '../../submit/submission.ts';

/** What a target of the command line is on a service. */
export interface ServiceTarget {
  readonly type: JobTypeDetails;
  readonly warnings: readonly Warning[];
}

export interface Finding {
  readonly client: Client;
  readonly config: Config;
  readonly progress: (line: string) => void;
}

/**
 * The job type of an image, which the service registers where it does not know it, or knows it otherwise. A job directory is
 * built by the engine of this machine first; the service must have that engine, or a registry in common with it.
 * @throws target-not-found where the service's engine has no such image; what is wrong with a manifest or a build
 */
export async function findJobType(name: TargetName, how: Finding): Promise<ServiceTarget> {
  const { client, config, progress } = how;
  const registered = async (reference: string) => client.saveJobType({ docker_image: reference });
  if (name.kind === 'image') return withoutWarnings(await registered(name.name));
  if (name.kind === 'either') {
    if (!(await isDirectory(name.name))) return withoutWarnings(await typeOf(client, name.name));
    const job = await readJobDirectory(name.name);
    await build(job, config, progress);
    return withoutWarnings(await registered(job.reference));
  }
  const job = await ofManifest(name.name);
  let type: JobTypeDetails;
  try {
    type = await registered(job.reference);
  } catch (thrown) {
    const isMissing = thrown instanceof ServiceRefusal && thrown.error === 'target-not-found';
    if (!isMissing || !existsSync(path.join(job.directory, 'Dockerfile'))) throw thrown;
    await build(job, config, progress);
    type = await registered(job.reference);
  }
  if (isDeepStrictEqual(type.manifest, JSON.parse(job.loaded.text))) return withoutWarnings(type);
  const description = `The image ${job.reference} was built with another manifest than ${job.file}, and is run as it is; \`seed build\` builds it anew.`;
  return { type, warnings: [{ name: 'other-manifest', description }] };
}

function withoutWarnings(type: JobTypeDetails): ServiceTarget {
  return { type, warnings: [] };
}

/** The one that is named, or that of a directory. */
async function ofManifest(name: string | undefined): Promise<JobDirectory> {
  const isFile = name !== undefined && ((await stat(name).catch(() => undefined))?.isFile() ?? true);
  if (!isFile) return readJobDirectory(name ?? '.');
  return readJobDirectory(path.dirname(name), { manifest: path.resolve(name) });
}

async function build(job: JobDirectory, config: Config, progress: (line: string) => void): Promise<void> {
  const pull: PullPolicy = config.pull;
  const engine = await createEngine(config);
  try {
    await buildJob(engine, job, { pull }, progress);
  } finally {
    engine.close();
  }
}
