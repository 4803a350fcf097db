import { SeedbedError } from '../../errors/index.ts';
import type { Warning } from '../../execution/index.ts';
import type { Manifest } from '../../manifest/index.ts';
import { parted } from './assignments.ts';
import { named, nameValue } from './name-values.ts';

/**
 * Values of settings from `-e NAME=VALUE`; `-e NAME` alone takes the caller's own variable, so that a secret stays out
 * of argv. A setting without a value is left unset, as on Scale, and said so.
 * @throws unknown-name; missing-setting when the caller has no such variable
 */
export function givenSettings(
  options: readonly string[],
  manifest: Manifest,
  env: NodeJS.ProcessEnv,
): { settings: Map<string, string>; warnings: Warning[] } {
  const settings = new Map<string, string>();
  const names = manifest.job.interface.settings.map(({ name }) => name);
  for (const option of parted(options, names)) {
    const { name, value } = nameValue('-e', option);
    const setting = named(manifest.job.interface.settings, name, 'setting');
    const text = value ?? env[name];
    if (text === undefined) throw new SeedbedError('missing-setting', { name });
    settings.set(setting.name, text);
  }
  const warnings = manifest.job.interface.settings
    .filter(({ name }) => !settings.has(name))
    .map(({ name }) => ({
      name: 'MISSING_SETTING',
      description: `The setting ${name} has no value and stays unset; give it with -e ${name}=VALUE.`,
    }));
  return { settings, warnings };
}
