import { createHash } from 'node:crypto';

/**
 * `scale_file.uuid` of a product: the same job type, name and inputs give the same identity again, as on Scale.
 * @param json the values of the JSON inputs, by name
 */
export function productUuid(
  jobTypeId: number,
  fileName: string,
  inputUuids: readonly string[],
  json: ReadonlyMap<string, unknown>,
): string {
  const hash = createHash('md5').update(`${jobTypeId}`).update(fileName);
  for (const uuid of [...inputUuids].sort()) hash.update(uuid);
  for (const name of [...json.keys()].sort()) hash.update(`${name}=${asText(json.get(name))}`);
  return hash.digest('hex');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
