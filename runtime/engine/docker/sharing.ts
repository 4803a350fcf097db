import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Container } from 'dockerode';
import type { LaunchSpec, Staged } from '../engine.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { EngineFacts } from './capabilities.ts';
import type { Client } from './client.ts';
import type { Staging } from './create.ts';
import { engineReason, isStatus } from './failures.ts';
import { mountIds } from './mount-table.ts';
import { breaksCommaSeparation, breaksEverything } from './mounts.ts';
import { ownMounts, type OwnMount, translate } from './own-container.ts';
import { isSameFile, isSameThroughParent } from './probe.ts';
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
  readonly #describe: () => Promise<Pick<EngineFacts, 'id' | 'isPodman'>>;
  readonly #unshared = new Set<string>();
  #own: Promise<OwnMount[] | undefined> | undefined;

  constructor(
    client: Client,
    cache: SharingCache,
    describe: () => Promise<Pick<EngineFacts, 'id' | 'isPodman'>>,
  ) {
    this.#client = client;
    this.#cache = cache;
    this.#describe = describe;
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
    const container = located && (await this.#bound(spec, all, mounts, located, request));
    if (container) return { container, mode: 'bind' };
    const stuck = spec.staged.find(({ mode }) => mode === 'rw');
    if (stuck) throw new SeedbedError('mount-not-shared', { name: stuck.name });
    return { container: await request({ mode: 'archive' }), mode: 'archive' };
  }

  /**
   * Whether the engine sees a directory, found out ahead of any launch.
   * @param image any that the engine has; undefined: it has none
   */
  async sees(directory: string, image: string | undefined): Promise<boolean | undefined> {
    const [mount] = await mountIds([directory]);
    if (await this.#cache.has((await this.#describe()).id, mount!)) return true;
    const place = await this.locate(directory);
    if (place === undefined) return false;
    if (image === undefined) return undefined;
    const isSame = () => isSameThroughParent(this.#client, image, `${directory}/.`, place);
    try {
      // Twice: something may have been written there between our look and the engine's.
      return (await isSame()) || (await isSame());
    } catch (thrown) {
      if (isUnseenPath(thrown)) return false;
      throw thrown;
    }
  }

  /** The engine's path of one of ours; undefined: it has none. */
  async locate(source: string): Promise<string | undefined> {
    this.#own ??= ownMounts(this.#client).catch((thrown: unknown) => {
      this.#own = undefined;
      throw thrown;
    });
    const own = await this.#own;
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
    spec: LaunchSpec,
    all: readonly Staged[],
    mounts: readonly string[],
    located: ReadonlyMap<string, string>,
    request: (staging: Staging) => Promise<Container>,
  ): Promise<Container | undefined> {
    const locate = (source: string) => located.get(source)!;
    const style = await this.#style(all.map(({ source, target }) => ({ source: locate(source), target })));
    if (!style) return undefined;
    let container: Container;
    try {
      container = await request({ mode: 'bind', locate, style });
    } catch (thrown) {
      if (isUnseenPath(thrown)) return undefined;
      throw thrown;
    }
    try {
      if (await this.#verify(container, spec, all, mounts)) return container;
    } catch (thrown) {
      await removeContainer(this.#client, container.id).catch(() => {});
      throw thrown;
    }
    await removeContainer(this.#client, container.id);
    return undefined;
  }

  /** @returns undefined for names that this engine can bind in no way */
  async #style(binds: readonly { readonly source: string; readonly target: string }[]) {
    if (!binds.some(breaksCommaSeparation) || !(await this.#describe()).isPodman) return 'objects';
    return binds.some(breaksEverything) ? undefined : 'comma-separated';
  }

  /** Looks at one path of each mount that this engine was not seen to share before. */
  async #verify(
    container: Container,
    spec: LaunchSpec,
    all: readonly Staged[],
    mounts: readonly string[],
  ): Promise<boolean> {
    const { id: engine } = await this.#describe();
    const fresh = new Map<string, Staged>();
    for (const [index, mount] of mounts.entries())
      if (!fresh.has(mount) && !(await this.#cache.has(engine, mount))) fresh.set(mount, all[index]!);
    for (const [mount, staged] of fresh) {
      if (await this.#sees(container, spec.image, staged)) continue;
      this.#unshared.add(mount);
      return false;
    }
    if (fresh.size > 0) await this.#cache.add(engine, [...fresh.keys()]);
    return true;
  }

  async #sees(container: Container, image: string, { source, target }: Staged): Promise<boolean> {
    const answer = await isSameFile(container, source, target);
    if (answer !== undefined) return answer;
    const parent = await this.locate(path.dirname(source));
    return parent !== undefined && isSameThroughParent(this.#client, image, source, parent);
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
