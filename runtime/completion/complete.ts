import { stat } from 'node:fs/promises';
import path from 'node:path';
import {
  applyParsedMetadata,
  clearLeftovers,
  fileStat,
  type NewProduct,
  productUuids,
  recordChecksums,
  registerProducts,
  type ScaleFile,
} from '../catalog/index.ts';
import type { Database, Queries } from '../database/index.ts';
import type { Harvested, Result } from '../execution/index.ts';
import { type Ending, type EndStatus, type Execution, finish, holds, type Retry } from '../jobs/index.ts';
import { advanceOrLeave, lockRecipes, type RecipeContext } from '../recipes/index.ts';
import { type ExecutedIdentity, forgetIdentity, recordIdentity } from '../provenance/index.ts';
import {
  type Countable,
  inChunks,
  mapInParallel,
  packedAtOnce,
  PackedList,
  type Workspace,
} from '../workspace/index.ts';
import { describesAnew } from './describes-anew.ts';
import { placeOf, type StoredVersions } from './elsewhere.ts';
import { type InputMove, prepareMoves, recordMoves, removeMoved } from './move-inputs.ts';
import { destinationOf, type Places, remotePlaces } from './place.ts';

/** Everything that a result needs besides itself to become fact. */
export interface Completion {
  readonly execution: Execution;
  readonly jobTypeId: number;
  /** Where the content of OUTPUT_DIR has been put. */
  readonly places: Places;
  /** Of products in workspaces that are no directory of this machine. */
  readonly versions?: StoredVersions | undefined;
  /** The rows that the job was given, by input. */
  readonly inputs: ReadonlyMap<string, readonly ScaleFile[]>;
  /** Where an input was read, absolute; undefined: it was fetched, and its checksum is known. */
  readonly pathOf: (file: ScaleFile) => string | undefined;
  /** The workspace of an input; undefined: its jobs may move no input. */
  readonly workspaceOf?: ((file: ScaleFile) => Promise<Workspace | undefined>) | undefined;
  /** JSON inputs, part of the products' identity. */
  readonly json: ReadonlyMap<string, unknown>;
  readonly logs: { readonly stdout: string | null; readonly stderr: string | null };
  /** The job is to be tried again. */
  readonly retry?: Retry | undefined;
  /**
   * The identity of the execution, once what it read is known: called if it completed.
   * @param checksums of inputs that were taken beside the job, by absolute path
   */
  readonly identityOf?: ((checksums: Result['inputChecksums']) => ExecutedIdentity | undefined) | undefined;
  /** For jobs of recipes: what these are carried on with. */
  readonly recipes?: RecipeContext | undefined;
}

/** `scale_file.id`s of the products of a completed job, by output, in the order of their paths. */
export type Products = ReadonlyMap<string, readonly number[]>;

const statsAtOnce = 16;

const endStatus: Record<Result['status'], EndStatus> = {
  completed: 'COMPLETED',
  failed: 'FAILED',
  canceled: 'CANCELED',
};

/**
 * Makes a result fact in one transaction: files, lineage, what the job said of its inputs, and the end of the execution.
 * `seed-run` and the scheduler both end here.
 * @returns undefined when the execution was no longer this runtime's: nothing was changed
 */
export async function complete(
  db: Database,
  completion: Completion,
  result: Result,
): Promise<Products | undefined> {
  const versions = await versionsOf(completion, result);
  const { moves, warnings } = await prepareMoves(db, completion, result);
  const identity = result.status === 'completed' ? await identityAt(completion, result) : undefined;
  const whole = { ...result, warnings: [...result.warnings, ...warnings] };
  const recorded = await db.transaction((tx) => record(tx, completion, whole, versions, moves, identity));
  // What cannot be removed now, the sweep removes later.
  if (recorded) await removeMoved(db, completion.execution, moves).catch(() => undefined);
  return recorded;
}

async function record(
  tx: Queries,
  completion: Completion,
  result: Result,
  versions: Iterable<string>,
  moves: readonly InputMove[],
  identity: ExecutedIdentity | undefined,
): Promise<Products | undefined> {
  const { execution, recipes } = completion;
  if (execution.rootRecipeId != null) await lockRecipes(tx, [execution.rootRecipeId]);
  if (!(await holds(tx, execution))) return undefined;
  const ids = await register(tx, completion, result, versions);
  await mutateInputs(tx, completion, result);
  await recordMoves(tx, execution, moves);
  for (const { workspace, directory } of remotePlaces(completion.places))
    await clearLeftovers(tx, execution.id, workspace.id, directory);
  const byOutput = group(result, ids);
  await finish(tx, execution, {
    ...endingOf(result, completion.logs),
    output: result.status === 'completed' ? outputOf(byOutput, result) : null,
    retry: completion.retry,
  });
  const doesMore = moves.length > 0 || (await describesAnew(tx, completion, result));
  if (identity && !doesMore) await recordIdentity(tx, execution, identity);
  else if (completion.identityOf && result.status === 'completed') await forgetIdentity(tx, execution);
  if (recipes && execution.rootRecipeId != null) await advanceOrLeave(tx, recipes, [execution.jobId]);
  return byOutput;
}

