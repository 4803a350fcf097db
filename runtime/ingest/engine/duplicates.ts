import type { Queries } from '../../database/index.ts';

/** A file that arrives, and where it is to go. */
export interface Arriving {
  /** Where it was found. */
  readonly found: string;
  readonly name: string;
  readonly workspaceId: number;
  /** Where it will be. */
  readonly path: string;
  readonly size: number;
  readonly version: string;
  readonly sha256: string | null;
}

/** A file of the catalogue that has to do with one that arrives. */
export interface Kin {
  readonly at: number;
  /** It stands where the other one is to go, it is the very file, it was found earlier where the other one was found, or it has its name. */
  readonly via: 'place' | 'itself' | 'found' | 'name';
  readonly id: number;
  readonly uuid: string;
  readonly workspace_id: number;
  readonly file_path: string;
  readonly file_size: number;
  readonly file_stat: string | null;
  readonly sha256: string | null;
}

/**
 * Files of the catalogue that stand where others are to go, that those are already (also as earlier versions of something), or
 * that were found before where those were found.
 * @param byName also those of the same name anywhere
 */
export function kinOf(
  db: Queries,
  workspaceId: number,
  arriving: readonly Arriving[],
  byName: boolean,
): Promise<Kin[]> {
  const given = arriving.map(({ found, name, version, workspaceId: workspace, path }, at) => ({
    ...{ at, found, name, version, workspace, path },
  }));
  const columns = 'g.at, f.id, f.uuid, f.workspace_id, f.file_path, f.file_size, f.file_stat, f.sha256';
  const current = 'not f.is_superseded and not f.is_deleted';
  /** Each by itself: a join may go through all current files. */
  const each = (condition: string) => `cross join lateral (
    select f.id, f.uuid, f.workspace_id, f.file_path, f.file_size, f.file_stat, f.sha256
    from scale_file f where ${condition} and ${current} offset 0) f`;
  const itself = `f.workspace_id = $1 and md5(f.file_path) = md5(g.found) and f.file_path = g.found and f.file_stat = g.version`;
  const ofName = `union all select ${columns}, 'name' from g
    join scale_file f on f.file_name = g.name and f.file_type = 'SOURCE' and ${current}`;
  return db.query<Kin>(
    `with g as materialized (select * from jsonb_to_recordset($2::jsonb)
       as g (at integer, found text, name text, version text, workspace bigint, path text))
     select ${columns}, 'place' as via from g ${each('f.workspace_id = g.workspace and md5(f.file_path) = md5(g.path) and f.file_path = g.path')}
     union all
     select ${columns}, 'itself' from g ${each(itself)}
     union all
     select ${columns}, 'itself' from g join scale_file f on ${itself} and f.is_superseded and not f.is_deleted
     union all
     select distinct ${columns}, 'found' from g join ingest i on i.workspace_id = $1
       and md5(i.file_path) = md5(g.found) and i.file_path = g.found and i.status = 'INGESTED' join scale_file f on f.id = i.source_file_id and ${current}
     ${byName ? ofName : ''}`,
    [workspaceId, JSON.stringify(given)],
  );
}

/** What is to be done about a file. */
export interface Verdict {
  /** The file of the catalogue that it is already. */
  readonly same?: Kin;
  /** What it comes in the place of; they stand elsewhere. */
  readonly former: readonly Kin[];
}

/**
 * Whether the place of a file is that of another one, which is no earlier version of it: the two would replace each other. Pure.
 * @param kin of this very file, none of which is the same
 */
export function isTakenByAnother(kin: readonly Kin[]): boolean {
  const earlier = new Set(kin.flatMap(({ via, id }) => (via === 'found' ? [id] : [])));
  return kin.some(({ via, id }) => via === 'place' && !earlier.has(id));
}

/**
 * Whether a file is one that the catalogue has: by its content, or as Scale by name and size. Pure.
 * @param kin of this very file
 */
export function judgeDuplicate(
  file: Arriving,
  kin: readonly Kin[],
  rule: 'content' | 'name-and-size',
): Verdict {
  const isSame = (one: Kin): boolean =>
    one.file_size === file.size &&
    (rule === 'name-and-size' ||
      (file.sha256 !== null && one.sha256 !== null
        ? one.sha256 === file.sha256
        : one.file_stat === file.version));
  const same = kin.find((one) => one.via === 'place' && isSame(one)) ?? kin.find(isSame);
  const former = kin.filter(
    (one) => one.via === 'found' && !(one.workspace_id === file.workspaceId && one.file_path === file.path),
  );
  return { ...(same && { same }), former };
}
