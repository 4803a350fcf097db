import { realpath, stat } from 'node:fs/promises';
import type { Container } from 'dockerode';
import type { LaunchSpec, Staged } from '../engine.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { Client } from './client.ts';
import type { Staging } from './create.ts';
import { engineReason, isStatus } from './failures.ts';
import { mountIds } from './mount-table.ts';
import { ownMounts, type OwnMount, translate } from './own-container.ts';
import { removeContainer } from './remove.ts';
import type { SharingCache } from './sharing-cache.ts';

export interface Created {
  readonly container: Container;
  readonly mode: Staging['mode'];
}

/**
 * Whether engine and caller share their disks, found out by trying: a container is created with its paths bound. The
 * engine refuses a path it does not see; a path that it sees but that is another file is found by comparing size and
 * time through the container, once for each mount. Where either fails, files travel as archives.
 */
export class Sharing {
  readonly #client: Client;
  readonly #cache: SharingCache;
  readonly #engineId: () => Promise<string>;
  readonly #unshared = new Set<string>();
  #own: Promise<OwnMount[] | undefined> | undefined;

  constructor(client: Client, cache: SharingCache, engineId: () => Promise<string>) {
    this.#client = client;
    this.#cache = cache;
    this.#engineId = engineId;
  }

  /**
   * @param request creates the container with the given staging
   * @throws mount-not-shared for a writable mount that the engine does not see
   */
  async create(spec: LaunchSpec, request: (staging: Staging) => Promise<Container>): Promise<Created> {
    const all = [...spec.staged, asStaged(spec)];
    const mounts = await mountIds(all.map(({ source }) => source));
    const located = mounts.some((mount) => this.#unshared.has(mount))
      ? undefined
      : await this.#locateAll(all);
    const container = located && (await this.#bound(all, mounts, located, request));
    if (container) return { container, mode: 'bind' };
    const stuck = spec.staged.find(({ mode }) => mode === 'rw');
    if (stuck) throw new SeedbedError('mount-not-shared', { name: stuck.name });
    return { container: await request({ mode: 'archive' }), mode: 'archive' };
  }

  /** The engine's path of one of ours; undefined: it has none. */
  async locate(source: string): Promise<string | undefined> {
    const own = await (this.#own ??= ownMounts(this.#client));
    return own ? translate(own, await realpath(source)) : source;
  }

  async #locateAll(all: readonly Staged[]): Promise<Map<string, string> | undefined> {
    const located = new Map<string, string>();
    for (const { source } of all) {
      const place = await this.locate(source);
      if (place === undefined) return undefined;
      located.set(source, place);
    }
    return located;
  }

  async #bound(
    all: readonly Staged[],
    mounts: readonly string[],
    located: ReadonlyMap<string, string>,
    request: (staging: Staging) => Promise<Container>,
  ): Promise<Container | undefined> {
    let container: Container;
    try {
      container = await request({ mode: 'bind', locate: (source) => located.get(source)! });
    } catch (thrown) {
      if (isUnseenPath(thrown)) return undefined;
      throw thrown;
    }
    try {
      if (await this.#verify(container, all, mounts)) return container;
    } catch (thrown) {
      await removeContainer(this.#client, container.id).catch(() => {});
      throw thrown;
    }
    await removeContainer(this.#client, container.id);
    return undefined;
  }

  /** Looks at one path of each mount that this engine was not seen to share before. */
  async #verify(container: Container, all: readonly Staged[], mounts: readonly string[]): Promise<boolean> {
    const engine = await this.#engineId();
    const fresh = new Map<string, Staged>();
    for (const [index, mount] of mounts.entries())
      if (!fresh.has(mount) && !(await this.#cache.has(engine, mount))) fresh.set(mount, all[index]!);
    for (const [mount, staged] of fresh) {
      if (await isSameFile(container, staged)) continue;
      this.#unshared.add(mount);
      return false;
    }
    if (fresh.size > 0) await this.#cache.add(engine, [...fresh.keys()]);
    return true;
  }
}

function asStaged({ output }: LaunchSpec): Staged {
  return { source: output.directory, target: output.target, mode: 'rw', name: 'OUTPUT_DIR' };
}

function isUnseenPath(thrown: unknown): boolean {
  return (
    isStatus(thrown, 400, 403, 500) &&
    /bind source path does not exist|statfs .*no such file|mounts denied|not shared from the host/i.test(
      engineReason(thrown),
    )
  );
}

/** Compares size and modification time, to the nanosecond, of a path here and in the container that is not started. */
async function isSameFile(container: Container, { source, target }: Staged): Promise<boolean> {
  const there = await statInContainer(container, target);
  if (!there) return false;
  const here = await stat(source, { bigint: true });
  if (here.isFile() && BigInt(there.size) !== here.size) return false;
  return nanoseconds(there.mtime) === here.mtimeNs;
}

async function statInContainer(container: Container, target: string): Promise<PathStat | undefined> {
  try {
    const response = (await container.infoArchive({ path: target })) as NodeJS.ReadableStream & {
      headers: Record<string, string | undefined>;
    };
    response.resume();
    const header = response.headers['x-docker-container-path-stat'];
    return header ? (JSON.parse(Buffer.from(header, 'base64').toString()) as PathStat) : undefined;
  } catch (thrown) {
    if (isStatus(thrown, 404)) return undefined;
    throw thrown;
  }
}

interface PathStat {
  readonly size: number;
  /** RFC 3339 with up to nine digits of a second. */
  readonly mtime: string;
}

function nanoseconds(time: string): bigint {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  const seconds = Math.floor(Date.parse(time.replace(/\.\d+/, '')) / 1000);
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9));
}
