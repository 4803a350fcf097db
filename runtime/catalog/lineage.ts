import type { Queries } from '../database/index.ts';

/** A file of a lineage. */
export interface LineageFile {
  readonly id: number;
  readonly file_name: string;
  readonly file_path: string;
  readonly workspace: { readonly id: number; readonly name: string };
  readonly file_type: 'SOURCE' | 'PRODUCT';
  readonly media_type: string;
  /** Bytes. */
  readonly file_size: number;
  readonly is_superseded: boolean;
  readonly is_deleted: boolean;
  /** Jobs between it and the file in question: below 0 for an ancestor, above for a descendant. */
  readonly distance: number;
}

/** A job that made the one file out of the other (and of others). */
export interface LineageLink {
  readonly ancestor_id: number;
  readonly descendant_id: number;
  /** null: a job of the Scale that both files were taken over from; it is not known here. */
  readonly job_id: number | null;
}

export interface LineageJob {
  readonly id: number;
  readonly job_type: { readonly id: number; readonly name: string; readonly version: string };
  readonly recipe: { readonly id: number } | null;
  readonly recipe_node: string | null;
}

export interface Lineage {
  /** The file in question is the one whose distance is 0. */
  readonly files: readonly LineageFile[];
  readonly links: readonly LineageLink[];
  readonly jobs: readonly LineageJob[];
  /** There is more in that direction: it was cut. */
  readonly cut: { readonly ancestors: boolean; readonly descendants: boolean };
}

export interface LineageBounds {
  /** Jobs between a file and the one in question. */
  readonly depth: number;
  /** Links in each direction. */
  readonly links: number;
  readonly direction: 'both' | 'ancestors' | 'descendants';
}

/**
 * What a file was made of and what was made of it, through any number of jobs. `file_ancestry_link` holds direct links only;
 * one query for each step follows them, so that a file that many ways lead to is visited once, and the bounds hold exactly.
 * @returns undefined when there is no such file
 */
export async function lineageOf(
  db: Queries,
  fileId: number,
  { depth, links: most, direction }: LineageBounds,
): Promise<Lineage | undefined> {
  const none: Walk = { distances: new Map(), links: [], isCut: false };
  const [up, down] = [
    direction === 'descendants' ? none : await walk(db, fileId, ancestors, depth, most),
    direction === 'ancestors' ? none : await walk(db, fileId, descendants, depth, most),
  ];
  const distances = new Map([...negated(up.distances), ...down.distances, [fileId, 0]]);
  const links = [...up.links, ...down.links];
  const files = await filesOf(db, [...distances.keys()]);
  if (!files.some(({ id }) => id === fileId)) return undefined;
  return {
    files: files
      .map((file) => ({ ...file, distance: distances.get(file.id)! }))
      .sort((a, b) => a.distance - b.distance || a.id - b.id),
    links,
    jobs: await jobsOf(db, [...new Set(links.flatMap(({ job_id }) => job_id ?? []))]),
    cut: { ancestors: up.isCut, descendants: down.isCut },
  };
}

/** One direction. */
interface Walk {
  /** Steps to each file. */
  readonly distances: ReadonlyMap<number, number>;
  readonly links: readonly LineageLink[];
  readonly isCut: boolean;
}

interface Direction {
  readonly from: 'ancestor_id' | 'descendant_id';
  readonly to: 'ancestor_id' | 'descendant_id';
}

const ancestors: Direction = { from: 'descendant_id', to: 'ancestor_id' };
const descendants: Direction = { from: 'ancestor_id', to: 'descendant_id' };

async function walk(
  db: Queries,
  start: number,
  { from, to }: Direction,
  depth: number,
  most: number,
): Promise<Walk> {
  const distances = new Map<number, number>();
  const links: LineageLink[] = [];
  let level = [start];
  for (let distance = 1; level.length > 0; distance++) {
    const isDeepest = distance > depth;
    const found = await db.query<LineageLink>(
      `select ancestor_id, descendant_id, job_id from file_ancestry_link
       where ${from} = any($1::bigint[]) order by ${from}, ${to} limit $2`,
      [level, isDeepest ? 1 : most - links.length + 1],
    );
    if (isDeepest) return { distances, links, isCut: found.length > 0 };
    const isCut = found.length > most - links.length;
    links.push(...found.slice(0, most - links.length));
    level = [];
    for (const link of isCut ? found.slice(0, -1) : found) {
      if (link[to] === start || distances.has(link[to])) continue;
      distances.set(link[to], distance);
      level.push(link[to]);
    }
    if (isCut) return { distances, links, isCut };
  }
  return { distances, links, isCut: false };
}

function negated(distances: Walk['distances']): [number, number][] {
  return [...distances].map(([id, distance]) => [id, -distance]);
}

function filesOf(db: Queries, ids: readonly number[]): Promise<Omit<LineageFile, 'distance'>[]> {
  return db.query(
    `select f.id, f.file_name, f.file_path, json_build_object('id', w.id, 'name', w.name) as workspace, f.file_type,
       f.media_type, f.file_size, f.is_superseded, f.is_deleted
     from scale_file f join workspace w on w.id = f.workspace_id where f.id = any($1::bigint[])`,
    [ids],
  );
}

function jobsOf(db: Queries, ids: readonly number[]): Promise<LineageJob[]> {
  return db.query(
    `select j.id, json_build_object('id', t.id, 'name', t.name, 'version', t.version) as job_type,
       case when j.recipe_id is null then null else json_build_object('id', j.recipe_id) end as recipe, j.recipe_node
     from job j join job_type t on t.id = j.job_type_id where j.id = any($1::bigint[]) order by j.id`,
    [ids],
  );
}
