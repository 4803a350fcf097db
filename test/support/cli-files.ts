import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Writes files, directories included. @param files relative path → content */
export async function writeFiles(
  directory: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
    await writeFile(path.join(directory, name), content);
  }
  return directory;
}

/** Texts that a job wrote with a NUL behind each. */
export async function readList(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split('\0').slice(0, -1);
}

/** Everything below a directory, sorted, relative; directories end in `/`. */
export async function tree(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .map(
      (entry) =>
        path.relative(directory, path.join(entry.parentPath, entry.name)) + (entry.isDirectory() ? '/' : ''),
    )
    .sort();
}

/** What the files below a directory hold, by their paths; those of ours left out. */
export async function contents(directory: string): Promise<Record<string, string>> {
  const names = (await tree(directory)).filter(
    (name) => !name.endsWith('/') && !name.startsWith('.seedbed-'),
  );
  const texts = names.map(
    async (name) => [name, await readFile(path.join(directory, name), 'base64')] as const,
  );
  return Object.fromEntries(await Promise.all(texts));
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Looks again and again until there is something. */
export async function until<Value>(
  what: string,
  look: () => Promise<Value | undefined | false> | Value | undefined | false,
  seconds = 60,
): Promise<Value> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await pause(20)) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`waited ${seconds} s for ${what}`);
}

/** A file that a running job has written to its OUTPUT_DIR. */
export function outputOfRunning(out: string, name: string): Promise<string> {
  return until(`${name} of the running job`, async () => {
    const attempts = await readdir(out).catch(() => []);
    for (const attempt of attempts.filter((entry) => entry.startsWith('.seedbed-'))) {
      const file = path.join(out, attempt, 'output', name);
      if (await lstat(file).catch(() => undefined)) return file;
    }
    return undefined;
  });
}

/** Also where something below may not be entered, or lies deeper than a path can say. */
export async function removeTree(directory: string): Promise<void> {
  const run = promisify(execFile);
  await run('chmod', ['-R', 'u+rwX', directory]).catch(() => undefined);
  await run('rm', ['-rf', directory]);
}
