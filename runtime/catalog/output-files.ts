import { Conditions, type ListPage, type Queries } from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { ScaleFile } from './scale-file.ts';
import { filesById } from './sources.ts';

/** Whose files are listed, and which of them. */
export interface OutputFilter {
  /** A recipe's are also those of the recipes inside it. */
  readonly of: { readonly kind: 'batch' | 'recipe'; readonly id: number };
  /** Names of outputs. */
  readonly outputs?: readonly string[] | undefined;
  /** Names of nodes of the recipe that the job is directly in. */
  readonly nodes?: readonly string[] | undefined;
  /** Names. */
  readonly jobTypes?: readonly string[] | undefined;
}

/** A file that a job gave; another job may have made it. */
export interface OutputFile extends ScaleFile {
  readonly of: {
    readonly job: number;
    /** At the top; null for a job of no recipe. */
    readonly recipe: number | null;
    readonly output: string;
    /** Among the files of that output, from 0. */
    readonly position: number;
  };
}

interface Row {
  readonly job: number;
  readonly recipe: number | null;
  readonly output: string;
  readonly position: number;
  readonly place: number;
  readonly file: number;
}

/** Where a page ended, and how many files there were when the list was begun. */
interface Place {
  readonly job: number;
  readonly place: number;
  readonly count: number;
}

const wholeness = `case when jsonb_typeof(j.output -> 'files') = 'object' then j.output -> 'files' else '{}' end`;

/** The files of a job's output, numbered: by the name of the output, then in the order in which the job gave them. */
const given = `
  select e.key as output, p.position - 1 as position, p.value::bigint as file,
    row_number() over (order by e.key collate "C", p.position) as place
  from jsonb_each(${wholeness}) e
  cross join lateral jsonb_array_elements_text(
    case when jsonb_typeof(e.value) = 'array' then e.value else jsonb_build_array(e.value) end
  ) with ordinality p (value, position)`;

/**
 * What the jobs of a batch or recipe gave that have completed, by job, output and position; deleted files are left out. It is
 * read by cursors: jobs that complete behind the cursor are found when the list is read once more.
 * @param window without a cursor the list begins
 */
export async function listOutputFiles(
  db: Queries,
  { of, outputs, nodes, jobTypes }: OutputFilter,
  { limit, cursor = '' }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<ListPage<OutputFile>> {
  const after = placeOf(cursor);
  const conditions = new Conditions();
  const id = conditions.bind(of.id, 'bigint');
  conditions.add(of.kind === 'batch' ? `j.batch_id = ${id}` : `j.recipe_id = any(array(${partsOf(id)}))`);
  conditions
    .add('j.output is not null')
    .among('o.output', outputs, 'text')
    .among('j.recipe_node', nodes, 'text');
  if (jobTypes) {
    const names = conditions.bind(jobTypes, 'text[]');
    conditions.add(`j.job_type_id in (select t.id from job_type t where t.name = any(${names}))`);
  }
  const tables = `from job j cross join lateral (${given}) o`;
  const count = after?.count ?? (await counted(db, `${tables} where ${conditions.text}`, conditions.values));
  if (after) {
    const job = conditions.bind(after.job, 'bigint');
    const place = conditions.bind(after.place, 'bigint');
    // The first half is what an index can use.
    conditions.add(`j.id >= ${job} and (j.id > ${job} or o.place > ${place})`);
  }
  const found = await db.query<Row>(
    `select j.id as job, j.root_recipe_id as recipe, o.output, o.position, o.place, o.file ${tables}
     where ${conditions.text} order by j.id, o.place limit ${conditions.bind(limit + 1, 'bigint')}`,
    conditions.values,
  );
  const rows = found.slice(0, limit);
  const files = await filesById(db, [...new Set(rows.map(({ file }) => file))]);
  const byId = new Map(files.map((file) => [file.id, file]));
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    count,
    cursor: last ? cursorOf({ job: last.job, place: last.place, count }) : null,
    rows: rows.flatMap(({ job, recipe, output, position, file: fileId }) => {
      const file = byId.get(fileId);
      return file && !file.is_deleted ? [{ ...file, of: { job, recipe, output, position } }] : [];
    }),
  };
}

/**
 * A recipe and all those inside it. Jobs are looked up by an array of them: of a recursive query the planner expects so much
 * that it would read all jobs.
 * @param id as SQL
 */
function partsOf(id: string): string {
  return `with recursive part as (
    select r.id from recipe r where r.id = ${id} union all
    select r.id from recipe r join part on r.recipe_id = part.id
  ) select part.id from part`;
}

async function counted(db: Queries, from: string, values: readonly unknown[]): Promise<number> {
  const [row] = await db.query<{ count: number }>(`select count(*) as count ${from}`, [...values]);
  return row!.count;
}

function cursorOf({ job, place, count }: Place): string {
  return Buffer.from(JSON.stringify([job, place, count])).toString('base64url');
}

/** @returns undefined for the empty cursor @throws invalid-request */
function placeOf(cursor: string): Place | undefined {
  if (cursor === '') return undefined;
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (Array.isArray(parts) && parts.length === 3 && parts.every((part) => Number.isSafeInteger(part))) {
      const [job, place, count] = parts as [number, number, number];
      if (count >= 0) return { job, place, count };
    }
  } catch {
    // As any other text.
  }
  throw new SeedbedError('invalid-request', { problem: 'The parameter cursor is none of this list' });
}
