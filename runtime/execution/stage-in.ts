import { chmod, copyFile, constants, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Staged } from '../engine/index.ts';
import { linkOrCopy } from '../workspace/index.ts';
import type { DeliveredFile } from './delivery.ts';
import { contextPath, inputRoot } from './paths.ts';
import type { ExecutionRequest } from './request.ts';

/** Above this many files an input is gathered in one directory: each bind mount costs the engine about a millisecond. */
const mostMounts = 256;

/** The directory of one attempt: nobody else can enter it, so that OUTPUT_DIR inside may be open to any user of an image. */
export interface AttemptDirectory {
  /** Absolute. */
  readonly path: string;
  /** OUTPUT_DIR on this machine. */
  readonly output: string;
}

/** The directory of an attempt, made or not. @param directory absolute */
export function attemptDirectory(directory: string): AttemptDirectory {
  return { path: directory, output: path.join(directory, 'output') };
}

/** Makes the directory of an attempt. @param directory absolute; made here */
export async function makeAttemptDirectory(directory: string): Promise<AttemptDirectory> {
  const attempt = attemptDirectory(directory);
  await mkdir(directory, { mode: 0o700 });
  await mkdir(attempt.output);
  await chmod(attempt.output, 0o777);
  return attempt;
}

/**
 * Decides which paths of this machine the container sees where, and prepares what cannot be mounted as it is: more files
 * than mounts are good for, and files that the image's user could not read.
 * @param document the context document, which the job finds at INPUT_METADATA
 */
export async function stageIn(
  request: ExecutionRequest,
  attempt: AttemptDirectory,
  document: Record<string, unknown>,
): Promise<Staged[]> {
  const context = path.join(attempt.path, 'scale-input-metadata.json');
  await writeFile(context, JSON.stringify(document), { mode: 0o644 });
  const staged: Staged[] = [{ source: context, target: contextPath, mode: 'ro', name: 'INPUT_METADATA' }];
  for (const [name, files] of request.files) {
    const target = `${inputRoot}/${name}`;
    const gathered = path.join(attempt.path, 'inputs', name);
    const readable = allReadable(files, request.image.user);
    const whole = readable ? await wholeDirectory(files, request.image.user) : undefined;
    if (whole) staged.push({ source: whole, target, mode: 'ro', name });
    else if (readable && files.length <= mostMounts)
      for (const file of files)
        staged.push({ source: file.path, target: `${target}/${file.deliveredName}`, mode: 'ro', name });
    else {
      await gather(files, gathered, readable);
      staged.push({ source: gathered, target, mode: 'ro', name });
    }
  }
  return [...staged, ...request.mounts];
}

/** A directory of which an input is given every file under its own name can be mounted as it is. */
async function wholeDirectory(files: readonly DeliveredFile[], user: string): Promise<string | undefined> {
  const directories = new Set(files.map((file) => path.dirname(file.path)));
  const [directory] = directories;
  if (directories.size !== 1 || files.length < 2) return undefined;
  if (files.some((file) => file.deliveredName !== path.basename(file.path))) return undefined;
  if (!isRoot(user) && ((await stat(directory!)).mode & 0o005) !== 0o005) return undefined;
  const entries = await readdir(directory!, { withFileTypes: true });
  return entries.length === files.length && entries.every((entry) => entry.isFile()) ? directory : undefined;
}

function allReadable(files: readonly DeliveredFile[], user: string): boolean {
  return isRoot(user) || files.every((file) => (file.mode & 0o004) !== 0);
}

async function gather(files: readonly DeliveredFile[], directory: string, link: boolean): Promise<void> {
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o755);
  for (const file of files) {
    const target = path.join(directory, file.deliveredName);
    if (link) await linkOrCopy(file.path, target);
    else {
      await copyFile(file.path, target, constants.COPYFILE_FICLONE);
      await chmod(target, 0o644);
    }
  }
}

/** The image's USER, which may be empty, a name or an id, with or without a group. */
function isRoot(user: string): boolean {
  return ['', 'root', '0'].includes(user.split(':')[0]!);
}
