/** Something that a list can be sorted by. */
export interface OrderField {
  readonly sql: string;
  readonly type: 'bigint' | 'text' | 'timestamptz' | 'boolean';
  /** Whether it may be null: then it comes last, in descending order first, as Postgres has it. */
  readonly nullable?: boolean;
  /**
   * Those that are null come last in descending order, too: an index of the others alone serves both, and is never read to
   * its end for a page.
   */
  readonly nullsLast?: boolean;
}

/** What a list can be sorted by, as queries name it. */
export type OrderFields = Readonly<Record<string, OrderField>>;

/** How a list is sorted. */
export type Order = readonly { readonly field: string; readonly descending: boolean }[];

/**
 * To follow `order by`. The last word is the id's, so that pages neither repeat nor skip rows; it goes the way of the field
 * before it, so that one index serves both.
 * @param fields every field of `order` is one of them
 * @param id e.g. `j.id`
 */
export function orderBy(order: Order, fields: OrderFields, id: string): string {
  const parts = order.map(({ field, descending }) => {
    const { sql, nullsLast } = fields[field]!;
    return `${directed(sql, descending)}${descending && nullsLast ? ' nulls last' : ''}`;
  });
  return [...parts, directed(id, isDescending(order))].join(', ');
}

/** Whether ids go down where all before them is equal. */
export function isDescending(order: Order): boolean {
  return order.at(-1)?.descending ?? false;
}

function directed(sql: string, descending: boolean): string {
  return descending ? `${sql} desc` : sql;
}