/**
 * Where an input is another one by now than its row says, nobody knows what the job has read.
 * @returns undefined where there is none to be relied on
 */
async function identityAt(
  { identityOf, inputs, pathOf }: Completion,
  { inputChecksums }: Result,
): Promise<ExecutedIdentity | undefined> {
  if (!identityOf) return undefined;
  let changed = false;
  await mapInParallel([...inputs.values()].flat(), statsAtOnce, async (row) => {
    const read = pathOf(row);
    if (read === undefined || row.file_stat === null) return;
    const found = await stat(read, { bigint: true }).catch(() => undefined);
    if (!found || fileStat({ mtimeNs: found.mtimeNs, inode: found.ino }) !== row.file_stat) changed = true;
  });
  return changed ? undefined : identityOf(inputChecksums);
}

/** Workspace by workspace, a batch at a time. @returns ids in the order of the files */
async function register(
  tx: Queries,
  completion: Completion,
  { files }: Result,
  versions: Iterable<string>,
): Promise<number[]> {
  const { jobTypeId, execution, inputs, places, json } = completion;
  const producer = { jobTypeId, jobId: execution.jobId, jobExeId: execution.id };
  const sources = [...inputs.values()].flat();
  const uuidOf = productUuids(
    jobTypeId,
    sources.map(({ uuid }) => uuid),
    json,
  );
  const ids = new Array<number>(files.length);
  const workspaces = new Set<Workspace>();
  if (places.elsewhere.size === 0) workspaces.add(places.main.workspace);
  else for (const file of files) workspaces.add(placeOf(file, places).workspace);
  for (const workspace of workspaces) {
    const indexes: number[] = [];
    const products = function* () {
      let index = 0;
      const versionsInTurn = versions[Symbol.iterator]();
      for (const file of files) {
        const { value: version } = versionsInTurn.next() as IteratorYieldResult<string>;
        if (placeOf(file, places).workspace === workspace) {
          indexes.push(index);
          yield asProduct(file, places, version, uuidOf);
        }
        index++;
      }
    };
    const registered = await registerProducts(tx, workspace, producer, sources, products());
    registered.forEach((id, nth) => (ids[indexes[nth]!] = id));
  }
  return ids;
}

/** How an execution ends that has no products. */
export function endingOf(result: Result, logs: Completion['logs']): Ending {
  return {
    status: endStatus[result.status],
    exitCode: result.exitCode,
    error: result.error,
    output: result.status === 'completed' ? outputOf(new Map(), result) : null,
    steps: result.steps,
    warnings: result.warnings,
    used: result.used,
    configuration: result.configuration,
    stdoutPath: logs.stdout,
    stderrPath: logs.stderr,
  };
}

function asProduct(
  file: Harvested,
  places: Places,
  version: string,
  uuidOf: (fileName: string) => string,
): NewProduct {
  const fileName = path.basename(file.relativePath);
  return {
    filePath: path.posix.join(placeOf(file, places).directory, file.relativePath),
    size: file.size,
    version,
    fileName,
    mediaType: file.mediaType,
    sha256: file.sha256,
    output: file.outputs.at(-1)!,
    uuid: uuidOf(fileName),
    metadata: file.metadata,
  };
}

/** What their workspaces call the files, in their order. */
async function versionsOf({ places, versions }: Completion, { files }: Result): Promise<Countable<string>> {
  const all = new PackedList<string>();
  for (const some of inChunks(files, packedAtOnce))
    all.push(
      ...(await mapInParallel(some, statsAtOnce, async (file) => {
        const known = versions?.get(file.relativePath);
        if (known !== undefined) return known;
        const destination = destinationOf(placeOf(file, places))!;
        const { mtimeNs, ino } = await stat(path.join(destination, file.relativePath), { bigint: true });
        return fileStat({ mtimeNs, inode: ino });
      })),
    );
  return all;
}

async function mutateInputs(tx: Queries, completion: Completion, result: Result): Promise<void> {
  const checksums = new Map<number, string>();
  for (const row of [...completion.inputs.values()].flat()) {
    const read = completion.pathOf(row);
    const sha256 = read === undefined ? undefined : result.inputChecksums.get(read);
    if (sha256 !== undefined) checksums.set(row.id, sha256);
  }
  await recordChecksums(tx, checksums);
  for (const [input, metadata] of result.parsedInputs)
    for (const row of completion.inputs.get(input) ?? []) await applyParsedMetadata(tx, row.id, metadata);
}

function group(result: Result, ids: readonly number[]): Products {
  const byOutput = new Map<string, number[]>();
  let index = 0;
  for (const { outputs } of result.files) {
    const id = ids[index++]!;
    for (const output of outputs) {
      const known = byOutput.get(output);
      if (known) known.push(id);
      else byOutput.set(output, [id]);
    }
  }
  return byOutput;
}

function outputOf(products: Products, result: Result): object {
  return { version: '7', files: Object.fromEntries(products), json: result.json };
}
