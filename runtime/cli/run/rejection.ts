import type { SeedbedError } from '../../errors/index.ts';
import { sayError } from '../main.ts';
import { write } from '../progress/writer.ts';

/**
 * Tells of a command line that never came to a run. Its options could not be read, so that whether JSON is wanted is
 * looked up in the words themselves: then the result document is printed in this case too.
 */
export async function reportRejection(
  command: string,
  argv: readonly string[],
  error: SeedbedError,
): Promise<void> {
  const wantsJson = argv.some(
    (word, at) => /^--?format=json$/.test(word) || (/^--?format$/.test(word) && argv[at + 1] === 'json'),
  );
  if (!wantsJson) return sayError(command, error);
  const { emptyDraft, errorDocument } = await import('./document.ts');
  const document = { ...emptyDraft(new Date()), error: errorDocument(error) };
  await write(process.stdout, `${JSON.stringify(document, null, 2)}\n`);
}
