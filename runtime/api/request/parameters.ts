import { instant } from '../../../seed-schema/index.ts';
import type { Order } from '../../database/index.ts';
import { Query, refuse } from './query.ts';

/** One parameter of a query: what the OpenAPI document says of it, and how it is read. */
export interface Parameter<T = unknown> {
  /** JSON Schema of one value. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** It may be given several times. */
  readonly repeats: boolean;
  /** It may also be given as `NAME.PATH`. */
  readonly hasPaths?: boolean;
  readonly description: string;
  /** @throws invalid-request */
  readonly read: (query: Query, name: string) => T;
}

/** The parameters that an operation takes, by name. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** What is read of them. */
export type Values<P extends Parameters> = {
  readonly [Name in keyof P]: P[Name] extends Parameter<infer T> ? T : never;
};

export const one = <T>(schema: object, description: string, read: Parameter<T>['read']): Parameter<T> => ({
  schema: { ...schema },
  repeats: false,
  description,
  read,
});
export const several = <T>(
  schema: object,
  description: string,
  read: Parameter<T>['read'],
): Parameter<T> => ({
  ...one(schema, description, read),
  repeats: true,
});
const whole = { type: 'integer', minimum: 0 };
const moment = { type: 'string', examples: ['2019-10-14T00:00:00Z', 'PT3H'] };

export const text = (description: string) =>
  one({ type: 'string' }, description, (query, name) => query.text(name));
export const texts = (description: string) =>
  several({ type: 'string' }, description, (query, name) => query.texts(name));
export const number = (description: string) => one(whole, description, (query, name) => query.number(name));
export const numbers = (description: string) =>
  several(whole, description, (query, name) => query.numbers(name));
/** A whole number between two others. */
export const bounded = (least: number, most: number, usual: number, description: string) =>
  one(
    { type: 'integer', minimum: least, maximum: most, default: usual },
    description,
    (query, name): number => {
      const value = query.number(name) ?? usual;
      if (value >= least && value <= most) return value;
      throw refuse(name, `must be a whole number from ${least} to ${most}`);
    },
  );
export const flag = (description: string) =>
  one({ type: 'boolean' }, description, (query, name) => query.flag(name));
/** A time of ISO 8601 with its offset, or a duration: so long ago. A `…started` after its `…ended` is refused. */
export const time = (description: string) => one(moment, description, (query, name) => query.time(name));
export const word = <const Word extends string>(allowed: readonly Word[], description: string) =>
  one(
    { enum: allowed },
    description,
    (query, name) => query.words(name, allowed)?.at(-1) as Word | undefined,
  );
export const words = <Word extends string>(allowed: readonly Word[], description: string) =>
  several({ enum: allowed }, description, (query, name) => query.words(name, allowed) as Word[] | undefined);

/** @param fields as the query names them → as the database does */
export const order = (fields: Readonly<Record<string, unknown>>) => ({
  order: several(
    { enum: Object.keys(fields).flatMap((field) => [field, `-${field}`]) },
    'By which members it is sorted; `-` before one reverses it.',
    (query): Order => query.order(fields),
  ),
});

/** Those of every list. */
export const paging = {
  page: one({ type: 'integer', minimum: 1 }, 'Which page, from 1.', (query) => query.page().page),
  page_size: one(
    { type: 'integer', minimum: 1, default: 100 },
    'Rows of a page; more than 1000 are 1000.',
    (query) => query.page().limit,
  ),
};

/** Those of lists that may be long: a cursor beside pages. */
export const cursorPaging = {
  ...paging,
  cursor: one(
    { type: 'string' },
    'Instead of `page`: the rows after a place. Empty it begins; then `next` carries the one to go on with. Rows that are added meanwhile are neither missed nor seen twice.',
    (query) => query.page().cursor,
  ),
  count: word(
    ['exact', 'estimate'],
    'Beyond 10,000 rows `count` is an estimate, which `count_is_estimate` says. `exact` counts them all, which takes 0.3 s for a million.',
  ),
};

/** `started` and `ended`. @param what e.g. `when the job was last modified` */
export const timeRange = (what: string) => ({
  started: time(`The earliest: ${what}.`),
  ended: time(`The latest: ${what}.`),
});

/** @throws invalid-request */
export function readParameters<P extends Parameters>(query: Query, parameters: P): Values<P> {
  const values = Object.fromEntries(
    Object.entries(parameters).map(([name, { read }]) => [name, read(query, name)]),
  );
  for (const name of Object.keys(values).filter((key) => key.endsWith('started'))) {
    const until = name.replace(/started$/, 'ended');
    const [from, to] = [values[name], values[until]].map((value) => instant(String(value)));
    if (from !== undefined && to !== undefined && from > to) throw refuse(name, `is later than ${until}`);
  }
  return values as Values<P>;
}
