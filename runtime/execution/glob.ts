import { outputRoot, outputsManifest, sidecarSuffix } from './paths.ts';
import { compilePattern, matchesWhole, type Pattern, unquoted } from './pattern.ts';

/** One name of a pattern's path. */
export interface Segment {
  readonly text: string;
  readonly pattern: Pattern;
}

/** What Scale's jobs of the first generation left at the top of OUTPUT_DIR. */
const legacyManifest = 'results_manifest.json';

/**
 * The segments of an output's pattern, relative to OUTPUT_DIR (the standard, "Outputs"). A leading `./`, doubled slashes
 * and OUTPUT_DIR written out are tolerated; a pattern that leads elsewhere matches nothing.
 */
export function segments(pattern: string): Segment[] {
  const relative = pattern.startsWith(`${outputRoot}/`) ? pattern.slice(outputRoot.length + 1) : pattern;
  const absolute = relative.startsWith('/');
  const names = relative.split('/').filter((name) => name !== '' && name !== '.');
  return (absolute ? ['', ...names] : names).map((text) => ({
    text,
    pattern: compilePattern(unquoted(text)),
  }));
}

/**
 * Whether a file's or directory's name fits a segment: `*`, `?`, `[...]`, `[!...]`, case-sensitive. A leading dot is
 * matched by a dot only. There is no `**` (it is `*`) and no `{a,b}`.
 */
export function matchSegment({ pattern }: Segment, name: string): boolean {
  const first = pattern[0];
  if (name.startsWith('.') && !(first?.kind === 'character' && first.character === '.')) return false;
  return matchesWhole(pattern, Array.from(name));
}

/** Whether a file may be a product at all, by its path relative to OUTPUT_DIR: sidecars and JSON outputs never are. */
export function isCapturable(relativePath: string): boolean {
  if (relativePath.endsWith(sidecarSuffix)) return false;
  return relativePath !== outputsManifest && relativePath !== legacyManifest;
}
