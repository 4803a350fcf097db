import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { AcceptedJob, Client, JobTypeDetails } from '../../client/index.ts';
import type { Config } from '../../config/index.ts';
import { loadManifest, type Manifest } from '../../manifest/index.ts';
import { bytes } from '../format.ts';
import { findType } from '../service/find-type.ts';
import { type GivenInput, givenInputs } from './given-inputs.ts';
import { givenValues, jobPost } from './job-request.ts';
import type { SubmitOptions } from './options.ts';

/** A job that the service has taken, and what of its files is on this machine. */
export interface Submission {
  readonly job: AcceptedJob;
  readonly manifest: Manifest;
  /** Files that were sent: where they are here, by their number there. */
  readonly sent: ReadonlyMap<number, { readonly path: string; readonly sha256: string }>;
}

/**
 * Finds or registers the job type, judges the command line by its manifest, sends the files, and submits.
 * @throws what is wrong with the command line; what the service refuses; service-unreachable
 */
export async function submitJob(
  client: Client,
  target: string,
  options: SubmitOptions,
  config: Config,
  tell: (line: string) => void,
): Promise<Submission> {
  const type = await typeOf(client, target);
  const { manifest } = loadManifest(JSON.stringify(type.manifest), `${type.name} ${type.version}`);
  const values = await givenValues(options, manifest, config.limits);
  const given = await givenInputs(options.input, manifest.job.interface.inputs.files);
  const sent = new Map<number, { path: string; sha256: string }>();
  const files: Record<string, number[]> = {};
  for (const [name, inputs] of given) {
    files[name] = [];
    for (const input of inputs) files[name].push(await idOf(client, input, sent, tell));
  }
  const job = await client.submitJob(jobPost(type.id, files, values), randomUUID());
  return { job, manifest, sent };
}

/** A word that is no job type of the service is an image, whose label the service reads. */
export async function typeOf(client: Client, target: string): Promise<JobTypeDetails> {
  const known = await findType(client, target);
  if (known) return client.jobType(known.name, known.version);
  return client.saveJobType({ docker_image: target });
}

/** The number of an input on the service; a file of this machine is sent. */
export async function idOf(
  client: Client,
  input: GivenInput,
  sent: Map<number, { path: string; sha256: string }>,
  tell: (line: string) => void,
): Promise<number> {
  if ('id' in input) return input.id;
  tell(`sending ${input.path} (${bytes(input.size)})`);
  const { file, sha256 } = await client.upload(input.path, path.basename(input.path));
  sent.set(file.id, { path: input.path, sha256 });
  return file.id;
}
