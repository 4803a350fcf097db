import { below, type Configuration, nearest } from '../../../../seed-schema/index.ts';
import { registry } from '../../../errors/index.ts';
import type { Manifest } from '../../../manifest/manifest.ts';
import type { ConfigurationReport } from '../findings.ts';

/** Errors that are to be retried: names that can come. */
export function judgeRetry({ retry }: Configuration, manifest: Manifest, report: ConfigurationReport): void {
  const names = [...manifest.job.errors.map(({ name }) => name), ...Object.keys(registry)];
  for (const [index, name] of (retry?.errors ?? []).entries()) {
    if (name === '*' || names.includes(name)) continue;
    const path = below(below('retry', 'errors'), index);
    const meant = nearest(name, names);
    const advice = meant ? `did you mean ${meant}?` : 'name one of its errors, or one of docs/errors.md';
    report.warn(
      'UNKNOWN_ERROR',
      path,
      `${path} is ${JSON.stringify(name)}, which the manifest has not; ${advice}`,
    );
  }
}
