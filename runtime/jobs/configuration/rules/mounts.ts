import { below, type Configuration, notDeclared } from '../../../../seed-schema/index.ts';
import type { Manifest } from '../../../manifest/manifest.ts';
import type { ConfigurationReport } from '../findings.ts';
import { judgeHostPath } from '../host-path.ts';
import type { Surroundings } from '../judge.ts';
import { matchNames } from '../own-names.ts';
import { missingValues } from '../resolve.ts';
import { judgeVolume } from '../volume.ts';

/** Mounts that may not be, that the manifest does not have, that are given twice, and those that jobs will wait for. */
export async function judgeMounts(
  { mounts }: Configuration,
  manifest: Manifest,
  surroundings: Surroundings,
  report: ConfigurationReport,
): Promise<void> {
  const declared = manifest.job.interface.mounts;
  const { matched, unknown, repeated } = matchNames(declared, mounts);
  for (const key of unknown) {
    const path = below('mounts', key);
    report.warn('UNKNOWN_MOUNT', path, `${path} is ignored: ${notDeclared('mount', key, declared)}`);
  }
  for (const { key, name } of repeated) {
    const path = below('mounts', key);
    report.error('DUPLICATE_MOUNT', path, `${path} is the mount ${name} once more; keep one of them`);
  }
  for (const { key, value: mount } of matched) {
    const path = below('mounts', key);
    if (mount.type === 'volume') {
      const problem = await judgeVolume(mount, surroundings);
      if (problem) report.error('VOLUME_NOT_ALLOWED', path, `${path} ${problem}`);
      continue;
    }
    const judged = await judgeHostPath(mount.host_path, surroundings);
    const where = below(path, 'host_path');
    if ('problem' in judged)
      report.error(judged.name, where, `${where} ${mount.host_path} ${judged.problem}`);
  }
  const given = Object.fromEntries(matched.map(({ entry, value }) => [entry.name, value]));
  for (const { kind, name } of missingValues(manifest, surroundings.inherited ?? {}, { mounts: given }, []))
    if (kind === 'mount')
      report.warn(
        'MISSING_MOUNT',
        'mounts',
        `The mount ${name} is not configured, so jobs wait for it; give mounts.${name}`,
      );
}
