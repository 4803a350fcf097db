import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '../../errors/index.ts';

/** What is wanted of an upload. */
export interface NewUpload {
  readonly name: string;
  /** Bytes; null: unknown until the one request that brings it all has ended. */
  readonly length: number | null;
  /** SHA-256 that the content must have, hexadecimal; null: any. */
  readonly expected: string | null;
  readonly mediaType: string | null;
  readonly dataTypes: readonly string[];
}

/** An upload, as its directory describes it. */
export interface UploadRecord extends NewUpload {
  readonly id: string;
  /** Where the file will stand in the workspace. */
  readonly filePath: string;
  /** Of the whole content, hexadecimal; written before the file gets its place. */
  readonly sha256: string | null;
  /** `scale_file.id`, once it is catalogued. */
  readonly fileId: number | null;
}

const recordName = 'upload.json';

/** Where the bytes gather that have arrived. */
export function contentOf(directory: string): string {
  return path.join(directory, 'content');
}

/** Makes the directory of a new upload, with an empty content. */
export async function createRecord(uploads: string, wanted: NewUpload, now: Date): Promise<UploadRecord> {
  const id = randomUUID();
  const day = now.toISOString().slice(0, 10).replaceAll('-', '/');
  const record = {
    ...wanted,
    id,
    filePath: `uploads/${day}/${id}/${wanted.name}`,
    sha256: null,
    fileId: null,
  };
  const directory = path.join(uploads, id);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const content = await open(contentOf(directory), 'wx', 0o644);
  await content.close();
  await writeRecord(directory, record);
  return record;
}

/** @returns undefined when there is no such upload */
export async function readRecord(directory: string): Promise<UploadRecord | undefined> {
  try {
    return JSON.parse(await readFile(path.join(directory, recordName), 'utf8')) as UploadRecord;
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return undefined;
    throw thrown;
  }
}

/** Whole or not at all, also when the machine stops. */
export async function writeRecord(directory: string, record: UploadRecord): Promise<void> {
  const draft = path.join(directory, `${recordName}.${randomUUID()}`);
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(JSON.stringify(record));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, path.join(directory, recordName));
}

/** What a rename or a new name in a directory needs, to be there after the machine stopped. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
