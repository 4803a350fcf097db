import { type FileHandle, unlink } from 'node:fs/promises';
import path from 'node:path';
import { mediaTypeOf } from '../catalog/index.ts';
import type { Limits } from '../config/index.ts';
import type { Manifest, OutputFile } from '../manifest/manifest.ts';
import {
  type Countable,
  inChunks,
  linkOrCopy,
  mapInParallel,
  packedAtOnce,
  PackedList,
} from '../workspace/index.ts';
import { capture, type Captured } from './capture.ts';
import { checksum, manyFiles, syncFileSystem } from './checksum.ts';
import { readOutputsManifest } from './outputs-manifest.ts';
import { readOutputTree, type OutputTree } from './output-tree.ts';
import type { Harvested, Warning } from './result.ts';

/** A product before its sidecar is read. */
type Measured = Omit<Harvested, 'metadata'>;

/** What a job left, before its sidecars are read. */
export interface Harvest {
  readonly tree: OutputTree;
  readonly files: Countable<Measured>;
  readonly json: Readonly<Record<string, unknown>>;
  readonly warnings: readonly Warning[];
}

const filesAtOnce = 8;

/**
 * Captures the outputs of a job that ended well: which files, their sizes and checksums, and the JSON outputs. When it
 * returns, the files are on the disk.
 * @param directory OUTPUT_DIR on this machine
 * @param diskMiB what the job was allocated; 0: nothing to compare with
 * @param signal ends it with the signal's reason: a checksum of a large file takes minutes
 * @throws missing-required-output, unexpected-multiple-outputs, invalid-results-manifest, too-many-outputs, unreadable-output
 */
export async function harvest(
  directory: string,
  manifest: Manifest,
  diskMiB: number,
  limits: Limits,
  signal?: AbortSignal,
): Promise<Harvest> {
  const { outputs } = manifest.job.interface;
  const tree = await readOutputTree(directory, limits.outputFiles);
  const { captured, warnings } = capture(tree.entries, outputs.files);
  const json = await readOutputsManifest(tree, outputs.json, limits);
  const settle = captured.length < manyFiles ? (file: FileHandle) => file.sync() : undefined;
  const files = new PackedList<Measured>();
  const measuring = (one: Captured) =>
    measure(directory, one, outputs.files, { signal, ...(settle && { settle }) });
  for (const some of inChunks(captured, packedAtOnce))
    files.push(...(await mapInParallel(some, filesAtOnce, measuring)));
  if (captured.length >= manyFiles) await syncFileSystem(directory);
  if (diskMiB > 0 && tree.bytes > diskMiB * 2 ** 20)
    warnings.push({
      name: 'disk-overrun',
      description: `The job left ${Math.ceil(tree.bytes / 2 ** 20)} MiB in OUTPUT_DIR and was allocated ${diskMiB} MiB of disk.`,
    });
  return { tree, files, json: json.values, warnings: [...warnings, ...json.warnings] };
}

async function measure(
  directory: string,
  { relativePath, target, outputs }: Captured,
  files: readonly OutputFile[],
  options: Parameters<typeof checksum>[1],
): Promise<Measured> {
  const place = path.join(directory, relativePath);
  if (target !== undefined) await replaceLink(place, target);
  const { sha256, size } = await checksum(place, options);
  const asking = outputs.map((index) => files[index]!);
  return {
    outputs: asking.map((output) => output.name),
    relativePath,
    size,
    sha256,
    mediaType: asking.findLast(({ mediaType }) => mediaType)?.mediaType ?? mediaTypeOf(relativePath),
  };
}

/** A link is worth something only where its target is; a product must be a file wherever it goes. */
async function replaceLink(link: string, content: string): Promise<void> {
  await unlink(link);
  await linkOrCopy(content, link);
}
