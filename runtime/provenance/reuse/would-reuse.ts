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
  for (let start = 0; start < ids.length; start += identitiesAtOnce) {
    const asked = ids.slice(start, start + identitiesAtOnce);
    for (const row of await lookUp(db, asked)) found.set(asked[row.nth - 1]!, asAnswer(row));
  }
  return identities.map(({ outputId }) => found.get(outputId) ?? unknown);
}

const unknown: WouldReuse = { reuses: false, because: 'new' };

interface Row {
  /** From 1, which of those that were asked for. */
  readonly nth: number;
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
 * Those of which anything is known: the newest execution of each whose products are all there. Each product is asked for by
 * itself: with a join, the planner, which takes the JSON for thousands of files, read the whole of `scale_file` for each
 * execution.
 */
function lookUp(db: Queries, ids: readonly string[]): Promise<Row[]> {
  return db.query<Row>(
    `select w.nth, d.id, d."jobId", d.completed, r.running
     from unnest($1::text[]) with ordinality w (id, nth) cross join lateral (
       select exists (select from job_exe x where x.output_id = decode(w.id, 'hex') and x.status = 'RUNNING') as running
     ) r cross join lateral (
       select max(x.id) filter (where x.kept) as id, count(*) > 0 as completed,
         (array_agg(x.job_id order by x.id desc) filter (where x.kept))[1] as "jobId"
       from (
         select x.id, x.job_id, not exists (
           select from jsonb_each(coalesce(x.output->'files', '{}')) o cross join jsonb_array_elements(o.value) v
           where coalesce((
             select f.is_deleted or (f.is_superseded and ${replaced('f')})
             from scale_file f where f.id = v::text::bigint), true)) as kept
         from job_exe x where x.output_id = decode(w.id, 'hex') and x.status <> 'RUNNING'
           and x.status = 'COMPLETED' and x.exit_code is not null offset 0) x) d
     where d.completed or r.running`,
    [ids],
  );
}
