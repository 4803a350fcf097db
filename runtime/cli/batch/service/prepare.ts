import type { Configuration } from '../../../../seed-schema/index.ts';
import type { Client, JobTypeDetails } from '../../../client/index.ts';
import { SeedbedError } from '../../../errors/index.ts';
import { missingValues } from '../../../jobs/index.ts';
import { loadManifest, type Manifest, secretMask } from '../../../manifest/index.ts';
import { givenResources } from '../../run/resources.ts';
import { expectKept } from '../../run/json-inputs.ts';
import { shownSettings } from '../../run/registration.ts';
import type { TargetName } from '../../run/target-name.ts';
import { givenConfiguration } from '../../submit/job-request.ts';
import type { BatchOptions } from '../options.ts';
import { type BatchPlan, givenRows, noteUnused } from '../prepare.ts';
import type { Inputs } from '../rows/judge.ts';
import { type Finding, findJobType } from './find-job-type.ts';

/** A batch that is run on a service. */
export interface ServiceBatch extends BatchPlan {
  readonly type: JobTypeDetails;
  /** What each of its jobs is given besides its inputs. */
  readonly configuration: Readonly<Record<string, unknown>>;
}

/**
 * Judges options, manifest and the form of the rows, and has the service judge what all jobs have in common.
 * @throws what is wrong with them; batch-not-on-service; what the service refuses; service-unreachable
 */
export async function prepareOnService(
  name: TargetName,
  options: BatchOptions,
  how: Finding,
): Promise<ServiceBatch> {
  const { client, config } = how;
  refuseOptions(options, client.url);
  const { type, warnings } = await findJobType(name, how);
  const loaded = loadManifest(JSON.stringify(type.manifest), `${type.name} ${type.version}`);
  const { manifest } = loaded;
  const configuration = givenConfiguration(options, manifest);
  const installation = await client.installation();
  await judge(client, type, manifest, configuration);
  const settings = new Map(Object.entries(configuration.settings as Record<string, string>));
  const rows = await givenRows(options, manifest);
  return {
    ...{ type, configuration, rows },
    judgement: { manifest, limits: config.limits, check: (inputs) => refuseChanged(inputs, manifest) },
    identity: {
      image: type.docker_image,
      imageId: `revision ${type.revision_num} of job type ${type.id} of service ${installation ?? client.url}`,
      settings: shownSettings({ manifest, settings }),
      mounts: mountsOf(configuration.mounts),
      resources: Object.fromEntries(givenResources(options.resource)),
      network: options.network,
    },
    warnings: [...warnings, ...loaded.warnings.map(plain), ...noteUnused(options)],
  };
}

/** What only this machine could do. @throws batch-not-on-service */
function refuseOptions({ schema, network, pull }: BatchOptions, where: string): void {
  const problem =
    schema !== undefined
      ? '--schema judges sidecars where the job runs, which a service does by the standard alone'
      : network !== 'none'
        ? `--network ${network} is not offered: jobs of a service have no network`
        : pull !== undefined
          ? `--pull ${pull} is not for the command to say: a service has a policy of its own (SEED_PULL)`
          : undefined;
  if (problem !== undefined) throw new SeedbedError('batch-not-on-service', { where, problem });
}

/** Once for all rows: each of them would be refused, or wait for ever. @throws batch-not-on-service */
async function judge(
  client: Client,
  type: JobTypeDetails,
  manifest: Manifest,
  configuration: Readonly<Record<string, unknown>>,
): Promise<void> {
  const refuse = (problem: string) =>
    new SeedbedError('batch-not-on-service', { where: client.url, problem: problem.replace(/\.$/, '') });
  if (!type.is_active) throw refuse(`the job type ${type.name} ${type.version} is not active`);
  const { errors } = await client.judgeJobType({ manifest: type.manifest, configuration });
  if (errors.length > 0) throw refuse(errors.map(({ description }) => description).join('; '));
  const known = type.configuration as Configuration;
  const stored = Object.entries(known.settings ?? {}).flatMap(([name, value]) =>
    value === secretMask ? [name] : [],
  );
  const missing = missingValues(manifest, known, configuration as Configuration, stored);
  if (missing.length > 0)
    throw refuse(
      `a value is missing for ${missing.map(({ kind, name }) => `the ${kind} ${name}`).join(', ')}; give it with ${missing[0]!.kind === 'mount' ? '-m' : '-e'}, or in the configuration of the job type`,
    );
}

function refuseChanged({ json }: Pick<Inputs, 'json'>, { job }: Manifest): void {
  for (const [name, value] of json) {
    const { type = 'number' } = job.interface.inputs.json.find((input) => input.name === name) ?? {};
    expectKept({ name, type }, value);
  }
}

function mountsOf(mounts: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mounts as Record<string, { host_path: string }>).map(([name, { host_path: path }]) => [
      name,
      path,
    ]),
  );
}

function plain({ name, description }: { readonly name: string; readonly description: string }) {
  return { name, description };
}
