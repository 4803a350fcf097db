import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileStat, type ScaleFile, type Workspaces } from '../../catalog/index.ts';
import { reasonOf } from '../../errors/index.ts';
import { deliver } from '../../execution/index.ts';
import type { Origin } from '../../provenance/index.ts';
import { isLocal } from '../../workspace/index.ts';
import type { GivenFile } from '../run/input-files.ts';

/** Inputs on this machine, or what is wrong with them. */
export interface LocalInputs {
  readonly files: Map<string, GivenFile[]>;
  /** The rows of the same files, in the same order; of those whose content is sure with the state of the file that was looked at. */
  readonly rows: Map<string, ScaleFile[]>;
  /** For people; none: all is there, byte for byte. */
  readonly problems: string[];
}

/**
 * The inputs of an execution as files of this machine, each with the content that it had then. What no engine can mount
 * is fetched below `directory`.
 */
export async function localInputs(
  { inputs }: Origin,
  workspaces: Pick<Workspaces, 'byId'>,
  directory: string,
): Promise<LocalInputs> {
  const files = new Map<string, GivenFile[]>();
  const rows = new Map<string, ScaleFile[]>();
  const problems: string[] = [];
  for (const [input, known] of inputs) {
    const seen = [];
    const given: ScaleFile[] = [];
    for (const row of known) {
      const named = `the file ${row.id} (${row.file_name}) of the input ${input}`;
      try {
        const { place, isCopy } = await placeOf(row, workspaces, path.join(directory, input, `${row.id}`));
        const found = await stat(place, { bigint: true });
        const isAltered =
          Number(found.size) !== row.file_size ||
          (row.sha256 !== null && (await sha256Of(place)) !== row.sha256);
        if (isAltered) problems.push(`${named} was altered`);
        const facts = { size: Number(found.size), mode: Number(found.mode) & 0o777 };
        seen.push({ path: place, ...facts, mtimeNs: found.mtimeNs, inode: found.ino });
        const isSure = isCopy || row.sha256 !== null;
        given.push(
          isSure ? { ...row, file_stat: fileStat({ mtimeNs: found.mtimeNs, inode: found.ino }) } : row,
        );
      } catch (thrown) {
        problems.push(`${named} cannot be read: ${reasonOf(thrown)}`);
      }
    }
    files.set(input, deliver(seen) as GivenFile[]);
    rows.set(input, given);
  }
  return { files, rows, problems };
}

async function placeOf(
  { workspace: { id, name }, file_path, file_name }: ScaleFile,
  workspaces: Pick<Workspaces, 'byId'>,
  directory: string,
): Promise<{ readonly place: string; readonly isCopy: boolean }> {
  const workspace = await workspaces.byId(id);
  if (!workspace) throw new Error(`the workspace ${name} cannot be reached from here`);
  // A job sees a file under the last part of its path.
  if (isLocal(workspace)) {
    const place = await workspace.locate(file_path);
    if (path.basename(place) === file_name) return { place, isCopy: false };
  }
  const target = path.join(directory, file_name);
  await mkdir(directory, { recursive: true });
  await pipeline(await workspace.open(file_path), createWriteStream(target));
  return { place: target, isCopy: true };
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
