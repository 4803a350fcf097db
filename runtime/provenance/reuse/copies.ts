import { constants, createWriteStream } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { outputsManifest, segments, sidecarSuffix } from '../../execution/index.ts';
import type { Manifest } from '../../manifest/index.ts';
import { isLocal, mapInParallel, type Workspace } from '../../workspace/index.ts';
import type { OpenWorkspace } from './content.ts';
import type { Done } from './store.ts';

const filesAtOnce = 4;

/**
 * Where products were in the OUTPUT_DIR that they were harvested from, by `scale_file.id`: a pattern has as many names as
 * the paths that it matches. Pure.
 */
export function placesInOutput(
  { output, files }: Pick<Done, 'output' | 'files'>,
  { job }: Manifest,
): Map<number, string> {
  const depths = new Map(
    job.interface.outputs.files.map(({ name, pattern }) => [name, segments(pattern).length]),
  );
  const paths = new Map(files.map(({ id, file_path }) => [id, file_path]));
  const places = new Map<number, string>();
  for (const [name, ids] of Object.entries(output.files ?? {}))
    for (const id of ids) {
      const names = paths.get(id)!.split('/');
      places.set(id, names.slice(-(depths.get(name) ?? 1)).join('/'));
    }
  return places;
}

/**
 * Copies what an execution made into a directory, as a run of its own would have left it: products with their sidecars,
 * and the JSON outputs.
 * @param directory absolute
 * @returns where each product is now, absolute, by its id
 */
export async function copyOutputs(
  open: OpenWorkspace,
  done: Done,
  manifest: Manifest,
  directory: string,
): Promise<Map<number, string>> {
  const places = placesInOutput(done, manifest);
  await mkdir(directory, { recursive: true });
  await mapInParallel(done.files, filesAtOnce, async ({ id, file_path, workspace: { id: workspaceId } }) => {
    const workspace = (await open(workspaceId))!;
    const target = path.join(directory, places.get(id)!);
    await copy(workspace, file_path, target);
    await copyIfThere(workspace, file_path + sidecarSuffix, target + sidecarSuffix);
  });
  await copyTop(open, done, manifest, places, directory);
  return new Map([...places].map(([id, place]) => [id, path.join(directory, place)]));
}

/** What stands at the top of OUTPUT_DIR beside products. Where there was no product to find it by, JSON outputs are written anew. */
async function copyTop(
  open: OpenWorkspace,
  { files: [first], output }: Done,
  { job: { interface: declared } }: Manifest,
  places: ReadonlyMap<number, string>,
  directory: string,
): Promise<void> {
  const copyNamed = async (name: string): Promise<boolean> => {
    if (!first) return false;
    const top = first.file_path.slice(0, -places.get(first.id)!.length);
    return copyIfThere((await open(first.workspace.id))!, top + name, path.join(directory, name));
  };
  for (const { name } of declared.inputs.files) await copyNamed(name + sidecarSuffix);
  if (await copyNamed(outputsManifest)) return;
  const values = new Map(Object.entries(output.json ?? {}));
  const members = declared.outputs.json.flatMap(({ name, key }) =>
    values.has(name) ? [[key, values.get(name)] as const] : [],
  );
  if (members.length > 0)
    await writeFile(
      path.join(directory, outputsManifest),
      `${JSON.stringify(Object.fromEntries(members), null, 2)}\n`,
    );
}

async function copyIfThere(workspace: Workspace, source: string, target: string): Promise<boolean> {
  if (!(await workspace.stat(source))) return false;
  await copy(workspace, source, target);
  return true;
}

async function copy(workspace: Workspace, source: string, target: string): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  if (isLocal(workspace)) await copyFile(workspace.hostPath(source), target, constants.COPYFILE_FICLONE);
  else await pipeline(await workspace.open(source), createWriteStream(target));
}
