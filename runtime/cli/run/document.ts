import { filesById, type ScaleFile } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import { type ExitCode, registry, type SeedbedError } from '../../errors/index.ts';
import type { Result } from '../../execution/index.ts';
import type { FileDocument, ResultDocument } from '../../../seed-schema/index.ts';
import { type Countable, type LocalWorkspace, PackedList } from '../../workspace/index.ts';

/** A row of the catalogue as documents show it. */
export function fileDocument(workspace: LocalWorkspace, file: ScaleFile): FileDocument {
  return fileDocumentAt(workspace.hostPath(file.file_path), file);
}

/** @param place absolute path, or what stands for one, see `FileDocument` */
export function fileDocumentAt(place: string, file: ScaleFile): FileDocument {
  return {
    id: file.id,
    file_name: file.file_name,
    path: place,
    file_size: file.file_size,
    sha256: file.sha256,
    media_type: file.media_type,
    geometry: file.geometry,
    data_started: file.data_started,
    data_ended: file.data_ended,
    meta_data: file.meta_data,
  };
}

/** @param pathOf where a file is, absolute */
export function fileDocuments(
  pathOf: (file: ScaleFile) => string,
  files: ReadonlyMap<string, readonly ScaleFile[]>,
): Record<string, FileDocument[]> {
  return Object.fromEntries(
    [...files].map(([name, rows]) => [name, rows.map((row) => fileDocumentAt(pathOf(row), row))]),
  );
}

const rowsAtOnce = 250;

/** Products by their ids, of which there may be very many. */
export async function productDocuments(
  db: Queries,
  workspace: LocalWorkspace,
  products: ReadonlyMap<string, readonly number[]>,
): Promise<Record<string, Countable<FileDocument>>> {
  const documents: Record<string, Countable<FileDocument>> = {};
  for (const [output, ids] of products) {
    const files = new PackedList<FileDocument>();
    documents[output] = files;
    for (let start = 0; start < ids.length; start += rowsAtOnce) {
      const some = ids.slice(start, start + rowsAtOnce);
      const rows = new Map((await filesById(db, some)).map((row) => [row.id, row]));
      for (const id of some) files.push(fileDocument(workspace, rows.get(id)!));
    }
  }
  return documents;
}

/** An error of the registry as documents show it: its message is the sentence that ends a failed command. */
export function errorDocument(error: SeedbedError): NonNullable<ResultDocument['error']> {
  return {
    name: error.error,
    title: error.title,
    category: error.category,
    message: error.sentence,
    code: error.code,
  };
}

/** A result document whose outputs may be so many that they are not held as objects all at once. */
export type RunDocument = Omit<ResultDocument, 'outputs'> & {
  outputs: { files: Record<string, Countable<FileDocument>>; json: Record<string, unknown> };
};

/** What is known of a run so far; a failure at any moment prints what there is. */
export type Draft = { -readonly [Member in keyof RunDocument]: RunDocument[Member] };

export function emptyDraft(started: Date): Draft {
  return {
    status: 'rejected',
    exit_code: null,
    error: null,
    image: null,
    resources: {},
    inputs: { files: {}, json: {} },
    outputs: { files: {}, json: {} },
    logs: { stdout: null, stderr: null },
    warnings: [],
    started: started.toISOString(),
    ended: started.toISOString(),
    steps: [],
  };
}

/** Takes over what an execution has come to. */
export function addResult(draft: Draft, result: Result): void {
  const exit = exitOf(result);
  // Some rejections only the engine can find, such as a network that it lacks.
  draft.status = exit === 0 ? 'completed' : exit === 2 && result.exitCode === null ? 'rejected' : 'failed';
  draft.exit_code = result.exitCode;
  draft.error = result.error;
  draft.outputs = { files: {}, json: { ...result.json } };
  draft.warnings = [...draft.warnings, ...result.warnings];
}

/** The exit code of the command that a result comes to. */
export function exitOf({ error }: Pick<Result, 'error'>): 0 | ExitCode {
  if (!error) return 0;
  return Object.values(registry).find(({ code }) => code === error.code)?.exit ?? 1;
}
