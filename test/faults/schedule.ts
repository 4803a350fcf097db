import { randomOf } from '../support/log-output.ts';
import { type Kind, kindOf, kinds } from './kinds.ts';

/** What can happen to the parts of a world, and to which of several. */
export type Fault =
  | { readonly what: 'kill-runtime' | 'stop-runtime' | 'hang-runtime'; readonly runtime: number }
  | { readonly what: 'cut-connections' | 'swallow-traffic'; readonly runtime: number }
  | { readonly what: 'restart-engine'; readonly how: 'stop' | 'kill' }
  | { readonly what: 'restart-database'; readonly how: 'SIGINT' | 'SIGQUIT' };

export type Timed<Thing> = Thing & {
  /** Milliseconds from the beginning. */
  readonly at: number;
};

export type ScheduledFault = Timed<Fault & { readonly lasts: number }>;

export interface ScheduledJob {
  readonly at: number;
  readonly number: number;
  readonly kind: Kind;
  /** Milliseconds after its submission; undefined: it is not canceled. */
  readonly cancelAfter?: number;
}

/** All that happens to a world, decided before anything does. */
export interface Schedule {
  readonly jobs: readonly ScheduledJob[];
  readonly faults: readonly ScheduledFault[];
}

export const runtimes = 2;

/** One of each before any comes again, so that a short schedule has all of them. */
const deck = [
  'kill-runtime',
  'cut-connections',
  'restart-database',
  'kill-runtime',
  'hang-runtime',
  'restart-engine',
  'stop-runtime',
  'swallow-traffic',
] as const;

/** Milliseconds for which each lasts: from, to. */
const lasting: Readonly<Record<Fault['what'], readonly [number, number]>> = {
  'kill-runtime': [0, 6000],
  'stop-runtime': [0, 3000],
  'hang-runtime': [1000, 15_000],
  'cut-connections': [0, 0],
  'swallow-traffic': [500, 15_000],
  'restart-engine': [0, 2000],
  'restart-database': [0, 4000],
};

const jobMs = 600;
const faultMs = 4000;

/** The same seed gives the same schedule. @param jobs how many; faults come for as long as jobs do */
export function scheduleOf(seed: number, jobs: number): Schedule {
  const random = randomOf(seed);
  const between = (from: number, to: number) => Math.round(from + random() * (to - from));
  const one = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]!;
  const names = Object.keys(kinds) as Kind[];
  const window = jobs * jobMs;
  const shuffled = <Value>(values: readonly Value[]) =>
    values
      .map((value) => ({ value, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ value }) => value);

  const scheduled: ScheduledJob[] = [];
  for (let number = 1; number <= jobs; number++) {
    const kind = number <= names.length ? names[number - 1]! : one(names);
    const cancelAfter = kindOf(kind).canceled ? { cancelAfter: between(0, 8000) } : {};
    scheduled.push({ at: between(0, window), number, kind, ...cancelAfter });
  }
  const faults: ScheduledFault[] = [];
  const count = Math.max(deck.length, Math.round(window / faultMs));
  let pile: (typeof deck)[number][] = [];
  for (let at = 0; faults.length < count;) {
    if (pile.length === 0) pile = shuffled(deck);
    at += between(0.4 * (window / count), 1.6 * (window / count));
    const what = pile.pop()!;
    const [from, to] = lasting[what];
    const lasts = between(from, to);
    if (what === 'restart-engine') faults.push({ at, lasts, what, how: one(['stop', 'kill'] as const) });
    else if (what === 'restart-database')
      faults.push({ at, lasts, what, how: one(['SIGINT', 'SIGQUIT'] as const) });
    else faults.push({ at, lasts, what, runtime: between(0, runtimes - 1) });
  }
  return { jobs: scheduled.sort((a, b) => a.at - b.at), faults };
}
