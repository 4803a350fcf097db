import { createHash } from 'node:crypto';

/**
 * `scale_file.uuid` of the products of a job: the same job type, name and inputs give the same identity again, as on Scale.
 * @param json the values of the JSON inputs, by name
 * @returns the uuid of a product, by its file name
 */
export function productUuids(
  jobTypeId: number,
  inputUuids: readonly string[],
  json: ReadonlyMap<string, unknown>,
): (fileName: string) => string {
  const values = [...json.keys()].sort().map((name) => `${name}=${asText(json.get(name))}`);
  const given = [...inputUuids.toSorted(), ...values].join('');
  return (fileName) => createHash('md5').update(`${jobTypeId}${fileName}${given}`).digest('hex');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
