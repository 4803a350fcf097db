import type { Configuration, ConfiguredMount } from '../../../seed-schema/index.ts';
import type { Manifest, Mount, Setting } from '../../manifest/manifest.ts';
import { secretMask } from '../../manifest/names.ts';
import { inOwnNames } from './own-names.ts';

/** A mount of the manifest and what it is. */
export interface ResolvedMount extends Mount {
  readonly mount: ConfiguredMount;
}

/** A setting or mount of the manifest that nobody has given: the job waits for it. */
export interface MissingValue {
  readonly kind: 'setting' | 'mount';
  readonly name: string;
}

/** What an execution gets. */
export interface ResolvedSettings {
  /** Values by the manifest's own names; those that are to stay unset (null) are not there. */
  readonly settings: ReadonlyMap<string, string>;
  readonly mounts: readonly ResolvedMount[];
  readonly missing: readonly MissingValue[];
}

/**
 * The values of every setting and mount of the manifest: the job's own over those of its type.
 * @param secrets stored values by name, those of the job over those of its type
 */
export function resolveSettings(
  manifest: Manifest,
  type: Configuration,
  job: Configuration | undefined,
  secrets: ReadonlyMap<string, string>,
): ResolvedSettings {
  const { settings, mounts } = manifest.job.interface;
  const sources: Sources = {
    type: inOwnNames(settings, type.settings),
    job: inOwnNames(settings, job?.settings),
    secrets: inOwnNames(settings, Object.fromEntries(secrets)),
  };
  const values = new Map<string, string>();
  const missing: MissingValue[] = [];
  for (const setting of settings) {
    const value = valueOf(setting, sources);
    if (value === undefined) missing.push({ kind: 'setting', name: setting.name });
    else if (value !== null) values.set(setting.name, value);
  }
  const configured = new Map([...inOwnNames(mounts, type.mounts), ...inOwnNames(mounts, job?.mounts)]);
  const resolved: ResolvedMount[] = [];
  for (const entry of mounts) {
    const mount = configured.get(entry.name);
    if (mount) resolved.push({ ...entry, mount });
    else missing.push({ kind: 'mount', name: entry.name });
  }
  return { settings: values, mounts: resolved, missing };
}

/**
 * What a job would wait for, by the names of its secrets alone: who accepts jobs does not read values.
 * @param secretNames of the type and of the job
 */
export function missingValues(
  manifest: Manifest,
  type: Configuration,
  job: Configuration | undefined,
  secretNames: readonly string[],
): readonly MissingValue[] {
  return resolveSettings(manifest, type, job, new Map(secretNames.map((name) => [name, '']))).missing;
}

interface Sources {
  readonly type: ReadonlyMap<string, string | null>;
  readonly job: ReadonlyMap<string, string | null>;
  readonly secrets: ReadonlyMap<string, string>;
}

/** A value of either kind is found where it is, also after a new manifest has made a secret of it, or no longer. */
function valueOf({ name, secret }: Setting, { type, job, secrets }: Sources): string | null | undefined {
  const found = secret
    ? [job.get(name), secrets.get(name), type.get(name)]
    : [job.get(name), type.get(name), secrets.get(name)];
  return found.find((value) => value !== undefined && !(secret && value === secretMask));
}
