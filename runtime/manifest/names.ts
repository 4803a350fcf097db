/** Variables that the platform injects itself (the standard, "Variable injection"; INPUT_METADATA and SCALE_* are Scale's). */
export const reservedVariables = ['OUTPUT_DIR', 'INPUT_METADATA'] as const;

/** Variables with these beginnings are the platform's too. */
export const reservedPrefixes = ['ALLOCATED_'] as const;

/** The environment variable of a name: `[A-Z0-9_]` unaltered, lower case raised, `-` becomes `_` (the standard, "Environment"). */
export function environmentName(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
