import { jsonTypeOf } from './json/types.ts';

/** What the messages need of a JSON Schema. `x-allowed` says in words what a pattern or a combination of rules means. */
export interface SpokenSchema {
  readonly 'x-allowed'?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  /** What is found there is a secret, which messages do not repeat. */
  readonly writeOnly?: boolean;
  readonly discriminator?: { readonly propertyName: string };
  readonly properties?: Readonly<Record<string, SpokenSchema>>;
}

const typeWords: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

/** A JSON type in words: `a whole number`. */
export function wordsOfType(type: string): string {
  return typeWords[type] ?? type;
}

/** What a parsed value is, to follow "it is": its type in words, or which of true, false and null. */
export function kindOf(value: unknown): string {
  return value === null || typeof value === 'boolean' ? String(value) : wordsOfType(jsonTypeOf(value));
}

/** What a schema allows, in words that follow "must be"; undefined where it says nothing that words could. */
export function allowed(schema: SpokenSchema): string | undefined {
  if (schema.discriminator)
    return `an object with the ${schema.discriminator.propertyName} ${schema['x-allowed'] ?? ''}`;
  if (schema['x-allowed'] !== undefined) return schema['x-allowed'];
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return listed(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.type !== undefined) return listed([schema.type].flat().map(wordsOfType));
  return undefined;
}

/** `a`, `a or b`, `a, b or c`. */
export function listed(words: readonly string[], last = 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

const longest = 60;

/** A value as found, as JSON text, cut after some 60 characters. */
export function found(value: unknown): string {
  if (Array.isArray(value) && value.length > longest) return `an array of ${value.length}`;
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, longest + 1)) : shallow(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** JSON text of a value, two levels deep: the found value may be a huge or deeply nested document. */
function shallow(value: unknown, depth = 0): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, longest));
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth === 2) return Array.isArray(value) ? '[…]' : '{…}';
  if (Array.isArray(value))
    return `[${value
      .slice(0, longest)
      .map((item) => shallow(item, depth + 1))
      .join(',')}]`;
  const members: string[] = [];
  for (const key in value) {
    members.push(`${JSON.stringify(key)}:${shallow((value as Record<string, unknown>)[key], depth + 1)}`);
    if (members.length === longest) break;
  }
  return `{${members.join(',')}}`;
}
