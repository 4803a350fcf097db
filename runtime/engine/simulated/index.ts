import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SeedbedError } from '../../errors/index.ts';
import { containerName } from '../docker/names.ts';
import type {
  BuildRequest,
  DeadAmong,
  Engine,
  EngineCapabilities,
  ExecutionKey,
  ImageDetails,
  ImageSummary,
  Launched,
  LaunchSpec,
  LogChunk,
  Observation,
  PreparedNetworks,
  TransferOptions,
  Usage,
} from '../engine.ts';
import { SimulatedContainer } from './container.ts';
import { SimulatedImages } from './images.ts';
import { SimulatedNetworks } from './networks.ts';
import type { SimulatedOptions } from './options.ts';
import { drawStory } from './story.ts';

/**
 * An engine that runs nothing: what becomes of an execution is drawn from a seed (see `drawStory`), and takes its time
 * on the real clock. It lives in this process, and its containers end with it. It does no file I/O but for the outputs
 * that a story names, holds no job back whose log is not read, and looks at no file that is staged.
 */
export class SimulatedEngine implements Engine {
  readonly #options: SimulatedOptions;
  readonly #images: SimulatedImages;
  readonly #networks = new SimulatedNetworks();
  readonly #containers = new Map<string, SimulatedContainer>();

  constructor(options: SimulatedOptions) {
    this.#options = options;
    this.#images = new SimulatedImages(options);
  }

  async capabilities(): Promise<EngineCapabilities> {
    const { cpus = 4, mem = 8192, gpus = false } = this.#options;
    return { kind: 'simulated', version: 'Simulated 1', cpus, mem, gpus, enforcesLimits: true };
  }

  async shares(): Promise<boolean> {
    return true;
  }

  async launch(spec: LaunchSpec, key: ExecutionKey, runtime: string): Promise<Launched> {
    const name = containerName(key);
    const launched = { containerId: name, containerName: name };
    if (this.#find(key)) return { ...launched, adopted: true };
    if (!this.#images.find(spec.image))
      throw new SeedbedError('target-not-found', { target: spec.image, reason: 'no such image' });
    if (!this.#networks.has(spec.network))
      throw new SeedbedError('network-not-found', { network: spec.network });
    const story = { ...drawStory(this.#options, key), ...this.#options.script?.(spec, key) };
    if (story.launchFailure) throw story.launchFailure;
    this.#containers.set(name, new SimulatedContainer(spec, key, runtime, story));
    return { ...launched, adopted: false };
  }

  async *observe(key: ExecutionKey, signal?: AbortSignal): AsyncGenerator<Observation, void, undefined> {
    if (!signal?.aborted) yield* this.#inView(key).observe(signal);
  }

  async list(installation: string): Promise<Observation[]> {
    return [...this.#containers.values()]
      .filter(({ key, isGone }) => key.installation === installation && !isGone)
      .map((container) => container.observation());
  }

  async *logs(key: ExecutionKey, signal?: AbortSignal): AsyncGenerator<LogChunk, void, undefined> {
    if (!signal?.aborted) yield* this.#inView(key).logs(signal);
  }

  async *usage(key: ExecutionKey, signal: AbortSignal): AsyncGenerator<Usage, void, undefined> {
    const container = this.#find(key);
    if (container && !signal.aborted) yield* container.usage(signal);
  }

  async stop(key: ExecutionKey, grace: number): Promise<void> {
    await this.#find(key)?.stop(grace);
  }

  async collect(spec: LaunchSpec, key: ExecutionKey): Promise<void> {
    const container = this.#find(key);
    if (!container) {
      const name = containerName(key);
      throw new SeedbedError('engine-error', {
        action: `fetch the outputs of ${name}`,
        reason: 'there is no such container',
      });
    }
    for (const [name, content] of Object.entries(container.outputs)) {
      const file = path.join(spec.output.directory, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }

  async remove(key: ExecutionKey): Promise<void> {
    this.#find(key)?.remove();
    this.#containers.delete(containerName(key));
  }

  prepareNetworks(installation: string, runtime: string): PreparedNetworks {
    return this.#networks.prepare(installation, runtime);
  }

  async removeHelpers(installation: string, deadAmong: DeadAmong): Promise<void> {
    await this.#networks.removeDead(installation, deadAmong);
  }

  async inspectImage(reference: string): Promise<ImageDetails | undefined> {
    return this.#images.find(reference);
  }

  async listImages(): Promise<ImageSummary[]> {
    return this.#images
      .list()
      .map(({ id, tags, labels, size, created }) => ({ id, tags, labels, size, created }));
  }

  async pullImage(reference: string, { progress }: TransferOptions = {}): Promise<void> {
    await this.#images.pull(reference, progress);
  }

  async pushImage(reference: string): Promise<{ digest: string }> {
    const { id } = this.#images.existing(reference);
    return { digest: `sha256:${createHash('sha256').update(id).digest('hex')}` };
  }

  async tagImage(source: string, target: string): Promise<void> {
    this.#images.tag(source, target);
  }

  async untagImage(reference: string): Promise<void> {
    const { id, tags } = this.#images.existing(reference);
    const uses = ({ isGone, image }: SimulatedContainer) => !isGone && this.#images.find(image)?.id === id;
    if (tags.length === 1 && [...this.#containers.values()].some(uses))
      throw new SeedbedError('engine-error', {
        action: `remove the name ${reference}`,
        reason: 'a container uses the image',
      });
    this.#images.untag(reference);
  }

  async buildImage({ tag, directory }: BuildRequest): Promise<ImageDetails> {
    throw new SeedbedError('build-failed', {
      image: tag,
      directory,
      reason: 'a simulated engine builds nothing',
    });
  }

  /** Its containers go on, and keep the process alive no longer. */
  close(): void {
    for (const container of this.#containers.values()) container.letProcessEnd();
  }

  #find(key: ExecutionKey): SimulatedContainer | undefined {
    const container = this.#containers.get(containerName(key));
    return container?.isGone ? undefined : container;
  }

  /** @throws engine-interrupted when there is none (any more) */
  #inView(key: ExecutionKey): SimulatedContainer {
    const container = this.#find(key);
    if (!container) throw new SeedbedError('engine-interrupted', {});
    return container;
  }
}
