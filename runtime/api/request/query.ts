import { instant, inUtc } from '../../../seed-schema/index.ts';
import type { Order, Window } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { durationMs } from './duration.ts';

/** Values of one repeated parameter. */
const mostValues = 1000;
const defaultPageSize = 100;
const largestPage = 1000;

/**
 * The parameters of a request's address, read by type. What is not of its type is refused by name, and an empty value is as
 * good as none.
 */
export class Query {
  readonly #parameters: URLSearchParams;
  readonly #ignored: ((orders: readonly string[]) => void) | undefined;

  /**
   * @param url path and query, as the request line has them
   * @param ignored is told of orders that are not known; without it they are refused
   */
  constructor(url: string, ignored?: (orders: readonly string[]) => void) {
    this.#ignored = ignored;
    this.#parameters = new URLSearchParams(url.split('?').slice(1).join('?'));
  }

  /** Of all parameters that are given, each once. */
  names(): string[] {
    return [...new Set(this.#parameters.keys())];
  }

  /** Every value of a repeated parameter; undefined without any. */
  texts(name: string): string[] | undefined {
    const values = this.#parameters.getAll(name).filter((value) => value !== '');
    if (values.length > mostValues) throw refuse(name, `is given more than ${mostValues} times`);
    return values.length === 0 ? undefined : values;
  }

  /** The last one, where it is repeated. */
  text(name: string): string | undefined {
    return this.texts(name)?.at(-1);
  }

  /** Whole numbers from 0 that JSON can hold. */
  numbers(name: string): number[] | undefined {
    return this.texts(name)?.map((text) => {
      const value = Number(text);
      if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
        throw refuse(name, `must be a whole number, not ${quoted(text)}`);
      return value;
    });
  }

  number(name: string): number | undefined {
    return this.numbers(name)?.at(-1);
  }

  flag(name: string): boolean | undefined {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return undefined;
    if (['true', 't', '1'].includes(text)) return true;
    if (['false', 'f', '0'].includes(text)) return false;
    throw refuse(name, `must be true or false, not ${quoted(text)}`);
  }

  /** Each of several words. */
  words(name: string, allowed: readonly string[]): string[] | undefined {
    return this.texts(name)?.map((text) => {
      const word = allowed.find((one) => one.toLowerCase() === text.toLowerCase());
      if (word !== undefined) return word;
      throw refuse(name, `must be one of ${allowed.join(', ')}, not ${quoted(text)}`);
    });
  }

  /** A time of ISO 8601 with its offset, or a duration: so long ago. */
  time(name: string, now = Date.now()): string | undefined {
    const text = this.text(name);
    if (text === undefined || instant(text) !== undefined) return text;
    const duration = durationMs(text);
    const ago = new Date(now - (duration ?? NaN));
    if (duration !== undefined && ago.getTime() > -62_000_000_000_000) return ago.toISOString();
    const utc = inUtc(text);
    if (utc !== undefined) throw refuse(name, `must have an offset from UTC, as in ${utc}`);
    throw refuse(name, `must be a time as 2019-10-14T00:00:00Z or a duration as PT3H, not ${quoted(text)}`);
  }

  /** Both ends of a range of times. */
  times(from: string, to: string): { started: string | undefined; ended: string | undefined } {
    const now = Date.now();
    const [started, ended] = [this.time(from, now), this.time(to, now)];
    if (started !== undefined && ended !== undefined && instant(started)! > instant(ended)!)
      throw refuse(from, `is later than ${to}`);
    return { started, ended };
  }

  /**
   * The parameter `order`, repeated; `-` before a field reverses it. Scale's web client parts members of members with a point,
   * its documents with two underscores.
   */
  order(fields: Readonly<Record<string, unknown>>): Order {
    const orders = (this.texts('order') ?? []).map((text) => ({
      text,
      field: text.replace(/^-/, '').replaceAll('.', '__'),
      descending: text.startsWith('-'),
    }));
    const unknown = orders.filter(({ field }) => !Object.hasOwn(fields, field)).map(({ text }) => text);
    if (unknown.length > 0 && !this.#ignored)
      throw refuse('order', `must be one of ${Object.keys(fields).join(', ')}, not ${quoted(unknown[0]!)}`);
    this.#ignored?.(unknown);
    return orders
      .filter(({ text }) => !unknown.includes(text))
      .map(({ field, descending }) => ({ field, descending }));
  }

  /** Of `page` and `page_size`; a page has 100 rows, or up to 1000. */
  page(): Window & { readonly page: number } {
    const page = this.number('page') ?? 1;
    const size = Math.min(this.number('page_size') ?? defaultPageSize, largestPage);
    if (page < 1 || page > 1e9) throw refuse('page', 'must be a whole number from 1');
    if (size < 1) throw refuse('page_size', `must be a whole number from 1 to ${largestPage}`);
    const cursor = this.#parameters.get('cursor') ?? undefined;
    if (cursor !== undefined && this.text('page') !== undefined)
      throw refuse('cursor', 'takes the place of page; give one of them');
    const isExact = this.words('count', ['exact', 'estimate'])?.at(-1) === 'exact';
    const window = { page, limit: size, offset: (page - 1) * size, isExact };
    return { ...window, ...(cursor !== undefined && { cursor }) };
  }

  /** The same query with another value of a parameter, to follow `?`. */
  with(name: string, value: string | number): string {
    const parameters = new URLSearchParams(this.#parameters);
    parameters.set(name, `${value}`);
    return parameters.toString();
  }
}

/** What is wrong with a parameter, as the error that is answered. */
export function refuse(name: string, problem: string): SeedbedError {
  return new SeedbedError('invalid-request', { problem: `The parameter ${name} ${problem}` });
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
