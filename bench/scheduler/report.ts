import type { Samples } from '../support/statistics.ts';
import { mark, ms, table } from '../support/table.ts';
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

/** What is asked of our scheduler, at each length of the queue. Pure. */
export function budgetsTable(measured: readonly Measured[], lengths: readonly number[]): string {
  const find = (name: string, form: Contender['form']) =>
    measured.find(({ contender }) => contender.name.startsWith(name) && contender.form === form)?.rates;
  const [batches, single] = [find('seedbed', 'batches'), find('seedbed', 'one job per claim')];
  const judge = (what: string, least: number, value: (length: number) => number | undefined) => [
    what,
    ...lengths.map((length) => {
      const found = value(length);
      return found === undefined ? '' : `${shown(found)} ${mark(found >= least)}`;
    }),
    `≥ ${least.toLocaleString('en')}`,
  ];
  const ratio =
    (ours: Measured['rates'] | undefined, name: string, form: Contender['form']) => (length: number) => {
      const [mine, theirs] = [ours?.get(length), find(name, form)?.get(length)];
      return mine === undefined || theirs === undefined ? undefined : mine / Math.max(theirs, 0.1);
    };
  const first = lengths[0]!;
  return table(
    ['seedbed', ...lengths.map((length) => `${length.toLocaleString('en')} waiting`), 'budget'],
    [
      judge('in batches: lifecycles/s', 3000, (length) => batches?.get(length)),
      judge('in batches: × bare SQL in batches', 0.5, ratio(batches, 'bare SQL', 'batches')),
      judge('in batches: × the shortest queue', 0.5, (length) =>
        batches ? batches.get(length)! / batches.get(first)! : undefined,
      ),
      judge('one job per claim: × graphile-worker', 1, ratio(single, 'graphile-worker', 'one job per claim')),
      judge('one job per claim: × pg-boss', 1, ratio(single, 'pg-boss', 'one job per claim')),
    ],
  );
}

/** From the end of a submission to the begin of the execution. Pure. */
export function pickUpTable(samples: Samples): string {
  const p50 = samples.p50('pick-up');
  return table(
    ['ms', 'p50', 'p95', 'budget'],
    [['pick-up by an idle runtime', ms(p50), ms(samples.p95('pick-up')), `p50 ≤ 5 ${mark(p50 <= 5)}`]],
  );
}

/** What an idle runtime asks the database. Pure. */
export function idleTable(perSecond: number): string {
  return table(
    ['', 'a second', 'budget'],
    [['statements of an idle runtime', perSecond.toFixed(2), `≤ 1 ${mark(perSecond <= 1)}`]],
  );
}

function shown(rate: number | undefined): string {
  return rate === undefined ? '' : rate < 10 ? rate.toFixed(2) : Math.round(rate).toLocaleString('en');
}
