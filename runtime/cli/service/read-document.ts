import { isObject, nestsDeeper } from '../../../seed-schema/index.ts';
import { readConfig } from '../../config/index.ts';
import type { SeedbedError } from '../../errors/index.ts';
import { parseText, TextFault } from '../recipe-file/parse-text.ts';
import { readBoundedFile } from '../schema-file/bounded-file.ts';

/** Reads an object of a file in YAML or JSON. @param refuse what is thrown, with the reason */
export async function readDocument(
  file: string,
  refuse: (reason: string) => SeedbedError,
): Promise<Readonly<Record<string, unknown>>> {
  const { limits } = readConfig();
  const bytes = await readBoundedFile(file, limits.jsonMiB, refuse);
  const { document } = await parseText(bytes.toString('utf8')).catch((thrown: unknown) => {
    throw thrown instanceof TextFault ? refuse(thrown.message) : thrown;
  });
  if (!isObject(document)) throw refuse('it holds no object');
  if (nestsDeeper(JSON.stringify(document), limits.jsonDepth))
    throw refuse(`it is nested more than ${limits.jsonDepth} levels deep`);
  return document;
}
