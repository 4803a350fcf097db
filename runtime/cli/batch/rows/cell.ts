import { existsSync } from 'node:fs';
import type { InputFile } from '../../../manifest/index.ts';

/**
 * The paths in a cell. For an input that takes several files they are separated by `;`; a `;` within a name is written
 * `\;`, unless the whole cell is the name of something that exists.
 */
export function pathsIn(cell: string, { multiple }: Pick<InputFile, 'multiple'>): string[] {
  if (!multiple || !cell.includes(';') || existsSync(cell)) return [cell];
  return splitList(cell);
}

/** `a; b\;c` is `a` and `b;c`. Pure. */
export function splitList(text: string): string[] {
  return text
    .split(/(?<!\\);/)
    .map((part) => part.trim().replaceAll('\\;', ';'))
    .filter((part) => part !== '');
}

/** The other way round. Pure. */
export function joinList(parts: readonly string[]): string {
  return parts.map((part) => (parts.length > 1 ? part.replaceAll(';', '\\;') : part)).join(';');
}
