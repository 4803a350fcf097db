import type { Geometry } from 'geojson';
import type { FileDocument } from '../../../seed-schema/index.ts';
import type { Client, FileDetails, FileRow } from '../../client/index.ts';

/** Files that are asked for at once. */
const atOnce = 8;

/** Where a file is on this machine, and its SHA-256, where that is known. */
export type LocalFiles = ReadonlyMap<number, { readonly path: string; readonly sha256: string | null }>;

/**
 * Files of the service as documents show them, by name.
 * @param local files that are on this machine too; of others, the address of their content is their path
 */
export async function fileDocuments(
  client: Client,
  files: Readonly<Record<string, readonly number[]>>,
  local: LocalFiles,
): Promise<Record<string, FileDocument[]>> {
  const ids = [...new Set(Object.values(files).flat())];
  const documents = new Map<number, FileDocument>();
  for (let at = 0; at < ids.length; at += atOnce)
    await Promise.all(
      ids.slice(at, at + atOnce).map(async (id) => documents.set(id, await document(client, id, local))),
    );
  return Object.fromEntries(
    Object.entries(files).map(([name, of]) => [name, of.map((id) => documents.get(id)!)]),
  );
}

async function document(client: Client, id: number, local: LocalFiles): Promise<FileDocument> {
  const here = local.get(id);
  const [row, sha256] = await Promise.all([client.file(id), here?.sha256 ?? client.checksum(id)]);
  return documentOf(row, here?.path ?? client.contentAddress(id), sha256);
}

/** @param path where it is: on this machine, or the address of its content */
export async function documentOf(
  row: FileDetails,
  path: string,
  sha256: string | null,
): Promise<FileDocument> {
  const { id, file_name, file_size, media_type, data_started, data_ended, meta_data } = row;
  return {
    id,
    file_name,
    path,
    file_size,
    sha256,
    media_type,
    geometry: await geometryOf(row),
    data_started,
    data_ended,
    meta_data: { ...meta_data },
  };
}

/** The library is loaded only when a file has an area. */
async function geometryOf({ geometry }: FileRow): Promise<Geometry | null> {
  if (geometry === null) return null;
  const { geometryFrom } = await import('./geometry.ts');
  return geometryFrom(geometry);
}
