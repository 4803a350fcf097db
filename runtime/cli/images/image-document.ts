import type { ImageDocument } from '../../../seed-schema/index.ts';
import { toSeedbedError } from '../../errors/index.ts';
import { type Manifest, manifestFromLabels } from '../../manifest/index.ts';

/** What an engine or a registry says of an image. */
export interface FoundImage {
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly size: number | null;
  readonly created: string | null;
  readonly id: string | null;
  readonly digests: readonly string[];
}

/** An image and its manifest, where that is a valid one. */
export interface SeedImage {
  readonly document: ImageDocument;
  readonly manifest: Manifest | undefined;
}

/** An image in words of its manifest. Pure. */
export function seedImage({ image, labels, size, created, id, digests }: FoundImage): SeedImage {
  const { manifest, text, problem } = read(labels, image);
  const job = manifest?.job;
  return {
    manifest,
    document: {
      image,
      name: job?.name ?? null,
      job_version: job?.jobVersion ?? null,
      package_version: job?.packageVersion ?? null,
      title: job?.title ?? null,
      description: job?.description ?? null,
      tags: [...(job?.tags ?? [])],
      size,
      created,
      id,
      digests: [...digests],
      manifest: text === undefined ? null : (JSON.parse(text) as unknown),
      problem: problem ?? null,
    },
  };
}

function read(labels: Readonly<Record<string, string>>, image: string) {
  try {
    const { manifest, text } = manifestFromLabels(labels, image);
    return { manifest, text, problem: undefined };
  } catch (thrown) {
    return { manifest: undefined, text: undefined, problem: toSeedbedError(thrown).message };
  }
}

/** `INPUT_IMAGE, MASKS* -> OUTPUT_IMAGE`: a star for several files, brackets for what may be absent, JSON in braces. */
export function flow({ job }: Manifest): string {
  const { inputs, outputs } = job.interface;
  const files = (list: readonly { name: string; multiple: boolean; required: boolean }[]) =>
    list.map(({ name, multiple, required }) => optional(`${name}${multiple ? '*' : ''}`, required));
  const json = (list: readonly { name: string; required: boolean }[]) =>
    list.map(({ name, required }) => optional(`{${name}}`, required));
  const side = (names: string[]) => names.join(', ') || '-';
  return `${side([...files(inputs.files), ...json(inputs.json)])} -> ${side([...files(outputs.files), ...json(outputs.json)])}`;
}

function optional(name: string, required: boolean): string {
  return required ? name : `[${name}]`;
}
