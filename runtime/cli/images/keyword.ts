import type { ImageDocument } from '../../../seed-schema/index.ts';

/** Whether every word of `keyword` stands in the name, title, description or tags, whatever its case. Pure. */
export function matches(image: ImageDocument, keyword: string | undefined): boolean {
  const text = [image.image, image.name, image.title, image.description, ...image.tags]
    .filter((part) => part !== null)
    .join('\n')
    .toLowerCase();
  return (keyword ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
