import { FilterProblem } from './filter.ts';

/** A SHA-256 as the catalogue has it. @throws FilterProblem */
export function readChecksum(text: string): string {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return text.toLowerCase();
  throw new FilterProblem('takes a SHA-256, 64 hexadecimal digits');
}
