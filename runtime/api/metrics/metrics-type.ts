import type { Queries } from '../../database/index.ts';

/** One statistic of a kind of metrics, in Scale's words. */
export interface Column {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly units: 'count' | 'seconds' | 'bytes';
  readonly group: string;
  readonly aggregate: 'sum' | 'min' | 'max' | 'avg';
}

export interface Group {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** A statistic of one day. */
export interface Value {
  /** `2019-10-14`. */
  readonly day: string;
  /** Id of the choice; null for all together. */
  readonly choice: number | null;
  readonly value: number;
}

/** Which days, and which choices: all together without any, else each for itself. */
export interface PlotFilter {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly choices: readonly number[] | undefined;
}

/** A kind of metrics. */
export interface MetricsType {
  readonly name: string;
  /** Its name in Scale's own code, where that is another than in its documents. */
  readonly alias?: string;
  readonly title: string;
  readonly description: string;
  /** Members of the choices by which clients may let their users filter. */
  readonly filters: readonly { readonly param: string; readonly type: string }[];
  readonly groups: readonly Group[];
  readonly columns: readonly Column[];
  /** What the metrics can be narrowed to. */
  choices(db: Queries): Promise<readonly object[]>;
  /** The values of every one of its columns, by name, the oldest first. */
  plot(db: Queries, filter: PlotFilter): Promise<ReadonlyMap<string, readonly Value[]>>;
}

/** A column that counts. */
export function countColumn(name: string, title: string, description: string, group = 'overview'): Column {
  return { name, title, description, units: 'count', group, aggregate: 'sum' };
}

const aggregates = { sum: 'Total', min: 'Minimum', max: 'Maximum', avg: 'Average' } as const;

/** The four columns of an amount. @param what e.g. `time in the queue` */
export function amountColumns(
  group: string,
  title: string,
  what: string,
  units: 'seconds' | 'bytes' = 'seconds',
): Column[] {
  return (Object.keys(aggregates) as (keyof typeof aggregates)[]).map((aggregate) => ({
    name: `${group}_${aggregate}`,
    title: `${title} (${aggregate[0]!.toUpperCase()}${aggregate.slice(1)})`,
    description: `${aggregates[aggregate]} ${what}.`,
    units,
    group,
    aggregate,
  }));
}
