import path from 'node:path';
import { SeedbedError } from '../../errors/index.ts';
import { parted } from '../run/assignments.ts';
import { type FileInput, filesAt } from '../run/input-files.ts';
import { named, nameWithPath } from '../run/name-values.ts';

/** A file for an input: one that the service has, or one of this machine. */
export type GivenInput = { readonly id: number } | { readonly path: string; readonly size: number };

/**
 * The files of every input, from `-i NAME=FILE`. A number is a file of the service (`./17` is a path), a directory stands
 * for the files immediately in it.
 * @throws unknown-name, input-not-found, input-is-directory, multiple-files, missing-input, not-a-file
 */
export async function givenInputs(
  options: readonly string[],
  inputs: readonly FileInput[],
): Promise<Map<string, GivenInput[]>> {
  const given = new Map<string, GivenInput[]>();
  const names = inputs.map(({ name }) => name);
  for (const option of parted(options, names)) {
    const { name, value } = nameWithPath('-i', option);
    const input = named(inputs, name, 'file input');
    const files = /^\d{1,15}$/.test(value)
      ? [{ id: Number(value) }]
      : await filesAt(input, path.resolve(value));
    given.set(input.name, [...(given.get(input.name) ?? []), ...files]);
  }
  for (const { name, required, multiple } of inputs) {
    const count = given.get(name)?.length ?? 0;
    if (count > 1 && !multiple) throw new SeedbedError('multiple-files', { name, count });
    if (count > 0) continue;
    if (required)
      throw new SeedbedError('missing-input', {
        name,
        problem: given.has(name) ? 'was given a directory without files' : 'was not given',
        option: `-i ${name}=FILE`,
      });
    given.delete(name);
  }
  return given;
}
