import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ScaleFile, Workspaces } from '../../catalog/index.ts';
import { reasonOf } from '../../errors/index.ts';
import { deliver } from '../../execution/index.ts';
import type { Origin } from '../../provenance/index.ts';
import { isLocal } from '../../workspace/index.ts';
import type { GivenFile } from '../run/input-files.ts';

/** Inputs on this machine, or what is wrong with them. */
export interface LocalInputs {
  readonly files: Map<string, GivenFile[]>;
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
  const problems: string[] = [];
  for (const [input, rows] of inputs) {
    const seen = [];
    for (const row of rows) {
      const named = `the file ${row.id} (${row.file_name}) of the input ${input}`;
      try {
        const place = await placeOf(row, workspaces, path.join(directory, input, `${row.id}`));
        const found = await stat(place, { bigint: true });
        const isAltered =
          Number(found.size) !== row.file_size ||
          (row.sha256 !== null && (await sha256Of(place)) !== row.sha256);
        if (isAltered) problems.push(`${named} was altered`);
        const facts = { size: Number(found.size), mode: Number(found.mode) & 0o777 };
        seen.push({ path: place, ...facts, mtimeNs: found.mtimeNs, inode: found.ino });
      } catch (thrown) {
        problems.push(`${named} cannot be read: ${reasonOf(thrown)}`);
      }
    }
    files.set(input, deliver(seen) as GivenFile[]);
  }
  return { files, problems };
}

async function placeOf(
  { workspace: { id, name }, file_path, file_name }: ScaleFile,
  workspaces: Pick<Workspaces, 'byId'>,
  directory: string,
): Promise<string> {
  const workspace = await workspaces.byId(id);
  if (!workspace) throw new Error(`the workspace ${name} cannot be reached from here`);
  // A job sees a file under the last part of its path.
  if (isLocal(workspace) && path.basename(file_path) === file_name) return workspace.locate(file_path);
  const target = path.join(directory, file_name);
  await mkdir(directory, { recursive: true });
  await pipeline(await workspace.open(file_path), createWriteStream(target));
  return target;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
