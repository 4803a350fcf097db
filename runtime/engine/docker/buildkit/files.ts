import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { buildContext } from '../build-context.ts';
import type { DockerfileSource } from '../dockerfile-source.ts';
import type { SyncEntry } from './file-sync.ts';

/** The context as the builder reads it, with the directories above what an exception in `.dockerignore` keeps. */
export async function contextFiles(dockerfile: DockerfileSource): Promise<SyncEntry[]> {
  const entries = new Map<string, SyncEntry>();
  for await (const entry of buildContext(dockerfile)) {
    const file = path.join(dockerfile.directory, entry.name);
    for (const parent of parentsOf(entry.name))
      if (!entries.has(parent)) entries.set(parent, await directoryEntry(dockerfile.directory, parent));
    const stats = await lstat(file, { bigint: true });
    entries.set(entry.name, {
      path: entry.name,
      type: entry.type,
      mode: entry.type === 'symlink' ? 0o777 : Number(stats.mode) & 0o7777,
      size: Number(stats.size),
      modified: stats.mtimeNs,
      ...(entry.type === 'symlink' && { linkname: entry.linkname }),
      ...(entry.type === 'file' && { content: file }),
    });
  }
  return [...entries.values()];
}

/** The directory with the Dockerfile alone, and a time that is always new: nothing of an earlier build stands in for it. */
export function dockerfileFiles({ nameInContext }: DockerfileSource, text: string): SyncEntry[] {
  const modified = BigInt(Date.now()) * 1_000_000n;
  const content = Buffer.from(text);
  return [
    ...parentsOf(nameInContext).map((parent): SyncEntry => ({
      path: parent,
      type: 'directory',
      mode: 0o755,
      size: 0,
      modified,
    })),
    { path: nameInContext, type: 'file', mode: 0o644, size: content.length, modified, content },
  ];
}

async function directoryEntry(root: string, relative: string): Promise<SyncEntry> {
  const { mode, mtimeNs } = await lstat(path.join(root, relative), { bigint: true });
  return { path: relative, type: 'directory', mode: Number(mode) & 0o7777, size: 0, modified: mtimeNs };
}

/** `a/b/c` → `a`, `a/b`. */
function parentsOf(relative: string): string[] {
  const parts = relative.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
