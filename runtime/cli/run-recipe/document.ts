import { existsSync } from 'node:fs';
import path from 'node:path';
import type {
  RecipeGraphDocument,
  RecipeResultDocument,
  RecipeResultNode,
} from '../../../seed-schema/index.ts';
import { filesById, localWorkspace } from '../../catalog/index.ts';
import type { Database } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { type EndedJob, endedJobs } from '../../jobs/index.ts';
import { recipeDetails, recipeGraph, type RecipePart, recipeParts } from '../../recipes/index.ts';
import { errorDocument, fileDocument } from '../run/document.ts';
import { nodeDirectory, nodePath } from './node-path.ts';

/** Levels of sub-recipes whose nodes are put in order. */
const levels = 10;

type FileIds = Readonly<Record<string, readonly number[]>>;

export function emptyRecipeResult(started: Date): RecipeResultDocument {
  return {
    status: 'rejected',
    error: null,
    recipe: null,
    recipe_type: null,
    output_directory: null,
    inputs: { files: {}, json: {} },
    outputs: { files: {}, json: {} },
    nodes: [],
    warnings: [],
    started: started.toISOString(),
    ended: started.toISOString(),
  };
}

/** Fills in what a recipe has come to. @param directory of its products, absolute */
export async function addRecipe(
  draft: RecipeResultDocument,
  db: Database,
  id: number,
  directory: string,
): Promise<void> {
  const recipe = (await recipeDetails(db, id))!;
  const parts = inOrder(await recipeParts(db, id), (await recipeGraph(db, id, levels))!);
  const ended = await endedJobs(
    db,
    parts.flatMap(({ jobId }) => jobId ?? []),
  );
  const jobs = new Map(ended.map((job) => [job.id, job]));
  const { input: given, output: taken } = recipe;
  const documents = await fileDocuments(db, [
    given.files,
    taken?.files ?? {},
    ...ended.map(({ output }) => output?.files ?? {}),
  ]);
  draft.recipe = id;
  draft.recipe_type = {
    name: recipe.recipe_type.name,
    revision_num: recipe.revision_num,
  };
  draft.inputs = { files: documents(given.files), json: { ...given.json } };
  if (taken) draft.outputs = { files: documents(taken.files), json: { ...taken.json } };
  draft.nodes = parts.map((part) => nodeOf(part, jobs.get(part.jobId ?? 0), directory, documents));
}

/** Each node after those that it depends on. Pure. */
export function inOrder(parts: readonly RecipePart[], graph: RecipeGraphDocument): RecipePart[] {
  const ranks = new Map<string, number>();
  const rank = ({ nodes }: RecipeGraphDocument, above: readonly string[]): void =>
    nodes.forEach(({ name, graph: inside }, at) => {
      ranks.set(JSON.stringify([...above, name]), at);
      if (inside) rank(inside, [...above, name]);
    });
  rank(graph, []);
  const keyed = parts.map((part) => ({
    part,
    key: part.path.flatMap(({ item }, at) => {
      const names = part.path.slice(0, at + 1).map(({ name }) => name);
      return [ranks.get(JSON.stringify(names)) ?? 0, item];
    }),
  }));
  return keyed.sort((a, b) => compared(a.key, b.key)).map(({ part }) => part);
}

function compared(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? -1) - (b[at] ?? -2);
}

function nodeOf(
  part: RecipePart,
  job: EndedJob | undefined,
  root: string,
  documents: (files: FileIds) => RecipeResultNode['outputs']['files'],
): RecipeResultNode {
  const directory = path.join(root, nodeDirectory(part.path));
  const hasRun = job?.steps.some(({ name }) => name === 'run') ?? false;
  return {
    node: nodePath(part.path),
    node_type: part.kind,
    state: part.state,
    job: part.jobId,
    job_type: part.jobType,
    recipe: part.recipeId,
    accepted: part.accepted,
    reason: part.reason,
    error: part.state === 'SKIPPED' ? null : errorOf(job),
    directory: existsSync(directory) ? directory : null,
    outputs: { files: documents(job?.output?.files ?? {}), json: { ...job?.output?.json } },
    logs: { stdout: hasRun ? job!.stdoutPath : null, stderr: hasRun ? job!.stderrPath : null },
    started: job?.started ?? null,
    ended: job?.ended ?? null,
  };
}

function errorOf(job: EndedJob | undefined): RecipeResultNode['error'] {
  if (!job || job.status === 'COMPLETED') return null;
  if (job.status === 'CANCELED' || !job.error)
    return errorDocument(new SeedbedError('canceled', { signal: 'a cancellation' }));
  const { name, title, category, message, code } = job.error;
  return { name, title, category, message, code };
}

/** Reads all files at once. @returns documents of some of them */
async function fileDocuments(
  db: Database,
  all: readonly FileIds[],
): Promise<(files: FileIds) => RecipeResultNode['outputs']['files']> {
  const workspace = await localWorkspace(db);
  const ids = all.flatMap((files) => Object.values(files).flat());
  const rows = new Map((await filesById(db, [...new Set(ids)])).map((file) => [file.id, file]));
  return (files) =>
    Object.fromEntries(
      Object.entries(files).map(([name, of]) => [
        name,
        of.flatMap((id) => rows.get(id) ?? []).map((file) => fileDocument(workspace, file)),
      ]),
    );
}
