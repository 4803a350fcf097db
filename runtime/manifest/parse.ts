import { findUnstorable, nestsDeeper, scanJson, type Finding } from '../../seed-schema/index.ts';
import { reasonOf, SeedbedError } from '../errors/index.ts';
import type { ManifestWarningName } from './findings.ts';
import { judgeManifest, type Judgement, type SchemaJudge } from './judge.ts';
import type { Manifest } from './manifest.ts';

/** Bytes of a manifest's text. */
export const largestManifest = 2 ** 20;

const deepestManifest = 64;

/** A valid manifest and the text that it came from. */
export interface LoadedManifest {
  readonly manifest: Manifest;
  readonly warnings: readonly Finding[];
  /** The author's own text, without a byte order mark. */
  readonly text: string;
}

/**
 * Judges a manifest's text: `judgeManifest`, and before it the JSON syntax (line and column of a fault), the size (1 MiB)
 * and members that stand twice.
 * @param bySchema as in `judgeManifest`
 */
export function judgeManifestText(text: string, bySchema?: SchemaJudge): Judgement {
  const json = withoutMark(text);
  const fault = faultOf(json);
  if (fault !== undefined) {
    const error = { name: 'JSON_VALIDATION_ERROR', description: fault, path: '' };
    return { is_valid: false, errors: [error], warnings: [] };
  }
  const document: unknown = JSON.parse(json);
  const judgement = judgeManifest(document, bySchema);
  const warnings = duplicatesIn(json, document).map(({ path, line, column }): Finding => {
    const description = `${path} stands twice, again in line ${line}, column ${column}; the last one counts`;
    return { name: 'DUPLICATE_MEMBER' satisfies ManifestWarningName, description, path };
  });
  const unstorable = findUnstorable(document);
  if (unstorable) return refused(judgement, warnings, unstorable);
  return { ...judgement, warnings: [...warnings, ...judgement.warnings] };
}

/** Members that stand twice. There is none in text that is just what its document would be written as, as labels are. */
function duplicatesIn(json: string, document: unknown) {
  return JSON.stringify(document) === json ? [] : scanJson(json, deepestManifest).duplicates;
}

/** What the catalogue cannot hold, no job of it could be known by. */
function refused(
  judgement: Judgement,
  warnings: readonly Finding[],
  { path, problem }: { readonly path: string; readonly problem: string },
): Judgement {
  const error = { name: 'JSON_VALIDATION_ERROR', description: `${path || 'it'} ${problem}`, path };
  return {
    is_valid: false,
    errors: [...judgement.errors, error],
    warnings: [...warnings, ...judgement.warnings],
  };
}

/**
 * The document that a manifest's text holds, not judged yet.
 * @param where what messages call it: a path or an image
 * @throws invalid-manifest when the text is not JSON or larger than 1 MiB
 */
export function parseManifest(text: string, where: string): unknown {
  const json = withoutMark(text);
  const fault = faultOf(json);
  if (fault !== undefined) throw new SeedbedError('invalid-manifest', { where, problems: fault });
  return JSON.parse(json);
}

/**
 * The manifest that a text holds, judged, with every default filled in.
 * @throws invalid-manifest with every problem in its message
 */
export function loadManifest(text: string, where: string): LoadedManifest {
  const { manifest, errors, warnings } = judgeManifestText(text);
  if (!manifest) throw new SeedbedError('invalid-manifest', { where, problems: joined(errors) });
  return { manifest, warnings, text: withoutMark(text) };
}

function faultOf(json: string): string | undefined {
  const size = Buffer.byteLength(json);
  if (size > largestManifest)
    return `it has ${size} bytes, and a manifest has at most ${largestManifest} (1 MiB)`;
  if (nestsDeeper(json, deepestManifest)) return `it is nested more than ${deepestManifest} levels deep`;
  try {
    JSON.parse(json);
    return undefined;
  } catch (thrown) {
    const { fault } = scanJson(json, deepestManifest);
    if (!fault) return `it is not JSON: ${reasonOf(thrown)}`;
    return `it is not JSON: line ${fault.line}, column ${fault.column}: ${fault.problem}`;
  }
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

const mostProblems = 50;

function joined(errors: readonly Finding[]): string {
  const shown = errors.slice(0, mostProblems).map(({ description }) => description);
  const rest = errors.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}
