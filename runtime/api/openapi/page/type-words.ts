import { isObject } from '../../../../seed-schema/index.ts';
import type { Schema } from '../types.ts';
import { escaped } from './html.ts';

/** The type that a schema allows, in a few words of HTML; components are links. */
export function typeWords(schema: Schema): string {
  const { $ref, type, enum: words, const: constant, anyOf, oneOf, items, additionalProperties } = schema;
  if (typeof $ref === 'string') {
    // What only one document has stands in its `$defs`.
    const [, , , whole, , own] = $ref.split('/').map(escaped);
    return `<a href="#schema-${whole}">${own ?? whole}</a>`;
  }
  if (constant !== undefined) return `<code>${escaped(JSON.stringify(constant))}</code>`;
  if (Array.isArray(words)) return words.map((word) => `<code>${escaped(String(word))}</code>`).join(' | ');
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices)) return (choices as Schema[]).map(typeWords).join(' | ');
  if (isPage(schema)) return `page of ${typeWords(schema.properties.results.items)}`;
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

interface Page extends Schema {
  readonly properties: { readonly results: { readonly items: Schema } };
}

/** Whether it is a page of a list, in Scale's shape. */
export function isPage(schema: Schema): schema is Page {
  const { properties } = schema;
  if (!isObject(properties) || !isObject(properties.results)) return false;
  return isObject(properties.results.items) && Object.hasOwn(properties, 'next');
}
