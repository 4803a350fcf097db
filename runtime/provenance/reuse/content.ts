import { createHash } from 'node:crypto';
import type { ScaleFile } from '../../catalog/index.ts';
import { mapInParallel, type Workspace } from '../../workspace/index.ts';

/** A workspace by `workspace.id`; undefined: it cannot be reached from here. */
export type OpenWorkspace = (id: number) => Promise<Workspace | undefined>;

const filesAtOnce = 4;

/** What a file holds now. */
export interface Content {
  /** Hexadecimal. */
  readonly sha256: string;
  /** Whether that is what its row is about: what has changed since is another content. */
  readonly isOfRow: boolean;
}

/**
 * What a file of the catalogue holds at this moment. While its workspace gives it the version that its row has, what the
 * row says is believed; else it is read.
 * @returns undefined when it is not there
 */
export async function contentOf(
  workspace: Workspace,
  { file_path, file_size, file_stat, sha256 }: ScaleFile,
  signal?: AbortSignal,
): Promise<Content | undefined> {
  const found = await workspace.stat(file_path);
  if (!found) return undefined;
  const isOfRow = found.version === file_stat && found.size === file_size;
  if (isOfRow && sha256 !== null) return { sha256, isOfRow };
  const hash = createHash('sha256');
  for await (const chunk of await workspace.open(file_path, undefined, signal)) hash.update(chunk as Buffer);
  return { sha256: hash.digest('hex'), isOfRow };
}

/** Contents by `scale_file.id`; those that are not there, or not to be reached, are left out. */
export async function contentsOf(
  open: OpenWorkspace,
  files: readonly ScaleFile[],
  signal?: AbortSignal,
): Promise<Map<number, Content>> {
  const contents = new Map<number, Content>();
  await mapInParallel(files, filesAtOnce, async (file) => {
    const workspace = await open(file.workspace.id);
    const content = workspace && (await contentOf(workspace, file, signal));
    if (content) contents.set(file.id, content);
  });
  return contents;
}

/** Whether all of these files are where their rows say, and hold what they held. */
export async function areIntact(open: OpenWorkspace, files: readonly ScaleFile[]): Promise<boolean> {
  let intact = true;
  await mapInParallel(files, filesAtOnce, async (file) => {
    if (!intact) return;
    // What cannot be looked at cannot be relied on: the job runs.
    const content = await open(file.workspace.id)
      .then((workspace) => workspace && contentOf(workspace, file))
      .catch(() => undefined);
    if (content === undefined || content.sha256 !== file.sha256) intact = false;
  });
  return intact;
}
