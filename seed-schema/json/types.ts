/** The types that a manifest may declare for JSON; `null` is none of them. */
export const jsonTypes = ['array', 'boolean', 'integer', 'number', 'object', 'string'] as const;

export type JsonType = (typeof jsonTypes)[number];

/** The narrowest JSON Schema type of a parsed value: `5` and `5.0` are integers. */
export function jsonTypeOf(value: unknown): JsonType | 'null' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'boolean' | 'object' | 'string';
}

/** Whether a parsed value is of a type of JSON Schema: integers are numbers too. */
export function isOfType(type: JsonType, value: unknown): boolean {
  const actual = jsonTypeOf(value);
  return actual === type || (type === 'number' && actual === 'integer');
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return jsonTypeOf(value) === 'object';
}
