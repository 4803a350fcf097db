import { wordsOfType } from '../../seed-schema/words.ts';
import type { JsonType } from '../manifest/manifest.ts';

/** Whether a parsed value is of a type of JSON Schema: 5.0 is an integer, null is none of these. */
export function isOfType(type: JsonType, value: unknown): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** What a parsed value is, to follow "it is". */
export function kindOf(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return wordsOfType('array');
  return wordsOfType(Number.isInteger(value) ? 'integer' : typeof value);
}
