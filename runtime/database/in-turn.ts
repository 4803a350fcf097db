import type { Queries } from './queries.ts';

/** Statements over one session, which takes one at a time. */
export interface InTurn {
  readonly queries: Queries;
  /** Takes no more statements; resolves when the last one has ended. */
  end(): Promise<void>;
}

/** @param ended what a statement after the end is told */
export function inTurn(queries: Queries, ended = 'This session has ended'): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  let over = false;
  const turn = <Value>(statement: () => Promise<Value>): Promise<Value> => {
    if (over) return Promise.reject(new Error(ended));
    const mine = last.then(statement);
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    queries: {
      query: <Row extends object>(sql: string, parameters?: readonly unknown[]) =>
        turn(() => queries.query<Row>(sql, parameters)),
      prepared: <Row extends object>(name: string, sql: string, parameters: readonly unknown[]) =>
        turn(() => queries.prepared<Row>(name, sql, parameters)),
      execute: (sql, parameters) => turn(() => queries.execute(sql, parameters)),
    },
    end: async () => {
      over = true;
      await last;
    },
  };
}
