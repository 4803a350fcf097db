import { isObject } from '../../../../seed-schema/index.ts';
import type { Schema } from '../types.ts';
import { escaped } from './html.ts';

/** The type that a schema allows, in a few words of HTML; components are links. */
export function typeWords(schema: Schema): string {
  const { $ref, type, enum: words, const: constant, anyOf, oneOf, items, additionalProperties } = schema;
  if (typeof $ref === 'string') {
    const name = escaped($ref.split('/').at(-1)!);
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (constant !== undefined) return `<code>${escaped(JSON.stringify(constant))}</code>`;
  if (Array.isArray(words)) return words.map((word) => `<code>${escaped(String(word))}</code>`).join(' | ');
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices)) return (choices as Schema[]).map(typeWords).join(' | ');
  const names = [type ?? 'anything'].flat().map(String);
  return names
    .map((name) => {
      if (name === 'array' && isObject(items)) return `array of ${typeWords(items)}`;
      if (name === 'object' && isObject(additionalProperties))
        return `object of ${typeWords(additionalProperties)}`;
      return escaped(name);
    })
    .join(' | ')
    .concat(typeof schema.format === 'string' ? ` (${escaped(schema.format)})` : '');
}
