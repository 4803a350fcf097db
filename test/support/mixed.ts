import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { LaunchSpec } from '../../runtime/engine/index.ts';

/** What a job makes of what it is given: the settings, JSON inputs and the content of its files. */
export function mixed({ environment, staged }: LaunchSpec): string {
  const hash = createHash('sha256');
  for (const name of ['SALT', 'N']) hash.update(`${name}=${environment[name] ?? ''}\n`);
  for (const { name, source } of staged)
    if (['A', 'B', 'C'].includes(name)) hash.update(`${name}=`).update(contentOf(source));
  return hash.digest('hex');
}

/** A file is given as it is, or with the directory that holds nothing else. */
function contentOf(source: string): Buffer {
  return readFileSync(statSync(source).isDirectory() ? path.join(source, readdirSync(source)[0]!) : source);
}
