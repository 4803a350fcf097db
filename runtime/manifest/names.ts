/** Where the job finds its inputs and leaves its outputs (Scale's paths; jobs get them through variables). */
export const containerPaths = { inputs: '/scale/input_data', outputs: '/scale/output_data' } as const;

/** Variables that the platform injects itself (the standard, "Variable injection"; INPUT_METADATA and SCALE_* are Scale's). */
export const reservedVariables = ['OUTPUT_DIR', 'INPUT_METADATA'] as const;

/** Variables with these beginnings are the platform's too. */
export const reservedPrefixes = ['ALLOCATED_'] as const;

/** Scale's own variables, beside those that the standard reserves: a job that names an input so never sees the input. */
export const platformVariables = [
  'INPUT_METADATA',
  'SCALE_JOB_ID',
  'SCALE_EXE_NUM',
  'SCALE_RECIPE_ID',
  'SCALE_BATCH_ID',
] as const;

/** Resources that every job has, declared or not. */
export const basicResources = ['cpus', 'mem', 'disk'] as const;

/** Resources that an executor knows without being told: the standard's, and `gpus`, which Scale and seed-cli know too. */
export const standardResources = [...basicResources, 'sharedMem', 'gpus'] as const;

/** The environment variable of a name: `[A-Z0-9_]` unaltered, lower case raised, `-` becomes `_` (the standard, "Environment"). */
export function environmentName(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

/** The standard's spelling of a resource: Scale takes names in any case, so `CPUS` and `sharedmem` are `cpus` and `sharedMem`. */
export function resourceName(name: string): string {
  return standardResources.find((standard) => standard.toLowerCase() === name.toLowerCase()) ?? name;
}

/** What is shown in the place of a secret setting's value. */
export const secretMask = '******';
