/** One page of a list. */
export interface ListPage<Row> {
  /** Rows on all pages. */
  readonly count: number;
  readonly rows: readonly Row[];
}

/** How a list is sorted: names of fields, `-` before them for descending. */
export type Order = readonly { readonly field: string; readonly descending: boolean }[];

/**
 * To follow `order by`. The last word is the id's, so that pages neither repeat nor skip rows.
 * @param fields what may be sorted by, with its expression
 */
export function orderBy(order: Order, fields: Readonly<Record<string, string>>, id: string): string {
  return [...order.map(({ field, descending }) => `${fields[field]!}${descending ? ' desc' : ''}`), id].join(
    ', ',
  );
}
