import type { Configuration } from '../../../seed-schema/index.ts';
import { resolveSettings } from '../../jobs/index.ts';
import { type Manifest, secretMask } from '../../manifest/index.ts';
import type { JobDescription } from '../identity.ts';

/** What an execution was given besides its inputs and mounts. */
export interface Given {
  /** Values of settings that are no secrets. */
  readonly settings: Readonly<Record<string, string>>;
  /** Names of secret settings that it had; their values are not known here. */
  readonly secrets: readonly string[];
  /** Amounts as the job read them in ALLOCATED_*: cores, MiB, units. */
  readonly resources: Readonly<Record<string, number>>;
  readonly network: string;
  /** What of it may have been otherwise, for people. */
  readonly unsure: readonly string[];
}

/** By its identity, which has all of it as it was. Pure. */
export function describedGiven(description: JobDescription): Given {
  const resources = Object.entries(description.resources).map(([name, amount]) => [name, Number(amount)]);
  return {
    settings: description.settings,
    secrets: Object.keys(description.secrets),
    resources: Object.fromEntries(resources),
    network: description.network,
    unsure: [],
  };
}

/** What is known of an execution without an identity. */
export interface Configured {
  readonly manifest: Manifest;
  /** Of the job type, as it is now. */
  readonly type: Configuration;
  /** Of the job as it was submitted. */
  readonly job: Configuration & { readonly network?: string };
  /** Names of stored secrets of both. */
  readonly secretNames: readonly string[];
  /** Of the execution. */
  readonly resources: Readonly<Record<string, number>>;
}

/** By the configurations of its job and of its type, of which the latter may have changed since. Pure. */
export function configuredGiven({ manifest, type, job, secretNames, resources }: Configured): Given {
  const known = (of: Configuration) => resolveSettings(manifest, of, job, new Map());
  const { settings, missing } = known(type);
  const own = known({}).settings;
  const masked = Object.entries(job.settings ?? {}).flatMap(([name, value]) =>
    value === secretMask ? [name] : [],
  );
  const secrets = new Set([...secretNames, ...masked]);
  return {
    settings: Object.fromEntries(settings),
    secrets: missing.flatMap(({ kind, name }) => (kind === 'setting' && secrets.has(name) ? [name] : [])),
    resources,
    network: job.network ?? 'none',
    unsure: [...settings.keys()]
      .filter((name) => !own.has(name))
      .map((name) => `the setting ${name} is as its job type has it now, and may have been another one`),
  };
}
