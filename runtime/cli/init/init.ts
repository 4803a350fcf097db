import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '../../config/index.ts';
import { createEngine } from '../../engine/index.ts';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
import { manifestFileNames, manifestFromLabels } from '../../manifest/index.ts';
import { obtainImage } from '../images/obtain-image.ts';
import { write } from '../progress/writer.ts';
import { quoted } from '../../execution/quoted.ts';
import { requireSpecVersion } from '../spec-version.ts';
import { createFile } from '../whole-file.ts';
import { type Ask, asking } from './ask.ts';
import { filesFromImage } from './from-image.ts';
import type { InitOptions } from './options.ts';
import { type NewFiles, templateFiles } from './template.ts';

/** `seed init`. @returns 0 @throws files-exist, target-not-found, output-directory-unusable */
export async function init(argument: string | undefined, options: InitOptions): Promise<0> {
  requireSpecVersion(options.specVersion);
  if (argument !== undefined && options.directory !== undefined)
    throw new SeedbedError('invalid-usage', {
      problem: `seed init takes one directory, and was given ${argument} and ${options.directory}`,
    });
  const directory = (argument ?? options.directory) || '.';
  requireName(options.name);
  await requireNoManifest(directory);
  const { from } = options;
  const files = await asking((ask) =>
    from === undefined ? fromTemplate(directory, options, ask) : fromImage(from, options, ask),
  );
  const made = await makeFiles(directory, files);
  await write(process.stdout, summary(directory, made, Object.keys(files)));
  return 0;
}

/** @throws invalid-usage */
function requireName(name: string | undefined): void {
  if (name !== undefined && !/^[a-zA-Z0-9-]+$/.test(name))
    throw new SeedbedError('invalid-usage', {
      problem: `A job's name has letters, digits and -, unlike ${JSON.stringify(name)}`,
    });
}

/** @throws files-exist */
async function requireNoManifest(directory: string): Promise<void> {
  const names = await readdir(directory).catch((thrown: unknown): string[] => {
    if (isErrno(thrown, 'ENOENT')) return [];
    throw new SeedbedError('output-directory-unusable', { path: directory, reason: reasonOf(thrown) });
  });
  const manifest = manifestFileNames.find((name) => names.includes(name));
  if (manifest !== undefined) throw new SeedbedError('files-exist', { file: path.join(directory, manifest) });
}

async function fromTemplate(directory: string, options: InitOptions, ask: Ask): Promise<NewFiles> {
  const fallback = path
    .basename(path.resolve(directory))
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const name = options.name ?? (await ask('Name of the job', fallback || 'my-job', requireName));
  const title = options.title ?? (await ask('Title', name));
  return templateFiles({ name, title });
}

async function fromImage(image: string, options: InitOptions, ask: Ask): Promise<NewFiles> {
  const config = readConfig();
  const engine = await createEngine(config);
  try {
    const { labels } = await obtainImage(engine, image, { policy: options.pull ?? config.pull });
    const { text, manifest } = manifestFromLabels(labels, image);
    const name = options.name ?? (await ask('Name of the job', manifest.job.name, requireName));
    const title = options.title ?? (await ask('Title', manifest.job.title));
    return filesFromImage(image, text, { name, title });
  } finally {
    engine.close();
  }
}

/**
 * Writes what is not there. Where there is a Dockerfile, only the manifest: the script is for our own. Where one cannot be
 * written, none stays: a half of them would refuse the next `seed init`.
 * @returns the paths that were made
 */
async function makeFiles(directory: string, files: NewFiles): Promise<string[]> {
  const made: string[] = [];
  const make = async (name: string) => {
    const isMade = await makeFile(directory, name, files[name]!);
    if (isMade) made.push(name);
    return isMade;
  };
  try {
    if (!(await make('seed.manifest.json')))
      throw new SeedbedError('files-exist', { file: path.join(directory, 'seed.manifest.json') });
    const others = Object.keys(files).filter((name) => !['seed.manifest.json', 'Dockerfile'].includes(name));
    if (await make('Dockerfile')) for (const name of others) await make(name);
    return made;
  } catch (thrown) {
    for (const name of made) await rm(path.join(directory, name), { force: true });
    if (thrown instanceof SeedbedError) throw thrown;
    if (isErrno(thrown, 'ENOSPC', 'EDQUOT'))
      throw new SeedbedError('disk-full', { what: directory }, { cause: thrown });
    throw new SeedbedError('output-directory-unusable', { path: directory, reason: reasonOf(thrown) });
  }
}

/** @returns false where the file is there already */
async function makeFile(
  directory: string,
  name: string,
  { text, executable = false }: NewFiles[string],
): Promise<boolean> {
  const file = path.join(directory, name);
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await createFile(file, text, executable ? 0o755 : 0o644);
    return true;
  } catch (thrown) {
    if (isErrno(thrown, 'EEXIST')) return false;
    throw thrown;
  }
}

function summary(directory: string, made: readonly string[], wanted: readonly string[]): string {
  const kept = wanted.filter((name) => !made.includes(name));
  const lines = [
    ...made.map((name) => `made  ${path.join(directory, name)}`),
    ...(made.includes('Dockerfile')
      ? []
      : kept.slice(0, 1).map((name) => `kept  ${path.join(directory, name)}`)),
    `Next: seed run ${quoted(directory)}`,
  ];
  return `${lines.join('\n')}\n`;
}
