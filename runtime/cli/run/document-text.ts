import { randomUUID } from 'node:crypto';
import { inChunks } from '../../workspace/index.ts';
import type { RunDocument } from './document.ts';

/** Of a file in `outputs.files.NAME`. */
const indent = ' '.repeat(8);
const filesAtOnce = 500;

/** The text of `JSON.stringify(document, null, 2)` and a line end, part by part: it may be longer than memory should hold. */
export function* documentText(document: RunDocument): Generator<string, void, undefined> {
  const { outputs } = document;
  const mark = randomUUID();
  const names = Object.keys(outputs.files);
  const marked = { ...outputs, files: Object.fromEntries(names.map((name) => [name, mark])) };
  const parts = JSON.stringify({ ...document, outputs: marked }, null, 2).split(`"${mark}"`);
  for (const [index, name] of names.entries()) {
    yield parts[index]!;
    yield* listText(outputs.files[name]!);
  }
  yield `${parts.at(-1)!}\n`;
}

function* listText(files: Iterable<unknown>): Generator<string, void, undefined> {
  let before = '[\n';
  for (const some of inChunks(files, filesAtOnce)) {
    const texts = some.map((file) => indent + JSON.stringify(file, null, 2).replaceAll('\n', `\n${indent}`));
    yield before + texts.join(',\n');
    before = ',\n';
  }
  yield before === ',\n' ? `\n${indent.slice(2)}]` : '[]';
}
