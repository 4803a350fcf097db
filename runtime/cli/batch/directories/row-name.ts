import { createHash } from 'node:crypto';
import path from 'node:path';
import type { WrittenRow } from '../rows/row.ts';

/** Names may be 255 bytes long on most file systems; a number may be put behind this one. */
const longest = 200;

/**
 * What seed-cli calls the directory of a row: for a file of a directory its name, for a row of a CSV file its number and
 * the names of its files, `3-a.png-b.png`. Too long a name is cut, and has a digest at its end. Pure.
 * @param fileInputs names of the inputs that are files
 */
export function rowName(
  { number, line, given }: Pick<WrittenRow, 'number' | 'line' | 'given'>,
  fileInputs: ReadonlySet<string>,
): string {
  const names = [...given]
    .filter(([input]) => fileInputs.has(input))
    .flatMap(([, paths]) => paths.map((one) => path.basename(one)))
    .filter((name) => name !== '');
  const name = (line === null ? names : [`${number}`, ...names]).join('-');
  if (Buffer.byteLength(name) <= longest || line === null) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${cut(name, longest - 9)}-${digest}`;
}

/** At most so many bytes of UTF-8, of whole characters. */
function cut(text: string, bytes: number): string {
  let size = 0;
  let end = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
