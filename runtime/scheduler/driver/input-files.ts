import type { BigIntStats } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ScaleFile } from '../../catalog/index.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { checksum, deliver, type DeliveredFile } from '../../execution/index.ts';
import { type ContentCache, mapInParallel, type Workspace } from '../../workspace/index.ts';

const statsAtOnce = 16;
const fetchesAtOnce = 4;

/** Where a file of the catalogue is, seen from this machine. */
export type InputPlace =
  | {
      readonly path: string;
      readonly from?: undefined;
      /** A bucket is mounted there, whose files have other versions than `scale_file.file_stat`. */
      readonly isMount?: boolean;
    }
  /** It has to be fetched. */
  | { readonly from: Workspace };

/** A file that has to be fetched before a job can see it. */
export interface RemoteInput {
  readonly file: ScaleFile;
  readonly from: Workspace;
}

/** The files of a job. */
export interface Delivered {
  /** By input; a path that is not absolute lies in the directory of the attempt, once it has been fetched. */
  readonly files: ReadonlyMap<string, readonly DeliveredFile[]>;
  readonly remote: readonly RemoteInput[];
}

/**
 * The files of the catalogue as an execution takes them, by input.
 * @throws input-not-found for a file that was deleted or is not where the catalogue says; input-changed for another content
 */
export async function deliverInputs(
  inputs: ReadonlyMap<string, readonly ScaleFile[]>,
  placeOf: (file: ScaleFile, input: string) => InputPlace,
): Promise<Delivered> {
  const delivered = new Map<string, DeliveredFile[]>();
  const remote = new Map<number, RemoteInput>();
  for (const [name, files] of inputs) {
    const found = await mapInParallel(files, statsAtOnce, async (file) => {
      const place = placeOf(file, name);
      const refuse = (reason: string) =>
        new SeedbedError('input-not-found', {
          name,
          path: toldPath(file, place.from ? undefined : place.path),
          reason,
        });
      if (file.is_deleted) throw refuse('it has been deleted');
      if (place.from) {
        remote.set(file.id, { file, from: place.from });
        return { path: fetchedPath(file), size: file.file_size, mode: 0o444 };
      }
      const where = place.path;
      const seen = await stat(where, { bigint: true }).catch((thrown: unknown) => {
        throw refuse(reasonOf(thrown));
      });
      if (!seen.isFile()) throw refuse('it is not a file any more');
      if (!place.isMount && !isInUsersPlace(file)) await expectCatalogued(file, where, seen);
      return { path: where, size: Number(seen.size), mode: Number(seen.mode) & 0o777 };
    });
    delivered.set(name, deliver(found));
  }
  return { files: delivered, remote: [...remote.values()] };
}

/** A path of this machine is told only where the user gave it: whoever reads about others may be on another machine. */
function toldPath(file: ScaleFile, here: string | undefined): string {
  if (here !== undefined && isInUsersPlace(file)) return here;
  return `${file.file_path} of the workspace ${file.workspace.name}`;
}

/**
 * Where it stands in a directory of the user's own, who may mend it between a failure and `--resume`: `seed explain` tells
 * then that it changed.
 */
function isInUsersPlace({ workspace }: ScaleFile): boolean {
  return workspace.name.startsWith('local-');
}

/**
 * Another content may have come to the place of a file since it was catalogued. It is read only where time, inode or size
 * do not tell.
 * @param where absolute
 * @throws input-changed
 */
async function expectCatalogued(
  { workspace, file_path, file_size, file_stat, sha256 }: ScaleFile,
  where: string,
  { size, mtimeNs, ino }: BigIntStats,
): Promise<void> {
  if (file_stat === `${mtimeNs}-${ino}` || (file_stat === null && sha256 === null)) return;
  const isOfSize = Number(size) === file_size;
  if (isOfSize && file_stat === null) return;
  if (isOfSize && sha256 !== null && (await checksum(where)).sha256 === sha256) return;
  const problem = isOfSize ? 'it has another content' : `it is another version, of ${size} bytes`;
  throw new SeedbedError('input-changed', { path: file_path, workspace: workspace.name, problem });
}

/** The same files, as a container of this attempt is given them. @param attempt absolute */
export function inAttempt(
  files: ReadonlyMap<string, readonly DeliveredFile[]>,
  attempt: string,
): Map<string, DeliveredFile[]> {
  const absolute = (file: DeliveredFile) => ({ ...file, path: path.resolve(attempt, file.path) });
  return new Map([...files].map(([name, list]) => [name, list.map(absolute)]));
}

/**
 * Brings the files that have to be fetched into the directory of an attempt: each is streamed once for all jobs of this
 * machine that read it.
 * @param attempt absolute
 * @returns checksums that the catalogue lacks, by file
 * @throws what `ContentCache.fetch` throws
 */
export async function fetchInputs(
  cache: ContentCache,
  remote: readonly RemoteInput[],
  attempt: string,
  signal: AbortSignal,
): Promise<Map<number, string>> {
  const learnt = new Map<number, string>();
  await mapInParallel(remote, fetchesAtOnce, async ({ file, from }) => {
    const target = path.join(attempt, fetchedPath(file));
    await mkdir(path.dirname(target), { recursive: true });
    await rm(target, { force: true });
    const wanted = {
      path: file.file_path,
      size: file.file_size,
      sha256: file.sha256,
      version: file.file_stat,
    };
    const sha256 = await cache.fetch(from, wanted, target, signal);
    if (file.sha256 === null) learnt.set(file.id, sha256);
  });
  return learnt;
}

/** A directory for each: names repeat. */
function fetchedPath(file: ScaleFile): string {
  return path.join('fetched', `${file.id}`, path.posix.basename(file.file_path));
}
