import { write } from '../progress/writer.ts';

/** Prints a document for programs, or a text for people. */
export function print(format: 'text' | 'json', document: unknown, text: () => string): Promise<void> {
  return write(process.stdout, format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : text());
}
