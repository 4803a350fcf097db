import { createHash } from 'node:crypto';
import type { Manifest } from './manifest.ts';

/** Room is left for a registry's host and path before the name: a whole reference's name has at most 255 characters. */
const longestName = 160;
/** A tag has at most 128 (the grammar of references, github.com/distribution/reference). */
const longestTag = 128;

/**
 * The name of a job's image, `<name>-<jobVersion>-seed:<packageVersion>` (the standard, "Image naming"). What Docker does not
 * take is changed as docs/manifest.md says: capitals of the name are lowered, `+` becomes `_`, and where more is lost (dashes at
 * its beginning, two different separators side by side, too great a length) eight digits of the original's SHA-256 stand in for it.
 */
export function imageName({ job }: Pick<Manifest, 'job'>): string {
  return `${repository(`${job.name}-${job.jobVersion}`)}-seed:${tag(job.packageVersion)}`;
}

function repository(original: string): string {
  const lowered = original.toLowerCase().replaceAll('+', '_');
  const legal = lowered
    .replace(/^[^a-z0-9]+/, '')
    .replace(/[._-]{2,}/g, onlyDashes)
    .replace(/[._]$/, '');
  if (legal === lowered && legal.length <= longestName) return legal;
  return `${legal.slice(0, longestName).replace(/[._-]+$/, '')}-x${digest(original)}`;
}

/** A run of dashes is legal, any other run of separators is not. */
function onlyDashes(run: string): string {
  return /^-+$/.test(run) ? run : '-';
}

function tag(version: string): string {
  const legal = version.replaceAll('+', '_');
  return legal.length <= longestTag ? legal : `${legal.slice(0, longestTag - 10)}-x${digest(version)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
