import type { Interface } from '../manifest/manifest.ts';
import { environmentName } from '../manifest/names.ts';
import type { CommandVariable } from './command.ts';
import { formatAllocation } from './format-allocation.ts';
import { contextPath, inputRoot, outputRoot } from './paths.ts';

export interface EnvironmentRequest {
  readonly interface: Pick<Interface, 'inputs' | 'settings'>;
  /** File names as delivered, by input; none: an optional input that was not given. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** The text of each JSON input that was given, by input (`readJsonInput`). */
  readonly json: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
  /** See `allocate`. */
  readonly allocated: Readonly<Record<string, number>>;
  readonly identity: {
    readonly jobId: number;
    readonly exeNum: number;
    readonly recipeId?: number | undefined;
    readonly batchId?: number | undefined;
  };
}

export interface Environment {
  readonly variables: Readonly<Record<string, string>>;
  /** Values that must never be shown. */
  readonly secrets: ReadonlySet<string>;
  /** What `interface.command` may expand: the variables, and each setting by its own name too (as on Scale). */
  readonly expandable: ReadonlyMap<string, CommandVariable>;
}

/**
 * Everything that a job is told by environment variables (the standard, "Variable injection"; Scale's own besides).
 * Inputs that were not given stay unset. Where names collide, the platform's variables win.
 */
export function buildEnvironment(request: EnvironmentRequest): Environment {
  const expandable = new Map<string, CommandVariable>();
  const secrets = new Set<string>();
  const put = (name: string, value: string | undefined, splittable = false) => {
    if (value !== undefined) expandable.set(environmentName(name), { value, splittable });
  };
  for (const { name, secret } of request.interface.settings) {
    const value = request.settings.get(name);
    put(name, value, true);
    if (secret && value) secrets.add(value);
  }
  for (const { name, type } of request.interface.inputs.json)
    put(name, request.json.get(name), type !== 'array' && type !== 'object');
  for (const { name, multiple } of request.interface.inputs.files)
    put(name, inputPath(name, multiple, request.files.get(name) ?? []));
  for (const [name, amount] of Object.entries(request.allocated))
    put(`ALLOCATED_${name}`, formatAllocation(amount));
  put('OUTPUT_DIR', outputRoot);
  put('INPUT_METADATA', contextPath);
  const { jobId, exeNum, recipeId, batchId } = request.identity;
  put('SCALE_JOB_ID', `${jobId}`);
  put('SCALE_EXE_NUM', `${exeNum}`);
  put('SCALE_RECIPE_ID', recipeId?.toString());
  put('SCALE_BATCH_ID', batchId?.toString());

  const variables = Object.fromEntries([...expandable].map(([name, { value }]) => [name, value]));
  for (const { name } of request.interface.settings) {
    const setting = expandable.get(environmentName(name));
    if (setting && !expandable.has(name)) expandable.set(name, setting);
  }
  return { variables, secrets, expandable };
}

/** A file, or for `multiple` the directory of the files, also when it is one file. */
function inputPath(name: string, multiple: boolean, files: readonly string[]): string | undefined {
  if (files.length === 0) return undefined;
  return multiple ? `${inputRoot}/${name}` : `${inputRoot}/${name}/${files[0]}`;
}
