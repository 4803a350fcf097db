import path from 'node:path';
import type { FilesPageDocument } from '../../../seed-schema/index.ts';
import { type ScaleFile, searchFiles, workspaceStates } from '../../catalog/index.ts';
import { readConfig } from '../../config/index.ts';
import { connect } from '../../database/index.ts';
import { bytes } from '../format.ts';
import { write } from '../progress/writer.ts';
import { fileDocumentAt } from '../run/document.ts';
import { described, shownName } from '../run/summary.ts';
import type { FilesOptions } from './options.ts';
import { readFilter, wholeNumber } from './read-filter.ts';

/** `seed files`. @returns 0 */
export async function listFiles(options: FilesOptions): Promise<0> {
  const filter = await readFilter(options);
  const limit = wholeNumber('--limit', options.limit, 1000);
  const before = options.after === undefined ? undefined : wholeNumber('--after', options.after);
  const db = await connect(readConfig());
  try {
    const page = await searchFiles(db, filter, limit, before);
    const workspaces = await workspaceStates(db);
    const placeOf = ({ workspace: { name }, file_path, url }: ScaleFile) => {
      const root = workspaces.get(name)?.host_path;
      return root ? path.join(root, file_path) : (url ?? `${name}:${file_path}`);
    };
    const document: FilesPageDocument = {
      count: page.count,
      next: page.next === null ? null : `${page.next}`,
      results: page.files.map((file) => fileDocumentAt(placeOf(file), file)),
    };
    await write(
      process.stdout,
      options.format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : asText(document, page.files),
    );
    return 0;
  } finally {
    await db.close();
  }
}

function asText(page: FilesPageDocument, files: readonly ScaleFile[]): string {
  if (page.results.length === 0) return 'No file matches.\n';
  const rows = page.results.flatMap((file, index) => {
    const { file_type, data_type_tags } = files[index]!;
    const facts = [`${file.id}`, file_type, bytes(file.file_size), file.media_type, ...data_type_tags];
    return [
      `${shownName(file.file_name)}  (${facts.join(', ')})`,
      `    path  ${shownName(file.path)}`,
      ...described(file),
    ];
  });
  const end = page.next === null ? '' : `; the next page: --after ${page.next}`;
  return [...rows, `${page.results.length} of ${page.count} files${end}`, ''].join('\n');
}
