import { utcTime } from '../sidecar/index.ts';

/** Two ends, UTC text; `assumed`: the text named no offset, and UTC was taken. */
export interface Span {
  readonly started: string;
  readonly ended: string;
  readonly assumed?: boolean;
}

const date = String.raw`(\d{4})[-:]?(\d\d)[-:]?(\d\d)`;
const clock = String.raw`(\d\d):?(\d\d)(?::?(\d\d(?:\.\d+)?))?`;
const moment = new RegExp(String.raw`^${date}(?:[T ]?${clock} ?(Z|UTC|[+-]\d\d:?\d\d)?)?$`, 'i');

/**
 * The time that a tag or member holds, as programs write it: RFC 3339, `2019:10:14 10:00:00`, `20191014T100000`,
 * `20191014100000`, or a day.
 * @returns undefined when it is none
 */
export function spanOf(text: unknown): Span | undefined {
  const found = typeof text === 'string' ? moment.exec(text.trim()) : null;
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, zone] = found;
  const whole = `${year}-${month}-${day}`;
  if (hour === undefined) {
    const [started, ended] = [utc(`${whole}T00:00:00Z`), utc(`${whole}T23:59:59.999999Z`)];
    return started && ended ? { started, ended, assumed: true } : undefined;
  }
  const offset =
    zone === undefined || /^(z|utc)$/i.test(zone) ? 'Z' : zone.replace(/(\d\d):?(\d\d)$/, '$1:$2');
  const at = utc(`${whole}T${hour}:${minute}:${second ?? '00'}${offset}`);
  return at ? { started: at, ended: at, ...(zone === undefined && { assumed: true }) } : undefined;
}

function utc(text: string): string | undefined {
  try {
    return utcTime(text, 'it');
  } catch {
    return undefined;
  }
}

/** From the start of the one to the end of the other; one alone is both. */
export function between(from: Span | undefined, to: Span | undefined): Span | undefined {
  if (!from || !to) return from ?? to;
  if (to.ended < from.started) return from;
  const assumed = from.assumed || to.assumed;
  return { started: from.started, ended: to.ended, ...(assumed && { assumed }) };
}
