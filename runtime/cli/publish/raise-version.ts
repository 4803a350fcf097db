import { endOfString } from '../../../seed-schema/json/depth.ts';
import type { Bump, Part } from './bump-options.ts';

/**
 * The next version by SemVer 2.0.0 (item 9: a pre-release comes before its version, so that raising `1.0.0-rc.1` by a patch
 * gives `1.0.0`). Build metadata goes. Pure.
 */
export function raised(version: string, part: Part): string {
  const [, major = '0', minor = '0', patch = '0', pre] =
    /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?/.exec(version) ?? [];
  const next = (digits: string, isReached: boolean) => `${BigInt(digits) + (isReached ? 0n : 1n)}`;
  const isPre = pre !== undefined;
  if (part === 'patch') return `${major}.${minor}.${next(patch, isPre)}`;
  if (part === 'minor') return `${major}.${next(minor, isPre && patch === '0')}.0`;
  return `${next(major, isPre && minor === '0' && patch === '0')}.0.0`;
}

/** The two versions of a manifest. */
export interface Versions {
  readonly jobVersion: string;
  readonly packageVersion: string;
}

/** Pure. */
export function raisedVersions(versions: Versions, bump: Bump): Versions {
  return {
    jobVersion: bump.job ? raised(versions.jobVersion, bump.job) : versions.jobVersion,
    packageVersion: bump.package ? raised(versions.packageVersion, bump.package) : versions.packageVersion,
  };
}

/**
 * A manifest's text with other versions and nothing else changed. Pure.
 * @param text a valid manifest
 */
export function withVersions(text: string, versions: Versions): string {
  const places = versionPlaces(text);
  return (['jobVersion', 'packageVersion'] as const)
    .map((member) => ({ value: versions[member], ...places[member] }))
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (before, { value, start, end }) => `${before.slice(0, start)}"${value}"${before.slice(end)}`,
      text,
    );
}

/** What tells a member's name from a string. */
const afterName = /\s*:/y;

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where the strings of `job.jobVersion` and `job.packageVersion` stand: of members that stand twice the last one counts. */
function versionPlaces(text: string): Record<keyof Versions, Place> {
  const places: Record<string, Place> = {};
  const keys: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if ('{['.includes(character)) keys.push('');
    else if ('}]'.includes(character)) keys.pop();
    else if (character === '"') {
      const end = endOfString(text, at) + 1;
      afterName.lastIndex = end;
      if (afterName.test(text)) keys[keys.length - 1] = JSON.parse(text.slice(at, end)) as string;
      else places[keys.join('.')] = { start: at, end };
      at = end - 1;
    }
  }
  return { jobVersion: places['job.jobVersion']!, packageVersion: places['job.packageVersion']! };
}
