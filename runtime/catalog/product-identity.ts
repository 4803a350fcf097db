import { createHash } from 'node:crypto';

/**
 * `scale_file.uuid` of a product: the same job type, name and inputs give the same identity again, as on Scale.
 * @param json the values of JSON inputs and settings that shaped the product, by name
 */
export function productUuid(
  jobTypeId: number,
  fileName: string,
  inputUuids: readonly string[],
  json: Readonly<Record<string, unknown>>,
): string {
  const hash = createHash('md5').update(`${jobTypeId}`).update(fileName);
  for (const uuid of [...inputUuids].sort()) hash.update(uuid);
  for (const name of Object.keys(json).sort()) hash.update(`${name}=${asText(json[name])}`);
  return hash.digest('hex');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
