import { SeedbedError } from '../../../errors/index.ts';
import type { InputFile, Manifest } from '../../../manifest/index.ts';

/**
 * Which input the files of a directory are for, one job each: the required one, else the first that takes one file, else
 * the first that takes several. Pure.
 * @throws batch-directory-unsuited
 */
export function directoryInput(manifest: Manifest): InputFile {
  const { files, json } = manifest.job.interface.inputs;
  const required = [...files, ...json].filter((input) => input.required);
  const [only] = files.filter((input) => input.required);
  const refuse = (problem: string) => new SeedbedError('batch-directory-unsuited', { problem });
  if (required.length > 1) throw refuse(`the job requires ${required.map(({ name }) => name).join(' and ')}`);
  if (required.length === 1 && !only)
    throw refuse(`the job requires ${required[0]!.name}, which is a JSON input`);
  const input = only ?? files.find(({ multiple }) => !multiple) ?? files[0];
  if (!input) throw refuse('the job takes no files');
  return input;
}
