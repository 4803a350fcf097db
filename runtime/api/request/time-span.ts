import { instant } from '../../../seed-schema/index.ts';
import { durationMs } from './duration.ts';

/** Both ends of a span of time, ISO 8601 with an offset; undefined: open. */
export interface TimeSpan {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/**
 * An interval of ISO 8601: `FROM/TO`, `FROM/P1D`, `P1D/TO`; an end that is empty or `..` is open, and a time alone is that
 * moment.
 * @returns undefined for what is none
 */
export function readTimeSpan(text: string): TimeSpan | undefined {
  const [first, second, ...more] = text.split('/').map((part) => part.trim());
  if (more.length > 0) return undefined;
  if (second === undefined) return isTime(first!) ? { from: first, to: first } : undefined;
  if (isOpen(first!) && isOpen(second)) return undefined;
  const from = isOpen(first!) ? undefined : isTime(first!) ? first : shifted(second, first!, -1);
  const to = isOpen(second) ? undefined : isTime(second) ? second : shifted(first!, second, 1);
  if ((from === undefined && !isOpen(first!)) || (to === undefined && !isOpen(second))) return undefined;
  if (from !== undefined && to !== undefined && instant(from)! > instant(to)!) return undefined;
  return { from, to };
}

function isOpen(text: string): boolean {
  return text === '' || text === '..';
}

function isTime(text: string): boolean {
  return instant(text) !== undefined;
}

function shifted(time: string, duration: string, sign: 1 | -1): string | undefined {
  const [at, ms] = [isTime(time) ? Date.parse(time) : NaN, durationMs(duration) ?? NaN];
  const moved = new Date(at + sign * ms);
  return moved.getTime() > -62_000_000_000_000 ? moved.toISOString() : undefined;
}
