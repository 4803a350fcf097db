import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '../../errors/index.ts';
import { compareBytes } from '../../workspace/index.ts';
import { replaceFileBy } from '../whole-file.ts';

/** In the directory of the download, as `sha256sum` writes it; `sha256sum -c` judges it. */
export const checksumsName = 'SHA256SUMS';

/** SHA-256 by path below the directory. */
export type Checksums = Map<string, string>;

/** A line of it, without its end: a name with `\`, line feed or carriage return is escaped, which a first `\` says. Pure. */
export function checksumLine(file: string, sha256: string): string {
  const escaped = file.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === file ? '' : '\\'}${sha256}  ${escaped}`;
}

/** What `checksumLine` wrote; lines of another form count for nothing. Pure. */
export function readChecksums(text: string): Checksums {
  const found: Checksums = new Map();
  for (const line of text.split('\n')) {
    const [, escape, sha256, name] = /^(\\?)([0-9a-f]{64}) [ *](.+)$/s.exec(line) ?? [];
    if (sha256 === undefined) continue;
    const plain = { '\\\\': '\\', '\\n': '\n', '\\r': '\r' } as Record<string, string>;
    found.set(escape ? name!.replace(/\\[\\nr]/g, (pair) => plain[pair]!) : name!, sha256);
  }
  return found;
}

/** Those of an earlier download in the same directory. */
export async function loadChecksums(directory: string): Promise<Checksums> {
  try {
    return readChecksums(await readFile(path.join(directory, checksumsName), 'utf8'));
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return new Map();
    throw thrown;
  }
}

/** Sorted by the bytes of the paths, so that the same files give the same text; whole or not at all. */
export async function writeChecksums(directory: string, checksums: Checksums): Promise<void> {
  const paths = [...checksums.keys()].sort(compareBytes);
  async function* lines() {
    for (const one of paths) yield `${checksumLine(one, checksums.get(one)!)}\n`;
  }
  await replaceFileBy(path.join(directory, checksumsName), lines());
}
