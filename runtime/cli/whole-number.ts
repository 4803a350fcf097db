import { SeedbedError } from '../errors/index.ts';

/** The value of an option that is a whole number. @throws invalid-usage */
export function wholeNumber(
  option: string,
  text: string,
  { least = 1, most = Number.MAX_SAFE_INTEGER }: { readonly least?: number; readonly most?: number } = {},
): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  throw new SeedbedError('invalid-usage', {
    problem: `${option} takes a whole number ${range}, not ${JSON.stringify(text)}`,
  });
}
