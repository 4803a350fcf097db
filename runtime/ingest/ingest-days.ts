import { Conditions, type Queries } from '../database/index.ts';

const amounts = ['file_size', 'transfer_time', 'ingest_time'] as const;
type Amount = (typeof amounts)[number];

/** What became of the files of a day that strikes found: of one strike, or of all. Sizes in bytes, times in seconds. */
export interface IngestDay extends Readonly<
  Record<`${Amount}_${'sum' | 'min' | 'max' | 'avg'}`, number | null>
> {
  /** In UTC, `2019-10-14`. */
  readonly day: string;
  /** `strike.id`; null for all strikes together. */
  readonly choice: number | null;
  readonly deferred_count: number;
  readonly ingested_count: number;
  readonly errored_count: number;
  readonly duplicate_count: number;
  readonly total_count: number;
}

/** Days in UTC, both included; which strikes: all together without any, else each for itself. */
export interface IngestDaysFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly strikes?: readonly number[] | undefined;
}

/** Days on which something became of files, in order. Sizes and times are those of files that were ingested. */
export function ingestDays(db: Queries, { from, to, strikes }: IngestDaysFilter): Promise<IngestDay[]> {
  const conditions = new Conditions()
    .add('i.strike_id is not null')
    .among('i.strike_id', strikes, 'bigint')
    .among('i.status', ['DEFERRED', 'INGESTED', 'ERRORED', 'DUPLICATE'], 'text');
  if (from !== undefined) conditions.add(`i.last_modified >= ${conditions.bind(from, 'timestamptz')}`);
  if (to !== undefined)
    conditions.add(`i.last_modified < ${conditions.bind(to, 'timestamptz')} + interval '1 day'`);
  const count = (status: string) =>
    `count(*) filter (where i.status = '${status.toUpperCase()}')::bigint as ${status}_count`;
  const counts = ['deferred', 'ingested', 'errored', 'duplicate'].map(count);
  const columns = amounts.flatMap((amount) =>
    ['sum', 'min', 'max', 'avg'].map(
      (aggregate) =>
        `${aggregate}(${expressions[amount]}) filter (where i.status = 'INGESTED')::double precision as ${amount}_${aggregate}`,
    ),
  );
  return db.query<IngestDay>(
    `select to_char(i.last_modified at time zone 'UTC', 'YYYY-MM-DD') as day,
       ${strikes ? 'i.strike_id' : 'null::bigint'} as choice, count(*)::bigint as total_count, ${[...counts, ...columns].join(', ')}
     from ingest i where ${conditions.text} group by 1, 2 order by 1, 2`,
    conditions.values,
  );
}

const seconds = (from: string, to: string) => `extract(epoch from i.${to} - i.${from})`;

const expressions: Readonly<Record<Amount, string>> = {
  file_size: 'i.file_size',
  transfer_time: seconds('transfer_started', 'transfer_ended'),
  ingest_time: seconds('ingest_started', 'ingest_ended'),
};
