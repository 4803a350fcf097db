import { table } from '../support/table.ts';
import type { Contender } from './contender.ts';

/** What one contender did. */
export interface Measured {
  readonly contender: Pick<Contender, 'name' | 'form'>;
  readonly concurrency: number;
  /** Lifecycles a second by the length of the queue. */
  readonly rates: ReadonlyMap<number, number>;
}

/** Lifecycles a second, of all contenders of one form. Pure. */
export function ratesTable(
  measured: readonly Measured[],
  form: Contender['form'],
  lengths: readonly number[],
): string {
  return table(
    [form, 'at once', ...lengths.map((length) => `${length.toLocaleString('en')} waiting`)],
    measured
      .filter(({ contender }) => contender.form === form)
      .map(({ contender, concurrency, rates }) => [
        contender.name,
        String(concurrency),
        ...lengths.map((length) => shown(rates.get(length))),
      ]),
  );
}

function shown(rate: number | undefined): string {
  return rate === undefined ? '' : rate < 10 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en');
}
