import {
  below,
  findUnstorable,
  type JobInput,
  jobInputValidator,
  Report,
  type ValidationDocument,
} from '../../../seed-schema/index.ts';
import { isOfType } from '../../../seed-schema/json/types.ts';
import { kindOf, wordsOfType } from '../../../seed-schema/words.ts';
import type { InputFile, Manifest } from '../../manifest/manifest.ts';
import type { InputReport } from './findings.ts';
import { matchNames } from './own-names.ts';
import { notDeclared } from './rules/settings.ts';

/** What the catalogue says of a file. */
export interface KnownFile {
  readonly media_type: string;
  readonly is_deleted: boolean;
}

/** What is wrong with the input of a job; where nothing is, the input by the manifest's own names. */
export interface InputJudgement extends ValidationDocument {
  readonly input?: {
    readonly version: '7';
    readonly files: Readonly<Record<string, readonly number[]>>;
    readonly json: Readonly<Record<string, unknown>>;
  };
}

/** The ids of all files in an input, each once; whatever else is in it is left to `judgeInput`. */
export function fileIdsOf(document: unknown): number[] {
  if (!jobInputValidator.accepts(document)) return [];
  return [...new Set(Object.values(document.files ?? {}).flat())];
}

/**
 * Judges what a job is to be given. Everything is found at once.
 * @param files those of `fileIdsOf` that the catalogue has
 */
export function judgeInput(
  document: unknown,
  manifest: Manifest,
  files: ReadonlyMap<number, KnownFile>,
): InputJudgement {
  const report: InputReport = new Report();
  for (const { path, description } of jobInputValidator.problems(document))
    report.error('INVALID_DATA', path, description);
  if (report.errors.length > 0) return report.document;
  const input = document as JobInput;
  const unstorable = findUnstorable({ json: input.json ?? {} });
  if (unstorable) report.error('INVALID_DATA', unstorable.path, `${unstorable.path} ${unstorable.problem}`);

  const inputs = manifest.job.interface.inputs;
  const given = { files: matchNames(inputs.files, input.files), json: matchNames(inputs.json, input.json) };
  for (const kind of ['files', 'json'] as const) judgeNames(kind, given[kind], manifest, report);
  for (const { entry, key, value } of given.files.matched)
    judgeFiles(entry, below('files', key), value, files, report);
  for (const { entry, key, value } of given.json.matched) {
    const path = below('json', key);
    if (!isOfType(entry.type, value))
      report.error(
        'INVALID_JSON_TYPE',
        path,
        `${path} must be ${wordsOfType(entry.type)}, and is ${kindOf(value)}`,
      );
  }
  for (const kind of ['files', 'json'] as const)
    for (const { name, required } of inputs[kind])
      if (required && !given[kind].matched.some(({ entry }) => entry.name === name))
        report.error('PARAM_REQUIRED', kind, `The input ${name} is required; give ${below(kind, name)}`);
  if (report.errors.length > 0) return report.document;
  const byOwnName = <Value>(matched: readonly { entry: { name: string }; value: Value }[]) =>
    Object.fromEntries(matched.map(({ entry, value }) => [entry.name, value]));
  return {
    ...report.document,
    input: { version: '7', files: byOwnName(given.files.matched), json: byOwnName(given.json.matched) },
  };
}

/** Names that mean no input of that kind, or one that another name has meant already. */
function judgeNames(
  kind: 'files' | 'json',
  { unknown, repeated }: Pick<ReturnType<typeof matchNames>, 'unknown' | 'repeated'>,
  manifest: Manifest,
  report: InputReport,
): void {
  const inputs = manifest.job.interface.inputs;
  const other = kind === 'files' ? 'json' : 'files';
  const words = { files: 'file input', json: 'JSON input' };
  for (const key of unknown) {
    const path = below(kind, key);
    const [elsewhere] = matchNames<{ name: string }, boolean>(inputs[other], { [key]: true }).matched;
    if (elsewhere)
      report.error(
        'MISMATCHED_PARAM_TYPE',
        path,
        `${path} is a ${words[other]}; give it as ${below(other, elsewhere.entry.name)}`,
      );
    else
      report.warn(
        'UNKNOWN_INPUT',
        path,
        `${path} is dropped: ${notDeclared(words[kind], key, inputs[kind])}`,
      );
  }
  for (const { key, name } of repeated) {
    const path = below(kind, key);
    report.error('DUPLICATE_VALUE', path, `${path} is the input ${name} once more; keep one of them`);
  }
}

function judgeFiles(
  input: InputFile,
  path: string,
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
    else if (!takes(input, file.media_type))
      report.warn(
        'MISMATCHED_MEDIA_TYPES',
        where,
        `${where} is ${id}, a file of ${file.media_type}, and ${input.name} is for ${input.mediaTypes.join(', ')}`,
      );
  }
}

/** Media types are compared without regard to case and parameters (RFC 9110). No list: every one. */
function takes({ mediaTypes }: InputFile, mediaType: string): boolean {
  const essence = (text: string) => text.split(';')[0]!.trim().toLowerCase();
  return mediaTypes.length === 0 || mediaTypes.some((one) => essence(one) === essence(mediaType));
}
