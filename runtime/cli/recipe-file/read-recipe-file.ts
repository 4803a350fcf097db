import path from 'node:path';
import {
  findUnstorable,
  isObject,
  type JsonPath,
  nestsDeeper,
  recipeFileValidator,
  type RecipeFileDocument,
} from '../../../seed-schema/index.ts';
import { readConfig } from '../../config/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { readBoundedFile } from '../schema-file/bounded-file.ts';
import { parseText, type ParsedText, TextFault } from './parse-text.ts';

/** A recipe file as it was written; what its definition says is not judged yet. */
export interface RecipeFile extends RecipeFileDocument {
  /** As named by whoever named it; for messages. */
  readonly file: string;
  readonly name: string;
  readonly definition: Readonly<Record<string, unknown>>;
  readonly jobs: readonly string[];
  readonly recipes: readonly string[];
  /** A problem with the line where it is. @param path inside the definition */
  readonly atLine: (path: JsonPath, problem: string) => string;
}

/** Problems that one message holds. */
const mostProblems = 5;

/**
 * Reads a recipe file: YAML or JSON, with a definition, or nothing but a definition.
 * @throws recipe-file-unreadable, recipe-file-invalid
 */
export async function readRecipeFile(file: string): Promise<RecipeFile> {
  const parsed = await readDocument(file);
  const isBare = isBareDefinition(parsed.document);
  const document = isBare ? { definition: parsed.document } : parsed.document;
  const stem = path.basename(file).replace(/\.(ya?ml|json)$/i, '');
  const named = isObject(document) ? { name: stem, ...document } : document;
  const problems = recipeFileValidator.problems(named);
  if (problems.length > 0)
    throw invalidFile(
      file,
      problems.map(({ path: at, description }) => withLine(parsed, at, description)),
    );
  const valid = named as RecipeFileDocument & { readonly name: string };
  const unstorable = findUnstorable(valid);
  if (unstorable)
    throw invalidFile(file, [withLine(parsed, unstorable.path, `${unstorable.path} ${unstorable.problem}`)]);
  return {
    ...valid,
    file,
    jobs: valid.jobs ?? [],
    recipes: valid.recipes ?? [],
    atLine: (at, problem) => withLine(parsed, isBare ? at : `definition.${at}`, problem),
  };
}

/** All that is wrong with a file, as far as a message holds it. */
export function invalidFile(file: string, problems: readonly string[]): SeedbedError {
  const more = problems.length - mostProblems;
  const shown = problems.slice(0, mostProblems).map((problem) => problem.replace(/\.$/, ''));
  return new SeedbedError('recipe-file-invalid', {
    file,
    problems: [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; '),
  });
}

async function readDocument(file: string): Promise<ParsedText> {
  const { limits } = readConfig();
  const refuse = (reason: string) => new SeedbedError('recipe-file-unreadable', { file, reason });
  const bytes = await readBoundedFile(file, limits.jsonMiB, refuse);
  const text = decoded(bytes);
  if (text === undefined) throw refuse('it is not a text in UTF-8');
  try {
    const parsed = await parseText(text);
    if (nestsDeeper(JSON.stringify(parsed.document) ?? '', limits.jsonDepth))
      throw new TextFault(`it is nested more than ${limits.jsonDepth} levels deep`);
    return parsed;
  } catch (thrown) {
    if (thrown instanceof TextFault) throw invalidFile(file, [thrown.message]);
    throw thrown;
  }
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isBareDefinition(document: unknown): document is Record<string, unknown> {
  return (
    typeof document === 'object' && document !== null && !('definition' in document) && 'nodes' in document
  );
}

function withLine({ lineOf }: ParsedText, path: JsonPath, problem: string): string {
  const line = lineOf(path);
  return line === undefined ? problem : `line ${line}: ${problem}`;
}
