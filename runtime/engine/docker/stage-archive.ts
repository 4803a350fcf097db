import { readlink, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Container } from 'dockerode';
import type { LaunchSpec, Staged } from '../engine.ts';
import { SeedbedError } from '../../errors/index.ts';
import { type TarEntry, tarball } from './tarball.ts';
import { walkTree } from './tree.ts';

/**
 * Puts every input, read-only mount and an empty output directory into a container that was created and not started.
 * One archive for all: each costs about 90 ms, whatever it holds.
 */
export async function sendStaged(container: Container, spec: LaunchSpec): Promise<void> {
  let failure: unknown;
  const entries = async function* () {
    try {
      yield* stagedEntries(spec);
    } catch (thrown) {
      failure = thrown;
      throw thrown;
    }
  };
  try {
    await container.putArchive(Readable.from(tarball(entries()), { objectMode: false }), { path: '/' });
  } catch (thrown) {
    throw failure ?? thrown;
  }
}

/**
 * The archive's entries, unpacked at `/`. Copies belong to root and can be read by every user of the image; parents
 * are left to the engine, so that directories of the image keep their modes.
 */
export async function* stagedEntries(spec: LaunchSpec): AsyncGenerator<TarEntry> {
  yield { type: 'directory', name: inArchive(spec.output.target), mode: 0o777 };
  for (const staged of spec.staged) yield* entriesOf(staged);
}

async function* entriesOf({ source, target, name }: Staged): AsyncGenerator<TarEntry> {
  const top = inArchive(target);
  const { mode } = await stat(source);
  if (((mode & 0o170000) as number) !== 0o040000) {
    yield { type: 'file', name: top, source, mode: readable };
    return;
  }
  yield { type: 'directory', name: top, mode: 0o755 };
  for await (const { relative, absolute, entry } of walkTree(source)) {
    if (relative.includes('\ufffd'))
      throw new SeedbedError('unsupported-file-name', { path: absolute, name });
    const inside = `${top}/${relative}`;
    if (entry.isDirectory()) yield { type: 'directory', name: inside, mode: 0o755 };
    else if (entry.isSymbolicLink())
      yield { type: 'symlink', name: inside, linkname: await readlink(absolute) };
    else if (entry.isFile()) yield { type: 'file', name: inside, source: absolute, mode: readable };
  }
}

function inArchive(target: string): string {
  return target.replace(/^\/+/, '').replace(/\/+$/, '');
}

function readable(own: number): number {
  return (own & 0o777) | 0o444;
}
