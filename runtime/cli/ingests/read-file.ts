import path from 'node:path';
import { isObject, nestsDeeper } from '../../../seed-schema/index.ts';
import { readConfig } from '../../config/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { parseText, TextFault } from '../recipe-file/parse-text.ts';
import { readBoundedFile } from '../schema-file/bounded-file.ts';

/** A strike or scan as a file has it; the service judges it. */
export interface IngestFile {
  readonly name?: string;
  readonly title: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}

/**
 * Reads `{title, description, configuration}`, or a configuration alone, whose title is the name of the file.
 * @throws ingest-file-unreadable
 */
export async function readIngestFile(file: string): Promise<IngestFile> {
  const { limits } = readConfig();
  const refuse = (reason: string) => new SeedbedError('ingest-file-unreadable', { file, reason });
  const bytes = await readBoundedFile(file, limits.jsonMiB, refuse);
  const { document } = await parseText(bytes.toString('utf8')).catch((thrown: unknown) => {
    throw thrown instanceof TextFault ? refuse(thrown.message) : thrown;
  });
  if (!isObject(document)) throw refuse('it holds no object');
  if (nestsDeeper(JSON.stringify(document), limits.jsonDepth))
    throw refuse(`it is nested more than ${limits.jsonDepth} levels deep`);
  const title = path.basename(file).replace(/\.(ya?ml|json)$/i, '');
  const isBare = !Object.hasOwn(document, 'configuration');
  return { title, ...(isBare ? { configuration: document } : document) } as IngestFile;
}
