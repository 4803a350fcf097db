import type { DataInterface } from '../../../seed-schema/index.ts';

/**
 * Which input of a recipe takes the file: the one that is named, else its only file input, else its only required one. All
 * other inputs must be optional, as nothing else is given.
 * @returns `problem`: a clause that lists what there is to choose from
 */
export function recipeInput(
  { files, json }: DataInterface,
  wanted?: string,
): { readonly input: string } | { readonly problem: string } {
  const required = files.filter((file) => file.required);
  const named = files.find(({ name }) => name === wanted);
  if (files.length === 0) return { problem: 'takes no file' };
  if (wanted !== undefined && !named)
    return { problem: `has no file input ${wanted}; its file inputs are ${listOf(files)}` };
  const chosen = named ?? (files.length === 1 ? files[0] : required.length === 1 ? required[0] : undefined);
  if (!chosen)
    return { problem: `has several file inputs, and recipe.input must name one of ${listOf(files)}` };
  const others = [...required, ...json.filter((value) => value.required)].filter(
    ({ name }) => name !== chosen.name,
  );
  if (others.length > 0)
    return { problem: `requires ${listOf(others)} besides the file, and nothing gives that` };
  return { input: chosen.name };
}

function listOf(parameters: readonly { readonly name: string }[]): string {
  return parameters.map(({ name }) => name).join(', ');
}
