import type { Queries } from '../../database/index.ts';
import type { Identity } from '../identity.ts';
import { replaced } from './replaced.ts';

/** What would become of a job that is told to reuse, as far as rows tell: whether bytes are there is not looked at. */
export type WouldReuse =
  | { readonly reuses: true; readonly jobExeId: number; readonly jobId: number }
  | {
      readonly reuses: false;
      /** Nothing of this identity has completed; or what it made has been deleted or replaced; or it runs now. */
      readonly because: 'new' | 'gone' | 'running';
    };

const identitiesAtOnce = 10_000;

/** Looks many identities up at once. @returns in their order */
export async function wouldReuse(
  db: Queries,
  identities: readonly Pick<Identity, 'outputId'>[],
): Promise<WouldReuse[]> {
  const found = new Map<string, WouldReuse>();
  const ids = [...new Set(identities.map(({ outputId }) => outputId))];
  for (let start = 0; start < ids.length; start += identitiesAtOnce)
    for (const row of await lookUp(db, ids.slice(start, start + identitiesAtOnce)))
      found.set(row.outputId, asAnswer(row));
  return identities.map(({ outputId }) => found.get(outputId) ?? { reuses: false, because: 'new' });
}

interface Row {
  readonly outputId: string;
  readonly id: number | null;
  readonly jobId: number | null;
  readonly running: boolean;
  readonly completed: boolean;
}

function asAnswer({ id, jobId, running, completed }: Row): WouldReuse {
  if (id !== null && jobId !== null) return { reuses: true, jobExeId: id, jobId };
  return { reuses: false, because: running ? 'running' : completed ? 'gone' : 'new' };
}

/**
 * The newest execution of each whose products are all there. Each product is asked for by itself: with a join, the planner, which
 * takes the JSON for thousands of files, read the whole of `scale_file` for each execution.
 */
function lookUp(db: Queries, ids: readonly string[]): Promise<Row[]> {
  return db.query<Row>(
    `select w.id as "outputId", d.id, d."jobId", d.completed,
       exists (select from job_exe x where x.output_id = decode(w.id, 'hex') and x.status = 'RUNNING') as running
     from unnest($1::text[]) w (id) cross join lateral (
       select max(x.id) filter (where x.kept) as id, count(*) > 0 as completed,
         (array_agg(x.job_id order by x.id desc) filter (where x.kept))[1] as "jobId"
       from (
         select x.id, x.job_id, not exists (
           select from jsonb_each(coalesce(x.output->'files', '{}')) o cross join jsonb_array_elements(o.value) v
           where coalesce((
             select f.is_deleted or (f.is_superseded and ${replaced('f')})
             from scale_file f where f.id = v::text::bigint), true)) as kept
         from job_exe x where x.output_id = decode(w.id, 'hex') and x.status <> 'RUNNING'
           and x.status = 'COMPLETED' and x.exit_code is not null offset 0) x) d`,
    [ids],
  );
}
