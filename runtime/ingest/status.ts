import { type ListPage, type Queries, type Window } from '../database/index.ts';
import { listStrikes, type StrikeRow } from './strikes.ts';

const hourMs = 3_600_000;

/** What was ingested in one hour. */
export interface IngestHour {
  /** Its beginning. */
  readonly time: string;
  readonly files: number;
  /** Bytes. */
  readonly size: number;
}

/** What a strike ingested in a range of time. */
export interface StrikeStatus {
  readonly id: number;
  readonly strike: StrikeRow;
  /** When the last of these was ingested, or collected. */
  readonly most_recent: string | null;
  readonly files: number;
  readonly size: number;
  /** Every hour of the range, those without files too. */
  readonly values: readonly IngestHour[];
}

/** By when files were ingested, or by when their data was collected. */
export type StatusTime = 'ingest_ended' | 'data_started';

interface CountedHour {
  readonly strike_id: number;
  readonly hour: string;
  readonly files: number;
  readonly size: number;
  readonly most_recent: string;
}

/** Files and bytes that each strike ingested, by the hour. @param range ISO 8601, in order */
export async function ingestStatus(
  db: Queries,
  range: { readonly started: string; readonly ended: string },
  by: StatusTime,
  window: Window,
): Promise<ListPage<StrikeStatus>> {
  const page = await listStrikes(db, {}, [{ field: 'id', descending: false }], window);
  const counted = await db.query<CountedHour>(
    `select strike_id, date_trunc('hour', ${by}, 'UTC') as hour, count(*) as files, coalesce(sum(file_size), 0)::bigint as size,
       max(${by}) as most_recent
     from ingest where strike_id = any($1::bigint[]) and status = 'INGESTED'
       and ${by} >= $2::timestamptz and ${by} <= $3::timestamptz
     group by 1, 2 order by 1, 2`,
    [page.rows.map(({ id }) => id), range.started, range.ended],
  );
  const hours = hoursOf(range.started, range.ended);
  const rows = page.rows.map((strike) =>
    statusOf(
      strike,
      counted.filter((one) => one.strike_id === strike.id),
      hours,
    ),
  );
  return { ...page, rows };
}

function statusOf(
  strike: StrikeRow,
  counted: readonly CountedHour[],
  hours: readonly string[],
): StrikeStatus {
  const known = new Map(counted.map((one) => [hourOf(Date.parse(one.hour)), one]));
  return {
    id: strike.id,
    strike,
    most_recent: counted.at(-1)?.most_recent ?? null,
    files: counted.reduce((sum, { files }) => sum + files, 0),
    size: counted.reduce((sum, { size }) => sum + size, 0),
    values: hours.map((time) => ({
      time,
      files: known.get(time)?.files ?? 0,
      size: known.get(time)?.size ?? 0,
    })),
  };
}

/** Beginnings of the hours that a range touches. */
function hoursOf(started: string, ended: string): string[] {
  const hours: string[] = [];
  const first = Math.floor(Date.parse(started) / hourMs) * hourMs;
  for (let time = first; time <= Date.parse(ended); time += hourMs) hours.push(hourOf(time));
  return hours;
}

/** As `2019-10-14T05:00:00Z`. */
function hourOf(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
