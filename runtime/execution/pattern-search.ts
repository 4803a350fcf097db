import { accepts, type Pattern } from './pattern.ts';

/** Indices into the searched characters; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface SearchOptions {
  /** Where the search begins; 0 unless given. */
  readonly from?: number;
  /** Only a match that begins at `from`. */
  readonly anchored?: boolean;
  /** The first end instead of the last. */
  readonly shortest?: boolean;
}

const none = Infinity;

/**
 * The leftmost match of a pattern, and of those the longest (or the shortest). Runs every possibility at once, one step
 * for each character, so it takes tokens × characters steps at most.
 */
export function findMatch(
  pattern: Pattern,
  text: readonly string[],
  options: SearchOptions = {},
): Span | undefined {
  const from = options.from ?? 0;
  const accepting = pattern.length;
  // For each number of tokens done: where the earliest attempt that got so far began.
  let starts = new Array<number>(accepting + 1).fill(none);
  let found: Span | undefined;
  for (let at = from; at <= text.length; at++) {
    if (!found && (at === from || !options.anchored)) starts[0] = Math.min(starts[0]!, at);
    pattern.forEach((token, state) => {
      if (token.kind === 'any') starts[state + 1] = Math.min(starts[state + 1]!, starts[state]!);
    });
    const start = starts[accepting]!;
    if (start <= (found?.start ?? text.length)) {
      found = { start, end: at };
      if (options.shortest) return found;
    }
    if (at === text.length) break;
    const latest = found?.start ?? none;
    const next = new Array<number>(accepting + 1).fill(none);
    let alive = false;
    pattern.forEach((token, state) => {
      const began = starts[state]!;
      if (began === none || began > latest || !accepts(token, text[at]!)) return;
      const reached = token.kind === 'any' ? state : state + 1;
      next[reached] = Math.min(next[reached]!, began);
      alive = true;
    });
    if (!alive && (found || options.anchored)) break;
    starts = next;
  }
  return found;
}

/** How many characters at the beginning the pattern takes; undefined when it takes no beginning. */
export function matchPrefix(pattern: Pattern, text: readonly string[], longest: boolean): number | undefined {
  return findMatch(pattern, text, { anchored: true, shortest: !longest })?.end;
}

/** How many characters at the end the pattern takes; undefined when it takes no end. */
export function matchSuffix(pattern: Pattern, text: readonly string[], longest: boolean): number | undefined {
  return matchPrefix(pattern.toReversed(), text.toReversed(), longest);
}

/**
 * The stretches that a replacement takes, each the longest at its place. An empty pattern stands before the first
 * character (`prefix`), behind the last (`suffix`), or nowhere.
 */
export function findMatches(
  pattern: Pattern,
  text: readonly string[],
  which: 'first' | 'all' | 'prefix' | 'suffix',
): Span[] {
  if (which === 'prefix' || which === 'suffix') {
    const taken = (which === 'prefix' ? matchPrefix : matchSuffix)(pattern, text, true);
    if (taken === undefined) return [];
    return [which === 'prefix' ? { start: 0, end: taken } : { start: text.length - taken, end: text.length }];
  }
  const spans: Span[] = [];
  if (pattern.length === 0) return spans;
  do {
    const span = findMatch(pattern, text, { from: spans.at(-1)?.end ?? 0 });
    if (!span) break;
    spans.push(span);
  } while (which === 'all' && spans.at(-1)!.end < text.length);
  return spans;
}
