import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { registerUpload } from '../../catalog/index.ts';
import type { Database } from '../../database/index.ts';
import { isErrno, SeedbedError } from '../../errors/index.ts';
import type { LocalWorkspace } from '../../workspace/index.ts';
import { contentOf, syncDirectory, type UploadRecord, writeRecord } from './record.ts';

/**
 * Makes a complete upload a file of the catalogue. Each step can be done again, so a process that was killed anywhere in
 * between leaves what the next one completes: the checksum is noted, the content gets its place by a rename, the row is
 * made by path.
 * @param sha256 of the content, where it is known already
 * @throws checksum-mismatch
 */
export async function publish(
  db: Database,
  workspace: LocalWorkspace,
  directory: string,
  record: UploadRecord,
  sha256?: string,
): Promise<UploadRecord> {
  if (record.fileId !== null) return record;
  const target = workspace.hostPath(record.filePath);
  const checked = record.sha256 === null ? await check(directory, record, sha256) : record;
  if (checked !== record) await writeRecord(directory, checked);
  await place(workspace, contentOf(directory), target);
  const seen = await stat(target, { bigint: true });
  const fileId = await db.transaction((tx) =>
    registerUpload(tx, workspace, {
      path: target,
      size: Number(seen.size),
      mtimeNs: seen.mtimeNs,
      inode: seen.ino,
      sha256: checked.sha256!,
      mediaType: record.mediaType,
      dataTypes: record.dataTypes,
    }),
  );
  const published = { ...checked, length: Number(seen.size), fileId };
  await writeRecord(directory, published);
  return published;
}

async function check(directory: string, record: UploadRecord, known?: string): Promise<UploadRecord> {
  const sha256 = known ?? (await sha256Of(contentOf(directory)));
  if (record.expected !== null && record.expected !== sha256)
    throw new SeedbedError('checksum-mismatch', { found: sha256, expected: record.expected });
  return { ...record, sha256 };
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function place(workspace: LocalWorkspace, content: string, target: string): Promise<void> {
  const directories = await makeDirectories(workspace.hostPath(''), path.dirname(target));
  try {
    await rename(content, target);
  } catch (thrown) {
    // Another process, or this one before it was killed, has moved it.
    if (!isErrno(thrown, 'ENOENT')) throw thrown;
    await stat(target);
  }
  for (const directory of directories) await syncDirectory(directory);
}

/** @returns every directory from the root to `directory`, the innermost first */
async function makeDirectories(root: string, directory: string): Promise<string[]> {
  await mkdir(directory, { recursive: true, mode: 0o755 });
  const all = [directory];
  while (all.at(-1) !== root && path.dirname(all.at(-1)!) !== all.at(-1)) all.push(path.dirname(all.at(-1)!));
  return all;
}
