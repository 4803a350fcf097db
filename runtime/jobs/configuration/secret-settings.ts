import type { Configuration } from '../../../seed-schema/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { secretMask } from '../../manifest/names.ts';
import { inOwnNames } from './own-names.ts';

/** A configuration, parted into what is stored in the clear and what is stored encrypted. Names are the manifest's own. */
export interface SplitConfiguration {
  /** Without the values of secret settings, and without what the manifest does not know. */
  readonly configuration: Configuration;
  /** Values of secret settings that are to be set. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Secret settings that were given as null: a stored value is to be removed. */
  readonly removed: readonly string[];
}

/**
 * Parts a valid configuration. A secret setting that is left out, or has the mask that it is shown as, keeps its stored
 * value: who sends back what was shown changes nothing.
 */
export function splitSecrets(configuration: Configuration, manifest: Manifest): SplitConfiguration {
  const { mounts, settings, outputs } = manifest.job.interface;
  const secret = new Set(settings.filter((setting) => setting.secret).map(({ name }) => name));
  const given = inOwnNames(settings, configuration.settings);
  const secrets = new Map<string, string>();
  const removed: string[] = [];
  for (const [name, value] of given) {
    if (!secret.has(name)) continue;
    if (value === null) removed.push(name);
    else {
      given.delete(name);
      if (value !== secretMask) secrets.set(name, value);
    }
  }
  const { output_workspaces: workspaces } = configuration;
  const stored: Configuration = {
    ...configuration,
    ...(configuration.settings && { settings: Object.fromEntries(given) }),
    ...(configuration.mounts && { mounts: Object.fromEntries(inOwnNames(mounts, configuration.mounts)) }),
    ...(workspaces?.outputs && {
      output_workspaces: {
        ...workspaces,
        outputs: Object.fromEntries(inOwnNames(outputs.files, workspaces.outputs)),
      },
    }),
  };
  return { configuration: stored, secrets, removed };
}

/**
 * A configuration as it is shown: every secret setting that has a value has the mask in its place.
 * @param secretNames of the values that are stored encrypted
 */
export function maskConfiguration(
  configuration: Configuration,
  manifest: Manifest,
  secretNames: readonly string[],
): Configuration {
  const { settings } = manifest.job.interface;
  const stored = inOwnNames(settings, Object.fromEntries(secretNames.map((name) => [name, true])));
  const clear = inOwnNames(settings, configuration.settings);
  const shown = new Map<string, string | null>();
  for (const { name, secret } of settings) {
    const value = clear.get(name);
    if (!secret && value !== undefined) shown.set(name, value);
    else if (stored.has(name) || typeof value === 'string') shown.set(name, secretMask);
    else if (value === null) shown.set(name, null);
  }
  if (!configuration.settings && shown.size === 0) return configuration;
  return { ...configuration, settings: Object.fromEntries(shown) };
}
