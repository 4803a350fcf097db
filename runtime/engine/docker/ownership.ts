import { constants } from 'node:fs';
import { access, chmod, lstat, opendir } from 'node:fs/promises';
import type { ContainerCreateOptions } from 'dockerode';
import { isErrno, SeedbedError } from '../../errors/index.ts';
import type { Client } from './client.ts';
import { confinement } from './create.ts';
import { engineReason } from './failures.ts';
import { label } from './names.ts';
import { removeContainer } from './remove.ts';

/** Whose helper container it is, and which directory (the engine's path) it gives to whom. */
export interface Handover {
  readonly image: string;
  readonly directory: string;
  readonly installation: string;
  readonly runtime: string;
}

/**
 * Whether everything under a directory belongs to this user and can be read, written and entered. Modes of one's own
 * files are mended on the way. Stops at the first that is somebody else's.
 * @param limit entries at most
 * @throws too-many-outputs
 */
export async function isOwn(directory: string, limit: number): Promise<boolean> {
  const uid = process.geteuid?.() ?? 0;
  let count = 0;
  // Bytes all the way: names need not be UTF-8, and Latin-1 keeps each byte.
  const visit = async (folder: Buffer): Promise<boolean> => {
    for await (const entry of await opendir(folder, { encoding: 'latin1' })) {
      count += 1;
      if (count > limit) throw new SeedbedError('too-many-outputs', { limit });
      const file = Buffer.concat([folder, Buffer.from(`/${entry.name}`, 'latin1')]);
      const stats = await lstat(file);
      if (stats.uid !== uid) return false;
      const needed = entry.isDirectory() ? 0o700 : 0o600;
      if (!entry.isSymbolicLink() && (stats.mode & needed) !== needed) await chmod(file, stats.mode | needed);
      if (entry.isDirectory() && !(await visit(file))) return false;
    }
    return true;
  };
  try {
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return await visit(Buffer.from(directory));
  } catch (thrown) {
    if (isErrno(thrown, 'EACCES', 'EPERM')) return false;
    // What lies too deep for a path is for the harvest to name.
    if (isErrno(thrown, 'ENAMETOOLONG')) return true;
    throw thrown;
  }
}

const script = 'chown -R -h "$0" "$1" && chmod -R u+rwX "$1"';
const place = '/seedbed-output';
/** Programs of the engine's machine, for images that have none. */
const hostPrograms = ['/usr', '/bin', '/lib', '/lib64'];

/**
 * Gives a directory's contents to the calling user, through a container that may change owners and nothing else: with
 * the image's own tools, or with those of the engine's machine where the image has none.
 * @returns whether one of them reported success
 */
export async function handOver(client: Client, handover: Handover): Promise<boolean> {
  const plain = await runHelper(client, helperOptions(handover, []));
  if (plain === undefined) return true;
  return (await runHelper(client, helperOptions(handover, hostPrograms))) === undefined;
}

function helperOptions(handover: Handover, programs: readonly string[]): ContainerCreateOptions {
  const owner = `${process.geteuid?.() ?? 0}:${process.getegid?.() ?? 0}`;
  return {
    Image: handover.image,
    Entrypoint: ['/bin/sh', '-c', script, owner, place],
    Cmd: [],
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    User: '0:0',
    WorkingDir: '/',
    Healthcheck: { Test: ['NONE'] },
    Labels: {
      [label.installation]: handover.installation,
      [label.runtime]: handover.runtime,
      [label.role]: 'ownership',
    },
    HostConfig: {
      ...confinement,
      CapAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'],
      NetworkMode: 'none',
      LogConfig: { Type: 'none', Config: {} },
      Memory: 256 * 1024 * 1024,
      PidsLimit: 64,
      Mounts: [
        { Type: 'bind', Source: handover.directory, Target: place, ReadOnly: false },
        ...programs.map((Source) => ({ Type: 'bind' as const, Source, Target: Source, ReadOnly: true })),
      ],
    },
  };
}

/** @returns why it did not succeed; undefined: it did */
async function runHelper(client: Client, options: ContainerCreateOptions): Promise<string | undefined> {
  let id: string | undefined;
  try {
    const container = await client.docker.createContainer(options);
    id = container.id;
    await container.start();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    return StatusCode === 0 ? undefined : `it ended with ${StatusCode}`;
  } catch (thrown) {
    return engineReason(thrown);
  } finally {
    if (id !== undefined) await removeContainer(client, id).catch(() => {});
  }
}
