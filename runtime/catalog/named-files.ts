import type { FileReference, KnownFile } from '../../seed-schema/index.ts';
import { givenRows, type Queries } from '../database/index.ts';
import { type AddressedWorkspace, placesOfUrl } from './url-places.ts';

/** A file that was named, as far as what is given it is judged by that. */
export interface NamedFile extends KnownFile {
  /** `scale_file.id` */
  readonly id: number;
}

/** The same for references that mean the same. */
export function referenceKey(reference: FileReference): string {
  if (typeof reference === 'number') return `id ${reference}`;
  const { id, workspace, path, sha256, url } = reference;
  if (id !== undefined) return `id ${id}`;
  return JSON.stringify([workspace, path, sha256, url]);
}

/**
 * The files that are meant, by `referenceKey`; in one statement, however many they are. By its id any file is found; else one
 * that is neither deleted nor superseded, of several with the same content the oldest.
 */
export async function filesNamed(
  db: Queries,
  references: Iterable<FileReference>,
): Promise<Map<string, NamedFile>> {
  const wanted = new Map([...references].map((one) => [referenceKey(one), one]));
  if (wanted.size === 0) return new Map();
  const hasUrls = [...wanted.values()].some((one) => typeof one !== 'number' && one.url !== undefined);
  const addressed = hasUrls ? await addressedWorkspaces(db) : [];
  const places = [...wanted].flatMap(([key, one]) =>
    placesOf(one, addressed).map((place, rank) => ({ ...nowhere, ...place, key, rank })),
  );
  const { form, source, values } = givenRows(columns, places);
  const rows = await db.prepared<NamedFile & { key: string }>(
    `files-named-${form}`,
    statement(source),
    values,
  );
  return new Map(rows.map(({ key, ...file }) => [key, file]));
}

const columns = {
  key: 'text',
  rank: 'integer',
  id: 'bigint',
  workspace_id: 'bigint',
  workspace: 'text',
  path: 'text',
  sha256: 'text',
};
const nowhere = { id: null, workspace_id: null, workspace: null, path: null, sha256: null };

const current = 'not f.is_superseded and not f.is_deleted';

/** The oldest of one content is aggregated: ordered with a limit, the planner may walk the primary key to it. */
const statement = (places: string) => `
  select distinct on (g.key) g.key, f.id, f.media_type, f.is_deleted
  from ${places} g cross join lateral (
    select g.id where g.id is not null
    union all
    select f.id from workspace w
    join scale_file f on f.workspace_id = w.id and md5(f.file_path) = md5(g.path) and f.file_path = g.path and ${current}
    where w.project_id = 1 and w.name = g.workspace
    union all
    select f.id from scale_file f
    where f.workspace_id = g.workspace_id and md5(f.file_path) = md5(g.path) and f.file_path = g.path and ${current}
    union all
    select (array_agg(f.id order by f.id))[1] from scale_file f
    where f.sha256 = g.sha256 and ${current} having g.sha256 is not null
  ) found (id)
  join scale_file f on f.id = found.id
  order by g.key, g.rank`;

type Place = Partial<Readonly<Record<keyof typeof columns, unknown>>>;

function placesOf(reference: FileReference, addressed: readonly AddressedWorkspace[]): Place[] {
  if (typeof reference === 'number') return [{ id: reference }];
  const { id, workspace, path, sha256, url } = reference;
  if (id !== undefined) return [{ id }];
  if (sha256 !== undefined) return [{ sha256 }];
  if (url === undefined) return [{ workspace, path }];
  return placesOfUrl(url, addressed).map((place) => ({ workspace_id: place.workspaceId, path: place.path }));
}

async function addressedWorkspaces(db: Queries): Promise<AddressedWorkspace[]> {
  return db.query<AddressedWorkspace>(
    `select id, base_url as "baseUrl", json_config -> 'broker' ->> 'bucket_name' as bucket,
       json_config -> 'broker' ->> 'prefix' as prefix
     from workspace where project_id = 1 and (base_url is not null or json_config -> 'broker' ->> 'type' = 's3')`,
  );
}
