import { SeedbedError } from '../errors/index.ts';
import { asCompleted } from './as-completed.ts';
import type { RegistryImage } from './image.ts';
import type { Registry } from './registry.ts';

export interface SeedImageQuery {
  /** The label that holds a Seed manifest. */
  readonly label: string;
  readonly organization?: string | undefined;
  /** Is told of each image that was read and is none of Seed. */
  readonly passedOver?: () => void;
}

/** A Seed image of a registry. */
export interface SeedImage {
  readonly repository: string;
  readonly tag: string;
  readonly image: RegistryImage;
  /** The label's text; undefined for an image that is one by its name alone. */
  readonly manifest: string | undefined;
}

/** A repository, or one of its tags, of which the registry did not say what it is. */
export interface UnknownImage {
  readonly repository: string;
  readonly tag?: string;
  readonly problem: SeedbedError;
}

/** As many requests at once; more make it no faster (measured with 500 repositories). */
const width = 16;

/**
 * Finds Seed images, and yields them as they are found: those whose labels have a manifest, and all in repositories
 * called `...-seed`. What cannot be read is among the results, so that nothing is missing without a word.
 * @throws SeedbedError when the registry does not list its repositories
 */
export async function* findSeedImages(
  registry: Registry,
  { label, organization, passedOver }: SeedImageQuery,
): AsyncGenerator<SeedImage | UnknownImage, void, undefined> {
  const repositories = registry.repositories({ organization });
  const tags = flat(asCompleted(repositories, width, (repository) => tagsOf(registry, repository)));
  const found = asCompleted(tags, width, async (each) =>
    'problem' in each ? each : await inspect(registry, each, label),
  );
  for await (const each of found)
    if (each) yield each;
    else passedOver?.();
}

interface Tag {
  readonly repository: string;
  readonly tag: string;
}

async function tagsOf(registry: Registry, repository: string): Promise<(Tag | UnknownImage)[]> {
  try {
    return (await registry.tags(repository)).map((tag) => ({ repository, tag }));
  } catch (thrown) {
    return [{ repository, problem: known(thrown) }];
  }
}

async function inspect(
  registry: Registry,
  { repository, tag }: Tag,
  label: string,
): Promise<SeedImage | UnknownImage | undefined> {
  try {
    const image = await registry.image(repository, tag);
    if (!image)
      throw new SeedbedError('image-not-in-registry', {
        registry: registry.host,
        image: `${repository}:${tag}`,
      });
    const manifest = Object.hasOwn(image.labels, label) ? image.labels[label] : undefined;
    if (manifest === undefined && !repository.endsWith('-seed')) return undefined;
    return { repository, tag, image, manifest };
  } catch (thrown) {
    return { repository, tag, problem: known(thrown) };
  }
}

/** What is no error of a registry's is the end of the search. */
function known(thrown: unknown): SeedbedError {
  if (thrown instanceof SeedbedError) return thrown;
  throw thrown;
}

async function* flat<Item>(lists: AsyncIterable<Item[]>): AsyncGenerator<Item, void, undefined> {
  for await (const list of lists) yield* list;
}
