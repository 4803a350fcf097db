import { createHash } from 'node:crypto';
import { SeedbedError } from '../../errors/index.ts';
import { hub, registryOf } from '../docker/registry-address.ts';
import { nameProblem, splitReference, withTag } from '../docker/reference.ts';
import { imageIdentity } from '../image-identity.ts';
import type { ImageDetails, TransferOptions } from '../engine.ts';
import type { SimulatedImage, SimulatedOptions } from './options.ts';
import { afterMs } from './timer.ts';

/** Images of a simulated engine, under their names, and of the registries that it can reach. */
export class SimulatedImages {
  readonly #known: ReadonlyMap<string, SimulatedImage>;
  readonly #pullMs: number;
  /** By id. */
  readonly #images = new Map<string, ImageDetails>();
  /** Ids by name. */
  readonly #names = new Map<string, string>();

  constructor({ images, pullMs = 0 }: Pick<SimulatedOptions, 'images' | 'pullMs'>) {
    this.#known = new Map(images.map((image) => [withTag(image.reference), image]));
    this.#pullMs = pullMs;
    for (const image of images) if (image.here ?? true) this.#add(image);
  }

  /** By name or id. */
  find(reference: string): ImageDetails | undefined {
    const found = this.#images.get(this.#names.get(withTag(reference)) ?? reference);
    return found && { ...found, tags: this.#namesOf(found.id) };
  }

  /** Newest first: the last one that came. */
  list(): ImageDetails[] {
    return [...this.#images.keys()].reverse().map((id) => this.find(id)!);
  }

  /** @throws pull-refused, pull-unreachable */
  async pull(reference: string, progress: TransferOptions['progress']): Promise<void> {
    const name = withTag(reference);
    const image = this.#known.get(name);
    progress?.(`pulling ${name}`);
    await afterMs(image?.pullMs ?? this.#pullMs).passed;
    if (image?.registry === 'is unreachable') {
      const registry = registryOf(name) === hub ? 'docker.io' : registryOf(name);
      throw new SeedbedError('pull-unreachable', { image: reference, registry, reason: 'no answer' });
    }
    if (!image || image.registry === 'refuses') {
      const reason = image ? 'access to it is denied' : 'no registry has it';
      throw new SeedbedError('pull-refused', { image: reference, reason });
    }
    this.#add(image);
    progress?.(`pulled ${name}`);
  }

  /** @throws image-not-found, invalid-image-name */
  tag(source: string, target: string): void {
    const { id } = this.existing(source);
    const name = splitReference(target);
    const problem = name.digest === undefined ? nameProblem(name) : 'a digest cannot be given';
    if (problem !== undefined)
      throw new SeedbedError('invalid-image-name', { name: target, reason: problem });
    this.#names.set(withTag(target), id);
  }

  /** An image without any name is gone. @throws image-not-found, invalid-image-name for an id */
  untag(reference: string): void {
    const { id } = this.existing(reference);
    if (id === reference)
      throw new SeedbedError('invalid-image-name', { name: reference, reason: 'it is the id of an image' });
    this.#names.delete(withTag(reference));
    if (this.#namesOf(id).length === 0) this.#images.delete(id);
  }

  /** @throws image-not-found */
  existing(reference: string): ImageDetails {
    const image = this.find(reference);
    if (!image) throw new SeedbedError('image-not-found', { image: reference });
    return image;
  }

  #add({ reference, labels = {}, environment = {}, user = '', size = 2 ** 20 }: SimulatedImage): void {
    const name = withTag(reference);
    const content = JSON.stringify([name, labels, environment, user, size]);
    const id = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    this.#names.set(name, id);
    this.#images.set(id, {
      id,
      identity: imageIdentity({ layers: [id], config: {} }),
      labels,
      environment,
      entrypoint: [],
      command: [],
      user,
      size,
      tags: [],
      repoDigests: [],
      created: new Date(0).toISOString(),
      architecture: 'amd64',
      os: 'linux',
    });
  }

  #namesOf(id: string): string[] {
    return [...this.#names].filter(([, each]) => each === id).map(([name]) => name);
  }
}
