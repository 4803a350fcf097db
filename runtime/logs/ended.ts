import { SegmentReader } from './segment-reader.ts';
import { listSegments } from './segments.ts';

/**
 * When the last writer of a log said that it ends, milliseconds since 1970. All of the log can be read then.
 * @returns undefined when it did not, or when there is no log
 */
export async function endOf(directory: string): Promise<number | undefined> {
  const { list } = await listSegments(directory);
  const last = list.at(-1);
  const reader = last && (await SegmentReader.open(directory, last.number));
  if (!reader) return undefined;
  try {
    const record = await reader.last();
    return record?.kind === 'end' ? record.time : undefined;
  } finally {
    await reader.close();
  }
}
