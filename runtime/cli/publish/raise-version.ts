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

/** A manifest's text with other versions and nothing else changed. Pure. */
export function withVersions(text: string, versions: Versions): string {
  return (['jobVersion', 'packageVersion'] as const).reduce(
    (before, member) =>
      // A quoted member name cannot stand inside a string: there its quotes would have backslashes.
      before.replace(
        new RegExp(`("${member}"\\s*:\\s*)"[^"]*"`),
        (_, head: string) => `${head}"${versions[member]}"`,
      ),
    text,
  );
}
