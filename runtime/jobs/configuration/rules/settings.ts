import { below, type Configuration, notDeclared } from '../../../../seed-schema/index.ts';
import type { Manifest } from '../../../manifest/manifest.ts';
import type { ConfigurationReport } from '../findings.ts';
import type { Surroundings } from '../judge.ts';
import { matchNames } from '../own-names.ts';
import { missingValues } from '../resolve.ts';

/** Settings that the manifest does not have, that are given twice, and those that jobs will wait for. */
export function judgeSettings(
  { settings }: Configuration,
  manifest: Manifest,
  { inherited = {}, secretNames = [] }: Surroundings,
  report: ConfigurationReport,
): void {
  const declared = manifest.job.interface.settings;
  const { matched, unknown, repeated } = matchNames(declared, settings);
  for (const key of unknown) {
    const path = below('settings', key);
    report.warn('UNKNOWN_SETTING', path, `${path} is ignored: ${notDeclared('setting', key, declared)}`);
  }
  for (const { key, name } of repeated) {
    const path = below('settings', key);
    report.error('DUPLICATE_SETTING', path, `${path} is the setting ${name} once more; keep one of them`);
  }
  const given = Object.fromEntries(matched.map(({ entry, value }) => [entry.name, value]));
  const missing = missingValues(manifest, inherited, { settings: given }, secretNames);
  for (const { kind, name } of missing)
    if (kind === 'setting')
      report.warn(
        'MISSING_SETTING',
        'settings',
        `The setting ${name} has no value, so jobs wait for it; give settings.${name} a text, or null to run without it`,
      );
}
