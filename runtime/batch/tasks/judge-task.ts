import { type FileReference, type Finding, type TaskPost } from '../../../seed-schema/index.ts';
import { mediaTypeOf, type NamedFile, referenceKey } from '../../catalog/index.ts';
import { judgeInput } from '../../jobs/index.ts';
import { judgeRecipeInput } from '../../recipe/index.ts';
import type { Target } from './targets.ts';
import type { TaskPayload } from './task.ts';

/** How a task was judged. */
export interface TaskJudgement {
  /** Undefined: it is refused. */
  readonly payload?: TaskPayload;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** What the files and values of a task are judged by: the files that it names, by `referenceKey`, and all of them by id. */
export interface TaskFiles {
  readonly named: ReadonlyMap<string, NamedFile>;
  readonly byId: ReadonlyMap<number, NamedFile>;
  /** Whether a task may name files by what they will be called, which are not there yet: it is only judged. */
  readonly areToCome: boolean;
}

/** Judges a task by what it runs. Everything is found at once. */
export async function judgeTask(post: TaskPost, target: Target, files: TaskFiles): Promise<TaskJudgement> {
  const resolved = resolve(post, files);
  const document = { version: '7', files: resolved.files, json: post.input.json ?? {} };
  const given =
    target.kind === 'recipe'
      ? judgeRecipeInput(document, target.plan.definition.input, resolved.known)
      : judgeInput(document, target.manifest, resolved.known);
  const configuration = {
    ...post.configuration,
    ...(post.priority !== undefined && { priority: post.priority }),
  };
  const configured = await target.judge(configuration);
  const errors = [...resolved.errors, ...given.errors, ...configured.errors];
  if (!target.isActive)
    errors.push({ name: 'INACTIVE_TYPE', path: '', description: `The ${target.words} is not active` });
  const warnings = [...given.warnings, ...configured.warnings];
  if (errors.length > 0 || !given.input) return { errors, warnings };
  const { files: ids, json } = given.input;
  return { payload: { files: ids, json, configuration }, errors, warnings };
}

interface Resolved {
  readonly files: Readonly<Record<string, readonly number[]>>;
  readonly known: ReadonlyMap<number, NamedFile>;
  readonly errors: readonly Finding[];
}

/**
 * Files as their ids. What is meant by none has a number of its own in the place of one, so that what else is wrong with the
 * input is found too.
 */
function resolve({ input }: TaskPost, { named, byId, areToCome }: TaskFiles): Resolved {
  const errors: Finding[] = [];
  const stand = new Map<number, NamedFile>();
  const standIn = (media_type: string) => {
    const id = Number.MAX_SAFE_INTEGER - stand.size;
    stand.set(id, { id, media_type, is_deleted: false });
    return id;
  };
  const files = Object.entries(input.files ?? {}).map(([name, references]): [string, number[]] => [
    name,
    references.map((reference, at) => {
      const path = `files.${name}[${at}]`;
      if (areToCome && isToCome(reference)) return standIn(mediaTypeOf(reference.file_name));
      const shape = shapeProblem(reference);
      const file = shape === undefined ? named.get(referenceKey(reference)) : undefined;
      if (file) return file.id;
      errors.push(
        shape === undefined
          ? {
              name: 'UNKNOWN_FILE',
              path,
              description: `${path} is ${wordsOf(reference)}, and the catalogue has no such file`,
            }
          : { name: 'INVALID_DATA', path, description: `${path} ${shape}` },
      );
      return standIn('');
    }),
  ]);
  const known = stand.size === 0 ? byId : new Map([...byId, ...stand]);
  return { files: Object.fromEntries(files), known, errors };
}

/** Whether a reference means a file that is to be sent, and has nothing else. */
export function isToCome(reference: FileReference): reference is { readonly file_name: string } {
  return (
    typeof reference === 'object' && reference.file_name !== undefined && Object.keys(reference).length === 1
  );
}

/** What is wrong with the members of a reference; undefined: nothing. */
export function shapeProblem(reference: FileReference): string | undefined {
  if (typeof reference === 'number') return undefined;
  const names = Object.keys(reference).sort().join(', ');
  if (['id', 'sha256', 'url', 'path, workspace'].includes(names)) return undefined;
  return `must have one of id, sha256, url and workspace with path, and has ${names || 'nothing'}`;
}

function wordsOf(reference: FileReference): string {
  if (typeof reference === 'number') return String(reference);
  const { id, workspace, path, sha256, url } = reference;
  if (id !== undefined) return String(id);
  if (sha256 !== undefined) return `the content ${sha256}`;
  return url ?? `${path} in the workspace ${workspace}`;
}

/** The files that a task names and that can be looked for. */
export function referencesOf({ input }: TaskPost): FileReference[] {
  return Object.values(input.files ?? {})
    .flat()
    .filter((reference) => shapeProblem(reference) === undefined);
}
