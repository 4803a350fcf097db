import { instant } from '../../../seed-schema/index.ts';
import type { Queries, Window } from '../../database/index.ts';
import { registry } from '../../errors/index.ts';
import type { ErrorKey } from '../error-key.ts';
import { type ErrorBase, shownCategory } from './error-base.ts';
import { builtinErrorId, firstManifestError, manifestErrorId } from './error-id.ts';
import type { ListPage, Order } from './page.ts';

/** An error that there is, whether or not it has ever come. */
export interface ErrorDetails extends ErrorBase {
  readonly created: string;
  readonly last_modified: string;
}

/** Which errors are listed. */
export interface ErrorFilter {
  /** When the error was last modified; ISO 8601 with an offset. */
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
  readonly isBuiltin?: boolean | undefined;
  readonly jobTypeNames?: readonly string[] | undefined;
  readonly names?: readonly string[] | undefined;
  /** SYSTEM, DATA, ALGORITHM. */
  readonly categories?: readonly string[] | undefined;
}

/** Members that errors can be sorted by. */
export const errorOrders: Readonly<Record<string, string>> = Object.fromEntries(
  ['id', 'name', 'title', 'job_type_name', 'category', 'is_builtin', 'created', 'last_modified'].map(
    (name) => [name, name],
  ),
);

/** Seedbed's own errors, which are as old as the installation, and those that the manifests of the job types define. */
export async function listErrors(
  db: Queries,
  filter: ErrorFilter,
  order: Order,
  { offset, limit }: Window,
): Promise<ListPage<ErrorDetails>> {
  const rows = (await allErrors(db)).filter((row) => meets(row, filter)).sort(comparison(order));
  return { count: rows.length, rows: rows.slice(offset, offset + limit) };
}

export async function errorById(db: Queries, id: number): Promise<ErrorDetails | undefined> {
  return (await allErrors(db)).find((row) => row.id === id);
}

/** What errors of these ids are called. */
export async function errorKeys(db: Queries, ids: readonly number[]): Promise<ErrorKey[]> {
  const known = ids.every((id) => id < firstManifestError) ? await builtinErrors(db) : await allErrors(db);
  return known
    .filter(({ id }) => ids.includes(id))
    .map(({ name, job_type_name: jobTypeName }) => ({ name, jobTypeName }));
}

/** Seedbed's own errors. */
export async function builtinErrors(db: Queries): Promise<ErrorDetails[]> {
  const [row] = await db.query<{ created: string }>('select created from installation');
  return Object.entries(registry).map(([name, { code, title, message, category, retry }]) => ({
    id: builtinErrorId(code),
    name,
    title,
    description: message,
    job_type_name: null,
    category: shownCategory(category),
    is_builtin: true,
    should_be_retried: retry,
    created: row!.created,
    last_modified: row!.created,
  }));
}

async function allErrors(db: Queries): Promise<ErrorDetails[]> {
  const [builtin, ofManifests] = await Promise.all([builtinErrors(db), manifestErrors(db)]);
  return [...builtin, ...ofManifests];
}

/** Each once for all versions of its job type; title and so on are those of the version that was made last. */
async function manifestErrors(db: Queries): Promise<ErrorDetails[]> {
  const rows = await db.query<Omit<ErrorDetails, 'id' | 'is_builtin' | 'should_be_retried'>>(
    `select distinct on (t.name, e->>'name') t.name as job_type_name, e->>'name' as name, e->>'title' as title,
       e->>'description' as description, coalesce(e->>'category', 'job') as category,
       min(t.created) over same as created, max(t.last_modified) over same as last_modified
     from job_type t cross join lateral jsonb_array_elements(
       case jsonb_typeof(t.manifest->'job'->'errors') when 'array' then t.manifest->'job'->'errors' else '[]' end) e
     where t.project_id = 1 and e->>'name' is not null
     window same as (partition by t.name, e->>'name')
     order by t.name, e->>'name', t.id desc`,
  );
  return rows.map(({ category, ...row }) => ({
    id: manifestErrorId(row.job_type_name!, row.name),
    ...row,
    category: shownCategory(category),
    is_builtin: false,
    should_be_retried: false,
  }));
}

function meets(row: ErrorDetails, filter: ErrorFilter): boolean {
  const among = (values: readonly string[] | undefined, value: string | null) =>
    values === undefined || (value !== null && values.includes(value));
  const modified = instant(row.last_modified)!;
  return (
    (filter.started === undefined || modified >= instant(filter.started)!) &&
    (filter.ended === undefined || modified <= instant(filter.ended)!) &&
    (filter.isBuiltin === undefined || row.is_builtin === filter.isBuiltin) &&
    among(filter.jobTypeNames, row.job_type_name) &&
    among(filter.names, row.name) &&
    among(filter.categories, row.category)
  );
}

/** By the members of the order, then by id. Null comes last. */
function comparison(order: Order): (one: ErrorDetails, other: ErrorDetails) => number {
  const fields = [
    ...order.map(({ field, descending }) => ({
      field: field as keyof ErrorDetails,
      sign: descending ? -1 : 1,
    })),
    { field: 'id' as const, sign: 1 },
  ];
  return (one, other) => {
    for (const { field, sign } of fields) {
      const [a, b] = [one[field], other[field]];
      if (a === b) continue;
      if (a === null || b === null) return (a === null ? 1 : -1) * sign;
      return (a < b ? -1 : 1) * sign;
    }
    return 0;
  };
}
