import { findUnstorable } from '../json/storable.ts';
import { isOfType, type JsonType } from '../json/types.ts';
import { nearest } from '../nearest.ts';
import { below } from '../path.ts';
import { Report } from '../report.ts';
import type { ValidationDocument } from '../validation.ts';
import { kindOf, wordsOfType } from '../words.ts';
import type { InputReport } from './findings.ts';
import { type JobInput, jobInputValidator } from './input.ts';
import { judgeFiles, type KnownFile } from './judge-files.ts';
import { type FindEntry, matchBy, type Matching } from './match.ts';

/** What is to be given: inputs of a manifest, or of a recipe type. */
export interface DeclaredInputs {
  readonly files: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly multiple: boolean;
    /** Empty: any. */
    readonly mediaTypes: readonly string[];
  }[];
  readonly json: readonly { readonly name: string; readonly type: JsonType; readonly required: boolean }[];
}

/** What is wrong with an input; where nothing is, the input by the own names of what declares it. */
export interface InputJudgement extends ValidationDocument {
  readonly input?: {
    readonly version: '7';
    readonly files: Readonly<Record<string, readonly number[]>>;
    readonly json: Readonly<Record<string, unknown>>;
  };
}

/** How names are matched and told. */
export interface Words {
  readonly find: FindEntry;
  /** Who declares the inputs: `the manifest`. */
  readonly declarer: string;
}

/** The ids of all files in an input, each once; whatever else is in it is left to `judgeData`. */
export function fileIdsOf(document: unknown): number[] {
  if (!jobInputValidator.accepts(document)) return [];
  return [...new Set(Object.values(document.files ?? {}).flat())];
}

/**
 * Judges what a job or a recipe is to be given. Everything is found at once.
 * @param files those of `fileIdsOf` that the catalogue has
 */
export function judgeData(
  document: unknown,
  inputs: DeclaredInputs,
  files: ReadonlyMap<number, KnownFile>,
  words: Words,
): InputJudgement {
  const report: InputReport = new Report();
  for (const { path, description } of jobInputValidator.problems(document))
    report.error('INVALID_DATA', path, description);
  if (report.errors.length > 0) return report.document;
  const input = document as JobInput;
  const unstorable = findUnstorable({ json: input.json ?? {} });
  if (unstorable) report.error('INVALID_DATA', unstorable.path, `${unstorable.path} ${unstorable.problem}`);

  const given = {
    files: matchBy(words.find, inputs.files, input.files),
    json: matchBy(words.find, inputs.json, input.json),
  };
  for (const kind of ['files', 'json'] as const) judgeNames(kind, given[kind], inputs, words, report);
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
  { unknown, repeated }: Pick<Matching<unknown, unknown>, 'unknown' | 'repeated'>,
  inputs: DeclaredInputs,
  { find, declarer }: Words,
  report: InputReport,
): void {
  const other = kind === 'files' ? 'json' : 'files';
  const kinds = { files: 'file input', json: 'JSON input' };
  for (const key of unknown) {
    const path = below(kind, key);
    const elsewhere = find<{ name: string }>(inputs[other], key);
    if (elsewhere)
      report.error(
        'MISMATCHED_PARAM_TYPE',
        path,
        `${path} is a ${kinds[other]}; give it as ${below(other, elsewhere.name)}`,
      );
    else
      report.warn(
        'UNKNOWN_INPUT',
        path,
        `${path} is dropped: ${notDeclared(kinds[kind], key, inputs[kind], declarer)}`,
      );
  }
  for (const { key, name } of repeated) {
    const path = below(kind, key);
    report.error('DUPLICATE_VALUE', path, `${path} is the input ${name} once more; keep one of them`);
  }
}

/** What there is instead of a name that is not declared. */
export function notDeclared(
  kind: string,
  key: string,
  declared: readonly { readonly name: string }[],
  declarer = 'the manifest',
): string {
  const names = declared.map(({ name }) => name);
  const meant = nearest(key, names);
  if (meant !== undefined) return `${declarer} has no ${kind} of that name; did you mean ${meant}?`;
  return `${declarer} has no ${kind} of that name; it has ${names.join(', ') || 'none'}`;
}
