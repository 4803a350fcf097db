import { randomUUID } from 'node:crypto';
import { SeedbedError } from '../../errors/index.ts';
import type { DeadAmong, PreparedNetwork, PreparedNetworks } from '../engine.ts';
import type { Client } from './client.ts';
import { confinement } from './create.ts';
import { ensureHolderImage } from './holder-image.ts';
import { label } from './names.ts';
import { removeContainer } from './remove.ts';

const MiB = 1024 * 1024;

/**
 * Idle containers, each with a network namespace of its own without any network, lent to one job at a time: the
 * isolation of `none` at half its price (210 ms a job in place of 400, measured). Grows to the number of jobs at once.
 */
export class NamespaceHolders implements PreparedNetworks {
  readonly #client: Client;
  readonly #architecture: () => Promise<string>;
  readonly #labels: Record<string, string>;
  readonly #idle: string[] = [];
  readonly #all = new Set<string>();
  #image: Promise<string | undefined> | undefined;
  #retired = false;
  #closed = false;

  /** @param runtime the process that owns them, as in `launch` */
  constructor(client: Client, architecture: () => Promise<string>, installation: string, runtime: string) {
    this.#client = client;
    this.#architecture = architecture;
    this.#labels = { [label.installation]: installation, [label.runtime]: runtime, [label.role]: 'holder' };
  }

  async acquire(): Promise<PreparedNetwork> {
    if (this.#retired)
      throw new SeedbedError('internal-error', { reason: 'prepared networks are asked for after their end' });
    return this.#client.call('prepare a network', async () => {
      const id = (await this.#living()) ?? (await this.#create());
      if (id === undefined) return { network: 'none', release: () => {} };
      let released = false;
      const release = () => {
        if (released) return;
        released = true;
        if (!this.#retired) this.#idle.push(id);
        else if (!this.#closed) this.#discard(id);
      };
      return { network: `container:${id}`, release };
    });
  }

  retire(): void {
    this.#retired = true;
    for (const id of this.#idle.splice(0)) this.#discard(id);
  }

  /** What cannot be removed now is found by its labels later. */
  #discard(id: string): void {
    this.#all.delete(id);
    removeContainer(this.#client, id).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#retired = this.#closed = true;
    const ids = [...this.#all];
    this.#all.clear();
    await this.#client.call('remove prepared networks', () =>
      Promise.all(ids.map((id) => removeContainer(this.#client, id))),
    );
  }

  /** An idle holder that still runs; those found dead are removed. */
  async #living(): Promise<string | undefined> {
    for (let id = this.#idle.pop(); id !== undefined; id = this.#idle.pop()) {
      const state = await this.#client.docker
        .getContainer(id)
        .inspect()
        .then(({ State }) => State)
        .catch(() => undefined);
      if (state?.Running && !state.Paused) return id;
      this.#all.delete(id);
      await removeContainer(this.#client, id);
    }
    return undefined;
  }

  async #create(): Promise<string | undefined> {
    this.#image ??= this.#architecture().then((architecture) =>
      ensureHolderImage(this.#client, architecture),
    );
    const image = await this.#image.catch((thrown: unknown) => {
      this.#image = undefined;
      throw thrown;
    });
    if (image === undefined) return undefined;
    const container = await this.#client.docker.createContainer({
      name: `seedbed-holder-${randomUUID()}`,
      Image: image,
      Labels: this.#labels,
      HostConfig: {
        ...confinement,
        NetworkMode: 'none',
        // Or a port that a job listened on stays in TIME_WAIT for the next one.
        Sysctls: { 'net.ipv4.tcp_max_tw_buckets': '0' },
        LogConfig: { Type: 'none', Config: {} },
        Memory: 8 * MiB,
        MemorySwap: 8 * MiB,
        PidsLimit: 8,
        ReadonlyRootfs: true,
      },
    });
    this.#all.add(container.id);
    try {
      await container.start();
    } catch (thrown) {
      this.#all.delete(container.id);
      await removeContainer(this.#client, container.id).catch(() => {});
      throw thrown;
    }
    if (this.#closed) await removeContainer(this.#client, container.id);
    return container.id;
  }
}

/** Removes holders, and helpers that change owners, of runtimes that are no more. */
export async function removeHelpers(
  client: Client,
  installation: string,
  deadAmong: DeadAmong,
): Promise<void> {
  const filters = { label: [`${label.installation}=${installation}`, label.role] };
  const containers = await client.docker.listContainers({ all: true, filters });
  const runtimeOf = (labels: Readonly<Record<string, string>>) => labels[label.runtime] ?? '';
  const dead = new Set(await deadAmong([...new Set(containers.map(({ Labels }) => runtimeOf(Labels)))]));
  for (const { Id, Labels } of containers) if (dead.has(runtimeOf(Labels))) await removeContainer(client, Id);
}
