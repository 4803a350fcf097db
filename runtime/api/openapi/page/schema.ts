import { isObject } from '../../../../seed-schema/index.ts';
import type { Schema } from '../types.ts';
import { escaped, html, table } from './html.ts';
import { typeWords } from './type-words.ts';

/** A component with its members, to be unfolded. */
export function schemaHtml(name: string, schema: Schema): string {
  const { properties, required, description } = schema;
  const needed = new Set(Array.isArray(required) ? required : []);
  const members = Object.entries(isObject(properties) ? properties : {}) as [string, Schema][];
  const rows = members.flatMap(([member, part]) => rowsOf(member, part, needed.has(member)));
  const body = rows.length > 0 ? table(['member', 'type', ''], rows) : `<p>${typeWords(schema)}</p>`;
  return `<details><summary><code>${escaped(name)}</code></summary>
<div id="schema-${escaped(name)}">${typeof description === 'string' ? `<p>${html(description)}</p>` : ''}${body}</div></details>`;
}

/** A member, and those within it. */
function rowsOf(name: string, schema: Schema, needed: boolean): string[][] {
  const row = [
    `<code${needed ? ' class="needed"' : ''}>${escaped(name)}</code>`,
    typeWords(schema),
    typeof schema.description === 'string' ? html(schema.description) : '',
  ];
  const [inner, suffix] = isObject(schema.items) ? [schema.items, '[]'] : [schema, ''];
  if (!isObject(inner.properties)) return [row];
  const required = new Set(Array.isArray(inner.required) ? inner.required : []);
  const parts = Object.entries(inner.properties) as [string, Schema][];
  return [
    row,
    ...parts.flatMap(([part, one]) => rowsOf(`${name}${suffix}.${part}`, one, required.has(part))),
  ];
}
