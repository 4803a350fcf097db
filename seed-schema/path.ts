/** A place in a JSON document, written as job authors read it: `job.interface.inputs.files[0].name`; '' is the whole. */
export type JsonPath = string;

/** The path of a member or, for a number, of an array's item below `parent`. */
export function below(parent: JsonPath, key: string | number): JsonPath {
  if (typeof key === 'number') return `${parent}[${key}]`;
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${parent}[${JSON.stringify(key)}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

/** A JSON pointer (RFC 6901) as such a path; `document` tells an array's index from a member called `0`. */
export function pathOfPointer(pointer: string, document: unknown): JsonPath {
  let path = '';
  let value = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path = below(path, Array.isArray(value) ? Number(key) : key);
    value = memberOf(value, key);
  }
  return path;
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
