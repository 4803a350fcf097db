import { writeFile } from 'node:fs/promises';
import { diffEncodings, type EncodingDiff, type Encoding, pathText, saveEncoding } from '../../dag/index.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { write } from '../progress/writer.ts';
import { oneLine, table } from '../table.ts';
import { jsonText } from './json-text.ts';
import type { DagAction, DagOptions } from './options.ts';
import { readEncoding } from './read-encoding.ts';

/** Files that each action takes. */
const counts: Readonly<Record<DagAction, number>> = { encode: 1, diff: 2, save: 1, load: 1 };

/** `seed dag encode|diff|save|load FILE...`. @returns 0 @throws invalid-usage and all that `readEncoding` throws */
export async function dagFiles(
  action: DagAction,
  files: readonly string[],
  { output, format }: DagOptions,
): Promise<0> {
  if (files.length !== counts[action])
    throw new SeedbedError('invalid-usage', {
      problem: `seed dag ${action} takes ${counts[action] === 1 ? 'one file' : 'two files'}, not ${files.length}`,
    });
  if (output !== undefined && action !== 'save')
    throw new SeedbedError('invalid-usage', { problem: 'Only seed dag save takes --output' });
  const [first, second] = await inTurn(files);
  if (action === 'save') await save(saveEncoding(first!), output);
  else if (action === 'diff') await print(diffEncodings(first!, second!), format, diffText);
  else await print(first!, format, encodingText);
  return 0;
}

async function inTurn(files: readonly string[]): Promise<Encoding[]> {
  const encodings: Encoding[] = [];
  for (const file of files) encodings.push(await readEncoding(file));
  return encodings;
}

async function save(bytes: Buffer, file: string | undefined): Promise<void> {
  if (file === undefined || file === '-') return write(process.stdout, bytes.toString());
  await writeFile(file, bytes).catch((thrown: unknown) => {
    throw new SeedbedError('result-file-unusable', { path: file, reason: reasonOf(thrown) });
  });
}

function print<T>(document: T, format: DagOptions['format'], text: (document: T) => string): Promise<void> {
  return write(process.stdout, format === 'json' ? `${jsonText(document)}\n` : text(document));
}

function encodingText({ tasks }: Encoding): string {
  const rows = Object.entries(tasks).map(([name, task]) => [name, task.output]);
  return table([['TASK', 'OUTPUT'], ...rows]);
}

function diffText({ changes, run, known }: EncodingDiff): string {
  const lines = changes.map(({ path, kind, old, new: fresh }) => {
    const [before, after] = [old, fresh].map(shortText);
    const what = { changed: `${before} → ${after}`, added: after, removed: before }[kind];
    return `${kind.padEnd(8)} ${oneLine(pathText(path))}: ${what}\n`;
  });
  const names = (all: readonly string[]) => (all.length === 0 ? 'none' : all.map(oneLine).join(', '));
  return [...lines, `to run: ${names(run)}\n`, `known: ${names(known)}\n`].join('');
}

function shortText(value: unknown): string {
  return oneLine(jsonText(value));
}
