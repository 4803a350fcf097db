/**
 * What a document must look like, member by member: a JSON type, with `?` where it may be null, `time` for ISO 8601, or
 * another shape; in brackets for an array of such.
 */
export type Shape = string | readonly [Shape] | { readonly [member: string]: Shape };

/** Where a document differs from a shape; nothing where it fits. Members that the shape does not name are a difference. */
export function differences(value: unknown, shape: Shape, path = ''): string[] {
  if (typeof shape === 'string') return fits(value, shape) ? [] : [`${path}: ${show(value)} is no ${shape}`];
  if (isArray(shape)) {
    if (!Array.isArray(value)) return [`${path}: ${show(value)} is no array`];
    return value.flatMap((item, index) => differences(item, shape[0], `${path}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) return [`${path}: ${show(value)} is no object`];
  const members = value as Record<string, unknown>;
  return [
    ...Object.keys(shape)
      .filter((name) => !Object.hasOwn(members, name))
      .map((name) => `${path}.${name} is missing`),
    ...Object.keys(members)
      .filter((name) => !Object.hasOwn(shape, name))
      .map((name) => `${path}.${name} is one too many`),
    ...Object.keys(shape)
      .filter((name) => Object.hasOwn(members, name))
      .flatMap((name) => differences(members[name], shape[name]!, `${path}.${name}`)),
  ];
}

function isArray(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function fits(value: unknown, word: string): boolean {
  if (word.endsWith('?')) return value === null || fits(value, word.slice(0, -1));
  if (word === 'any') return true;
  if (word === 'null') return value === null;
  if (word === 'integer') return Number.isSafeInteger(value);
  if (word === 'array') return Array.isArray(value);
  if (word === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (word === 'time')
    return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/.test(value);
  return typeof value === word;
}

function show(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 80);
}
