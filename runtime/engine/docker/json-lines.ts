import type { Readable } from 'node:stream';

/** A line longer than this is no message of an engine; characters. */
const longest = 8 * 1024 * 1024;

/** The JSON values of a stream that holds one on each line, as engines report progress, events and statistics. */
export async function* jsonLines<T>(
  source: NodeJS.ReadableStream | Readable,
): AsyncGenerator<T, void, undefined> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of source as AsyncIterable<Buffer>) {
    text += decoder.decode(chunk, { stream: true });
    const lines = text.split('\n');
    text = lines.pop()!;
    if (text.length > longest) throw new Error('the engine sent a line that never ends');
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as T;
  }
  if (text.trim() !== '') yield JSON.parse(text) as T;
}
