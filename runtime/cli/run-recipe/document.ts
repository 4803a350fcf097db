import { existsSync } from 'node:fs';
import path from 'node:path';
import type {
  RecipeGraphDocument,
  RecipeResultDocument,
  RecipeResultNode,
} from '../../../seed-schema/index.ts';
import { filesById, localWorkspace, type ScaleFile } from '../../catalog/index.ts';
import type { Database } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { type EndedJob, endedJobs } from '../../jobs/index.ts';
import { recipeDetails, recipeGraph, type RecipePart, recipeParts } from '../../recipes/index.ts';
import type { LocalWorkspace } from '../../workspace/index.ts';
import { errorDocument, fileDocument } from '../run/document.ts';
import { type Copies, copiesOf } from './copies.ts';
import { nodeDirectory, nodePath } from './node-path.ts';

/** Levels of sub-recipes whose nodes are put in order. */
const levels = 10;

type FileIds = Readonly<Record<string, readonly number[]>>;
type FileDocuments = RecipeResultNode['outputs']['files'];

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
  const files = await filesOf(db, [given.files, taken?.files ?? {}, ...ended.map(filesOfJob)]);
  const pathOf = new Map(parts.map((part) => [part.jobId, path.join(directory, nodeDirectory(part.path))]));
  const copies = await copiesOf(db, ended, files, (jobId) => pathOf.get(jobId)!);
  const documents = fileDocuments(await localWorkspace(db), files);
  draft.recipe = id;
  draft.recipe_type = {
    name: recipe.recipe_type.name,
    revision_num: recipe.revision_num,
  };
  draft.inputs = { files: documents(given.files), json: { ...given.json } };
  const copied = new Map([...copies.values()].flatMap((of) => [...of]));
  if (taken) draft.outputs = { files: documents(taken.files, copied), json: { ...taken.json } };
  for (const part of parts) {
    const job = jobs.get(part.jobId ?? 0);
    const products = job ? documents(filesOfJob(job), copies.get(job.id)) : {};
    draft.nodes.push(nodeOf(part, job, directory, products));
    // An option of the command that was not followed; what else jobs warn of is with them.
    const ignored = job?.warnings.filter(({ name }) => name === 'reuse-ignored') ?? [];
    for (const { name, description } of ignored)
      draft.warnings.push({ name, description: `${nodePath(part.path)}: ${description}` });
  }
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
  files: FileDocuments,
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
    outputs: { files, json: { ...job?.output?.json } },
    ...(job?.reused && { reused: job.reused }),
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

function filesOfJob({ output }: EndedJob): FileIds {
  return output?.files ?? {};
}

/** Reads all files at once. @returns rows by `scale_file.id` */
async function filesOf(db: Database, all: readonly FileIds[]): Promise<Map<number, ScaleFile>> {
  const ids = all.flatMap((files) => Object.values(files).flat());
  return new Map((await filesById(db, [...new Set(ids)])).map((file) => [file.id, file]));
}

function fileDocuments(
  workspace: LocalWorkspace,
  rows: ReadonlyMap<number, ScaleFile>,
): (files: FileIds, copies?: Copies) => FileDocuments {
  const documentOf = (file: ScaleFile, copy: string | undefined) => {
    const document = fileDocument(workspace, file);
    return copy === undefined ? document : { ...document, path: copy };
  };
  return (files, copies) =>
    Object.fromEntries(
      Object.entries(files).map(([name, of]) => [
        name,
        of.flatMap((id) => rows.get(id) ?? []).map((file) => documentOf(file, copies?.get(file.id))),
      ]),
    );
}
