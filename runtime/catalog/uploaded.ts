import type { Queries } from '../database/index.ts';
import type { LocalWorkspace } from '../workspace/index.ts';
import { recordChecksums, registerSources, type SeenFile } from './sources.ts';

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
  const [row] = await registerSources(db, workspace, [file]);
  const { id } = row!;
  await recordChecksums(db, new Map([[id, sha256]]));
  await db.query(
    `update scale_file set media_type = coalesce($2::text, media_type), data_type_tags = $3::text[] where id = $1`,
    [id, mediaType, dataTypes],
  );
  return id;
}
