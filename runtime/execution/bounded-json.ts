import { readFile } from 'node:fs/promises';
import type { Limits } from '../config/index.ts';
import type { OutputEntries, OutputEntry } from './output-entries.ts';

/** A JSON file that a job left, too large or not a file. */
export class UnreadableJson extends Error {}

/**
 * The bytes of a JSON file in OUTPUT_DIR, if they are few enough to be parsed.
 * @throws UnreadableJson with the problem in words
 */
export async function readBounded(
  entries: OutputEntries,
  entry: OutputEntry,
  { jsonMiB }: Limits,
): Promise<Buffer> {
  if (entry.kind !== 'file') throw new UnreadableJson('it is not a regular file inside OUTPUT_DIR');
  if (entry.size > jsonMiB * 2 ** 20)
    throw new UnreadableJson(
      `it is ${Math.ceil(entry.size / 2 ** 20)} MiB long and may be ${jsonMiB} MiB (SEED_MAX_JSON_MIB)`,
    );
  return readFile(entries.contentOf(entry));
}
