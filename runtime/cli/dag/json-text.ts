import { isDictionary } from '../../dag/index.ts';

/** JSON as people read it, like `JSON.stringify(value, null, 2)`, with bigints as numbers. */
export function jsonText(value: unknown, indent = ''): string {
  if (typeof value === 'bigint') return `${value}`;
  const inner = `${indent}  `;
  const lines = (items: readonly string[]) => `\n${inner}${items.join(`,\n${inner}`)}\n${indent}`;
  if (Array.isArray(value))
    return value.length === 0 ? '[]' : `[${lines(value.map((one) => jsonText(one, inner)))}]`;
  if (!isDictionary(value)) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, one]) => one !== undefined);
  if (members.length === 0) return '{}';
  return `{${lines(members.map(([key, one]) => `${JSON.stringify(key)}: ${jsonText(one, inner)}`))}}`;
}
