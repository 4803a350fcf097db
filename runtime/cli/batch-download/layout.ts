import { createHash } from 'node:crypto';
import path from 'node:path';
import type { OutputFileRow } from '../../client/index.ts';
import { uniqueNames } from '../get/names.ts';
import { nodeDirectory } from '../run-recipe/node-path.ts';

/** Bytes of a name; most file systems take 255. */
const longest = 200;

/** A file, and where it goes below the directory of the download. */
export interface PlacedFile {
  readonly id: number;
  readonly file_size: number;
  readonly sha256: string | null;
  /** Directory, with `/` between its parts. */
  readonly directory: string;
  readonly name: string;
}

/** `batch-3`; what is below it is of that batch alone. Pure. */
export function batchDirectory(batch: number): string {
  return `batch-${batch}`;
}

/**
 * Where the files of one output of one job go, the same each time: `batch-3/recipe-14/NODE/OUTPUT/NAME`, or
 * `batch-3/job-15/OUTPUT/NAME` for a job of no recipe. Runs of a node with forEach, and nodes of sub-recipes, are directories
 * below their node. Of files of one name all but the one with the lowest id get a number. No part is `..` or has a `/`. Pure.
 * @param files all of that output
 */
export function placeFiles(batch: number, files: readonly OutputFileRow[]): PlacedFile[] {
  const first = files[0];
  if (!first) return [];
  const { job, recipe, path: steps, output } = first.of;
  const parts = steps.map(({ name, item }) => ({ name, item: item ?? -1 }));
  const owner =
    recipe === null
      ? [`job-${job.id}`]
      : [`recipe-${recipe.id}`, ...(parts.length > 0 ? [nodeDirectory(parts)] : [`job-${job.id}`])];
  const directory = path.posix.join(
    batchDirectory(batch),
    ...owner,
    nodeDirectory([{ name: output, item: -1 }]),
  );
  const names = uniqueNames(files.map(({ id, file_name: name }) => ({ id, file_name: fileName(name) })));
  const once = new Map(files.map((file) => [file.id, file]));
  return [...once.values()].map(({ id, file_size, sha256 }) => ({
    ...{ id, file_size, sha256, directory },
    name: names.get(id)!,
  }));
}

/** Short enough, and none of those that a download has for itself. */
function fileName(name: string): string {
  const base = path.posix.basename(name).replace(/^\.seedbed-/, '_.seedbed-');
  if (Buffer.byteLength(base) <= longest) return base;
  const { name: stem, ext } = path.posix.parse(base);
  const end = Buffer.byteLength(ext) <= 20 ? ext : '';
  const digest = createHash('sha256').update(base).digest('hex').slice(0, 8);
  const room = longest - Buffer.byteLength(end) - digest.length - 1;
  // A character that is cut in the middle is left out.
  const head = Buffer.from(stem)
    .subarray(0, room)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
  return `${head}-${digest}${end}`;
}
