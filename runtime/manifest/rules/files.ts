import { below, found } from '../../../seed-schema/index.ts';
import { text, type Draft } from '../draft.ts';
import type { Report } from '../findings.ts';
import { containerPaths } from '../names.ts';

/** `type/subtype`, perhaps with parameters or a wildcard (RFC 6838, section 4.2). */
const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+*-]+(\s*;.*)?$/;

/** Media types of inputs and outputs; patterns of outputs (the standard, "Outputs"). */
export function judgeFiles({ inputFiles, outputFiles }: Draft, report: Report): void {
  for (const input of inputFiles) {
    const types = input.value.mediaTypes;
    if (!Array.isArray(types)) continue;
    for (const [index, type] of types.entries())
      judgeMediaType(type, below(below(input.path, 'mediaTypes'), index), report);
  }
  for (const output of outputFiles) {
    judgeMediaType(output.value.mediaType, below(output.path, 'mediaType'), report);
    const pattern = text(output, 'pattern');
    if (pattern !== undefined) judgePattern(pattern, below(output.path, 'pattern'), report);
  }
}

function judgeMediaType(type: unknown, path: string, report: Report): void {
  if (typeof type !== 'string' || mediaType.test(type) || type === '*') return;
  report.warn(
    'INVALID_MEDIA_TYPE',
    path,
    `${path} is ${found(type)}; a media type has the form type/subtype, such as image/png`,
  );
}

function judgePattern(written: string, path: string, report: Report): void {
  const prefix = `${containerPaths.outputs}/`;
  const pattern = written.startsWith(prefix) ? written.slice(prefix.length) : written;
  if (pattern !== written)
    report.warn(
      'ABSOLUTE_PATTERN',
      path,
      `${path} is ${found(written)}, which is taken as ${found(pattern)}; a pattern is relative to OUTPUT_DIR`,
    );
  const problem = problemOfPattern(pattern);
  if (problem) {
    report.error('INVALID_PATTERN', path, `${path} is ${found(pattern)}: ${problem}`);
    return;
  }
  if (pattern.includes('**'))
    report.warn(
      'RECURSIVE_PATTERN',
      path,
      `${path} is ${found(pattern)}; ** means the same as *, so name the directories`,
    );
  if (pattern.endsWith('.metadata.json') || /^(\.\/)*seed\.outputs\.json$/.test(pattern))
    report.warn(
      'SIDECAR_PATTERN',
      path,
      `${path} is ${found(pattern)}; sidecars and seed.outputs.json are never captured as outputs`,
    );
  if (/\{[^{}]*,[^{}]*\}/.test(pattern))
    report.warn(
      'BRACE_PATTERN',
      path,
      `${path} is ${found(pattern)}; braces match themselves, so declare an output for each`,
    );
}

function problemOfPattern(pattern: string): string | undefined {
  if (pattern === '' || pattern === '.') return 'it matches no file';
  if (pattern.startsWith('/')) return 'a pattern is relative to OUTPUT_DIR';
  if (pattern.split('/').includes('..')) return 'a pattern stays inside OUTPUT_DIR, without ..';
  if (pattern.endsWith('/') || pattern.endsWith('/.'))
    return 'it matches directories, and only files are captured';
  if (pattern.includes('\0')) return 'no file name has a NUL character';
  return undefined;
}
