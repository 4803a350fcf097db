import type { Request } from 'express';
import { SeedbedError } from '../../errors/index.ts';

/**
 * The id in an address.
 * @param what words for the message, e.g. `job`
 * @throws not-found for what can be no id: then there is no such thing either
 */
export function idOf(request: Request, name: string, what: string): number {
  const text = textOf(request, name);
  const id = Number(text);
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(id)) return id;
  throw missing(what, text);
}

/** A text in an address. */
export function textOf(request: Request, name: string): string {
  return String(request.params[name] ?? '');
}

/** @param which id or name, as it was asked for */
export function missing(what: string, which: string | number): SeedbedError {
  return new SeedbedError('not-found', { what: `${what} ${JSON.stringify(which).slice(0, 120)}` });
}

/** The value, or a 404 where there is none. */
export function found<T>(value: T | undefined, what: string, which: string | number): T {
  if (value === undefined) throw missing(what, which);
  return value;
}
