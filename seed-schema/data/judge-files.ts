import { below, type JsonPath } from '../path.ts';
import type { InputReport } from './findings.ts';
import type { DeclaredInputs } from './judge-data.ts';

/** What the catalogue says of a file. */
export interface KnownFile {
  readonly media_type: string;
  readonly is_deleted: boolean;
}

/** Judges the files that an input is given. */
export function judgeFiles(
  input: DeclaredInputs['files'][number],
  path: JsonPath,
  ids: readonly number[],
  files: ReadonlyMap<number, KnownFile>,
  report: InputReport,
): void {
  if (ids.length === 0)
    report.error('NO_FILES', path, `${path} has no file; give at least one, or leave it out`);
  if (ids.length > 1 && !input.multiple)
    report.error('MULTIPLE_FILES', path, `${path} takes one file, and has ${ids.length}; give one`);
  for (const [index, id] of ids.entries()) {
    const where = below(path, index);
    const file = files.get(id);
    if (!file) report.error('UNKNOWN_FILE', where, `${where} is ${id}, and the catalogue has no such file`);
    else if (file.is_deleted)
      report.error('DELETED_FILE', where, `${where} is ${id}, and that file has been deleted`);
    else if (!takesMediaType(input.mediaTypes, file.media_type))
      report.warn(
        'MISMATCHED_MEDIA_TYPES',
        where,
        `${where} is ${id}, a file of ${file.media_type}, and ${input.name} is for ${input.mediaTypes.join(', ')}`,
      );
  }
}

/** Media types are compared without regard to case and parameters (RFC 9110). No list: every one. */
export function takesMediaType(mediaTypes: readonly string[], mediaType: string): boolean {
  const essence = (text: string) => text.split(';')[0]!.trim().toLowerCase();
  return mediaTypes.length === 0 || mediaTypes.some((one) => essence(one) === essence(mediaType));
}
