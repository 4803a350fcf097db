import type { ImagesDocument } from '../../../seed-schema/index.ts';
import { readConfig } from '../../config/index.ts';
import { createEngine, type ImageSummary } from '../../engine/index.ts';
import { manifestLabelName } from '../../manifest/index.ts';
import { matches } from '../images/keyword.ts';
import { seedImage, type SeedImage } from '../images/image-document.ts';
import { imageProblems, imageTable } from '../images/image-table.ts';
import { write } from '../progress/writer.ts';
import type { ListOptions } from './options.ts';

/** `seed list`. @returns 0 */
export async function listImages(keyword: string | undefined, options: ListOptions): Promise<0> {
  const engine = await createEngine(readConfig());
  try {
    const images = (await engine.listImages())
      .flatMap(namesOf)
      .filter(({ document }) => matches(document, keyword))
      .toSorted((a, b) => (a.document.image < b.document.image ? -1 : 1));
    await write(process.stdout, options.format === 'json' ? asJson(images) : asText(images));
    const problems = options.format === 'json' ? [] : imageProblems(images);
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    return 0;
  } finally {
    engine.close();
  }
}

/** A Seed image has the label, or calls itself one: then the missing label is worth a word. */
function namesOf({ tags, labels, size, created, id }: ImageSummary): SeedImage[] {
  const hasLabel = Object.hasOwn(labels, manifestLabelName);
  return tags
    .filter((tag) => hasLabel || /-seed(:[^/]*)?$/.test(tag))
    .map((image) => seedImage({ image, labels, size, created, id, digests: [] }));
}

function asJson(images: readonly SeedImage[]): string {
  const document: ImagesDocument = { images: images.map((one) => one.document), problems: [] };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function asText(images: readonly SeedImage[]): string {
  return images.length === 0 ? 'No Seed images.\n' : imageTable(images);
}
