import type { Queries } from '../database/index.ts';
import type { LocalWorkspace } from '../workspace/index.ts';
import { registerArrivals } from './arrivals.ts';
import { fileStat, type SeenFile } from './sources.ts';

/** What its sender said of a file. */
export interface UploadedFile extends SeenFile {
  readonly sha256: string;
  /** null: the type that its name tells. */
  readonly mediaType: string | null;
  readonly dataTypes: readonly string[];
}

/** Catalogues an uploaded file that has its place; twice is fine. @returns `scale_file.id` */
export async function registerUpload(
  db: Queries,
  workspace: LocalWorkspace,
  { sha256, mediaType, dataTypes, ...file }: UploadedFile,
): Promise<number> {
  const arrival = {
    path: workspace.filePath(file.path),
    size: file.size,
    version: fileStat(file),
    sha256,
    mediaType,
    dataTypes,
  };
  const [row] = await registerArrivals(db, workspace.id, [arrival]);
  return row!.id;
}
