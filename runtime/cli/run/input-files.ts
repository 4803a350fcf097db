import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
import { deliver, type DeliveredFile, type InputSource } from '../../execution/index.ts';
import type { InputFile } from '../../manifest/index.ts';
import type { SeenFile } from '../../catalog/index.ts';
import { parted } from './assignments.ts';
import { named, nameWithPath } from './name-values.ts';

/** A file on the command line: what the job gets, and what the catalogue knows it by. */
export interface GivenFile extends DeliveredFile, SeenFile {}

/** What an input of a job or a recipe takes. */
export type FileInput = Pick<InputFile, 'name' | 'required' | 'multiple'>;

/**
 * The files of every input, from `-i NAME=PATH`; without any, from `<job-dir>/inputs/<NAME>/`. A directory stands for the
 * files immediately in it.
 * @throws unknown-name, input-not-found, input-is-directory, multiple-files, missing-input, not-a-file, unsupported-file-name
 */
export async function givenFiles(
  options: readonly string[],
  inputs: readonly FileInput[],
  jobDirectory: string | undefined,
): Promise<Map<string, GivenFile[]>> {
  const paths = new Map<string, string[]>();
  const names = inputs.map(({ name }) => name);
  for (const option of parted(options, names)) {
    const { name, value } = nameWithPath('-i', option);
    const input = named(inputs, name, 'file input');
    paths.set(input.name, [...(paths.get(input.name) ?? []), path.resolve(value)]);
  }
  if (options.length === 0 && jobDirectory !== undefined)
    for (const input of inputs) paths.set(input.name, await sampleInputs(jobDirectory, input));

  const given = new Map<string, GivenFile[]>();
  for (const input of inputs) {
    const files = await filesOf(input, paths.get(input.name) ?? []);
    if (files.length > 0) given.set(input.name, files);
    else if (input.required)
      throw new SeedbedError('missing-input', {
        name: input.name,
        problem: paths.get(input.name)?.length ? 'was given a directory without files' : 'was not given',
        option: `-i ${input.name}=PATH`,
      });
  }
  return given;
}

async function sampleInputs(jobDirectory: string, input: FileInput): Promise<string[]> {
  const directory = path.join(path.resolve(jobDirectory), 'inputs', input.name);
  try {
    const names = (await readdir(directory)).filter((name) => !name.startsWith('.')).sort();
    return names.map((name) => path.join(directory, name));
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return [];
    throw thrown;
  }
}

/**
 * What a job gets for one input; a directory stands for the files immediately in it.
 * @param paths absolute
 * @throws input-not-found, input-is-directory, multiple-files, not-a-file, unsupported-file-name
 */
export async function filesOf(input: FileInput, paths: readonly string[]): Promise<GivenFile[]> {
  const seen = (await Promise.all(paths.map((given) => filesAt(input, given)))).flat();
  if (!input.multiple && seen.length > 1)
    throw new SeedbedError('multiple-files', { name: input.name, count: seen.length });
  return deliver(seen) as GivenFile[];
}

/** The file at a path, or those immediately in a directory. @throws as `givenFiles` */
export async function filesAt(input: FileInput, given: string): Promise<(InputSource & SeenFile)[]> {
  const found = await status(input, given);
  if (!found.isDirectory()) return [asSeen(input, given, found)];
  if (!input.multiple) throw new SeedbedError('input-is-directory', { name: input.name, path: given });
  const names = (await readdir(given)).sort();
  const inside = await Promise.all(
    names.map(async (name) => {
      const file = path.join(given, name);
      return { file, found: await status(input, file) };
    }),
  );
  return inside
    .filter(({ found }) => !found.isDirectory())
    .map(({ file, found }) => asSeen(input, file, found));
}

async function status(input: FileInput, file: string) {
  if (file.includes('\uFFFD'))
    throw new SeedbedError('unsupported-file-name', { name: input.name, path: file });
  try {
    return await stat(file, { bigint: true });
  } catch (thrown) {
    throw new SeedbedError('input-not-found', { name: input.name, path: file, reason: words(thrown) });
  }
}

function asSeen(
  input: FileInput,
  file: string,
  found: Awaited<ReturnType<typeof status>>,
): InputSource & SeenFile {
  if (!found.isFile())
    throw new SeedbedError('not-a-file', { name: input.name, path: file, kind: 'device, socket or pipe' });
  return {
    path: file,
    size: Number(found.size),
    mode: Number(found.mode) & 0o777,
    mtimeNs: found.mtimeNs,
    inode: found.ino,
  };
}

function words(thrown: unknown): string {
  if (isErrno(thrown, 'ENOENT')) return 'there is no such file';
  if (isErrno(thrown, 'EACCES')) return 'permission denied';
  return reasonOf(thrown);
}
