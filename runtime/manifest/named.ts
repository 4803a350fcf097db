import { environmentName } from './names.ts';

/**
 * The entry of a manifest that a name means: its own spelling, or else that of its variable (`input-file` and
 * `INPUT_FILE` are one).
 */
export function findNamed<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  name: string,
): Entry | undefined {
  const wanted = environmentName(name);
  return (
    entries.find((candidate) => candidate.name === name) ??
    entries.find((candidate) => environmentName(candidate.name) === wanted)
  );
}
