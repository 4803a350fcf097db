import type { DataInterface, ForEach, RecipeData } from '../../seed-schema/index.ts';

/** Where the runs of a node with `forEach` stand. */
export interface Runs {
  readonly total: number;
  readonly started: number;
  readonly completed: number;
  /** Started, and cannot go on by themselves. */
  readonly stuck: number;
}

/** What follows from where the runs stand. */
export interface RunsDecision {
  /** Enough have succeeded, and none is under way. */
  readonly isComplete: boolean;
  /** Too many cannot succeed as they are. */
  readonly isStuck: boolean;
  /** How many more are to be started now. */
  readonly start: number;
}

/** How many of `total` must succeed; of none there is none to succeed. */
function neededRuns(require: ForEach['require'], total: number): number {
  if (require === 'all') return total;
  if (require === 'any') return Math.min(1, total);
  // 0.07 × 100 is 7.000000000000001 in binary: a millionth of a run is none.
  return Math.min(total, Math.ceil(require * total - 1e-6));
}

export function decideRuns({ require, concurrency = Infinity }: ForEach, runs: Runs): RunsDecision {
  const { total, started, completed, stuck } = runs;
  const isStuck = stuck > total - neededRuns(require, total);
  return {
    isComplete: completed + stuck === total && !isStuck,
    isStuck,
    start: isStuck ? 0 : Math.max(0, Math.min(total - started, concurrency - (started - completed - stuck))),
  };
}

/** The elements that a node with `forEach` runs once for each: ids of files, or JSON values. */
export function elementsOf(
  { input }: ForEach,
  parameters: DataInterface,
  data: RecipeData,
): { readonly kind: 'files' | 'json'; readonly elements: readonly unknown[] } {
  if (parameters.files.some(({ name }) => name === input))
    return { kind: 'files', elements: data.files[input] ?? [] };
  const value = data.json[input];
  return { kind: 'json', elements: Array.isArray(value) ? value : [] };
}

/** The input of one run: the element in the place of all of them. */
export function inputOfRun(
  { input }: ForEach,
  kind: 'files' | 'json',
  element: unknown,
  data: RecipeData,
): RecipeData {
  return kind === 'files'
    ? { ...data, files: { ...data.files, [input]: [element as number] } }
    : { ...data, json: { ...data.json, [input]: element } };
}

/**
 * The outputs of runs as one: files in a row, JSON values as elements of an array; null where a run gave none.
 * @param names of the outputs of the node
 * @param outputs in the order of the elements
 */
export function joinOutputs(names: DataInterface, outputs: readonly Partial<RecipeData>[]): RecipeData {
  return {
    version: '7',
    files: Object.fromEntries(
      names.files.map(({ name }) => [name, outputs.flatMap(({ files }) => files?.[name] ?? [])]),
    ),
    json: Object.fromEntries(
      names.json.map(({ name }) => [name, outputs.map(({ json }) => json?.[name] ?? null)]),
    ),
  };
}
