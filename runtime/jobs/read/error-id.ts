import { createHash } from 'node:crypto';

/** Ids of Seedbed's own errors, the numbers of their codes, are below this. */
export const firstManifestError = 10_000;

/**
 * The id of an error that manifests define: the same for all versions of a job type, and made of the names alone, so that
 * what a manifest says has an id although no row of its own.
 */
export function manifestErrorId(jobTypeName: string, name: string): number {
  const hash = createHash('sha256').update(`${jobTypeName}\n${name}`).digest('hex');
  return firstManifestError + Number.parseInt(hash.slice(0, 11), 16);
}

/** The id of an error of the registry. @param code e.g. `SB2004` */
export function builtinErrorId(code: string): number {
  return Number(/^SB(\d+)$/.exec(code)?.[1] ?? 0);
}
