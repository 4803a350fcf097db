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

/** The newest execution of each whose products are all there. */
function lookUp(db: Queries, ids: readonly string[]): Promise<Row[]> {
  return db.query<Row>(
    `with wanted as materialized (select id, decode(id, 'hex') as output_id from unnest($1::text[]) id),
     done as (
       select w.id as wanted, x.id, x.job_id, not exists (
         select from jsonb_each(coalesce(x.output->'files', '{}')) o cross join jsonb_array_elements(o.value) v
         left join scale_file f on f.id = v::text::bigint
         where f.id is null or f.is_deleted or (f.is_superseded and ${replaced('f')})) as kept
       from wanted w join job_exe x on x.output_id = w.output_id and x.status <> 'RUNNING'
         and x.status = 'COMPLETED' and x.exit_code is not null
     )
     select w.id as "outputId", d.id, d."jobId", coalesce(d.completed, false) as completed,
       exists (select from job_exe x where x.output_id = w.output_id and x.status = 'RUNNING') as running
     from wanted w left join (
       select wanted, max(id) filter (where kept) as id, true as completed,
         (array_agg(job_id order by id desc) filter (where kept))[1] as "jobId"
       from done group by wanted) d on d.wanted = w.id`,
    [ids],
  );
}
