import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from '../../seed-schema/index.ts';
import { reasonOf, SeedbedError } from '../errors/index.ts';
import type { ManifestWarningName } from './findings.ts';
import { largestManifest, loadManifest, type LoadedManifest } from './parse.ts';

/** Names that a job directory's manifest may have; the first found counts. */
export const manifestFileNames = ['seed.manifest.json', 'seed.json'] as const;

/** A manifest's text as found on disk. */
export interface ManifestFile {
  /** Path of the file, as the directory was given. */
  readonly file: string;
  readonly text: string;
  readonly warnings: readonly Finding[];
}

/**
 * Finds and reads a job directory's manifest, without judging it.
 * @throws manifest-not-found when there is none, or it cannot be read
 */
export async function findManifest(directory: string): Promise<ManifestFile> {
  const names = await readdir(directory).catch((thrown: unknown) => {
    const expected = `the directory cannot be read: ${reasonOf(thrown)}`;
    throw new SeedbedError('manifest-not-found', { where: directory, expected });
  });
  const [first, second] = manifestFileNames.filter((name) => names.includes(name));
  if (first === undefined)
    throw new SeedbedError('manifest-not-found', {
      where: directory,
      expected: `it has neither ${manifestFileNames.join(' nor ')}`,
    });
  const file = path.join(directory, first);
  const text = await readManifestText(file);
  if (second === undefined) return { file, text, warnings: [] };
  const name: ManifestWarningName = 'TWO_MANIFESTS';
  const description = `${directory} has ${first} and ${second}; ${first} counts`;
  return { file, text, warnings: [{ name, description, path: '' }] };
}

/**
 * Reads a manifest's file as text.
 * @throws manifest-not-found when it cannot be read; invalid-manifest when it is over 1 MiB or not UTF-8
 */
export async function readManifestText(file: string): Promise<string> {
  const problem = (problems: string): SeedbedError =>
    new SeedbedError('invalid-manifest', { where: file, problems });
  const bytes = await readRegularFile(file, (size) =>
    problem(`it has ${size} bytes, and a manifest has at most ${largestManifest} (1 MiB)`),
  );
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw problem('it is UTF-16; save it as UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw problem('it is not UTF-8; save it as UTF-8');
  }
}

/**
 * Reads and judges a job directory's manifest.
 * @throws manifest-not-found, invalid-manifest
 */
export async function readManifest(directory: string): Promise<LoadedManifest & { readonly file: string }> {
  const { file, text, warnings } = await findManifest(directory);
  const loaded = loadManifest(text, file);
  return { ...loaded, warnings: [...warnings, ...loaded.warnings], file };
}

/** A pipe or device in a manifest's place would never end. */
async function readRegularFile(file: string, tooLarge: (size: number) => Error): Promise<Uint8Array> {
  const unreadable = (reason: string): SeedbedError =>
    new SeedbedError('manifest-not-found', {
      where: path.dirname(file),
      expected: `${file} cannot be read: ${reason}`,
    });
  const found = await stat(file).catch((thrown: unknown) => {
    throw unreadable(reasonOf(thrown));
  });
  if (!found.isFile()) throw unreadable('it is no regular file');
  if (found.size > largestManifest) throw tooLarge(found.size);
  return readFile(file).catch((thrown: unknown) => {
    throw unreadable(reasonOf(thrown));
  });
}
