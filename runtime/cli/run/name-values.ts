import { SeedbedError } from '../../errors/index.ts';
import { findNamed } from '../../manifest/named.ts';

/** One `NAME=VALUE` of the command line; `value` is undefined for a bare `NAME`. */
export interface NameValue {
  readonly name: string;
  readonly value: string | undefined;
}

/** Splits at the first `=`: values may hold more of them. @throws invalid-usage */
export function nameValue(option: string, text: string): NameValue {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  if (name === '')
    throw new SeedbedError('invalid-usage', {
      problem: `${option} takes NAME=VALUE, not ${JSON.stringify(text)}`,
    });
  return { name, value: at < 0 ? undefined : text.slice(at + 1) };
}

/** As `nameValue`, where the value must be there. @throws invalid-usage */
export function nameWithValue(option: string, text: string): { name: string; value: string } {
  const { name, value } = nameValue(option, text);
  if (value === undefined)
    throw new SeedbedError('invalid-usage', {
      problem: `${option} ${text} has no value; write ${option} ${text}=VALUE`,
    });
  return { name, value };
}

/** As `nameWithValue`, where an empty value would mean the current directory. @throws invalid-usage */
export function nameWithPath(option: string, text: string): { name: string; value: string } {
  const { name, value } = nameWithValue(option, text);
  if (value === '')
    throw new SeedbedError('invalid-usage', {
      problem: `${option} ${name}= names no path; write ${option} ${name}=PATH`,
    });
  return { name, value };
}

/**
 * The entry of the manifest that a name on the command line means: its own spelling, or that of its variable
 * (`input-file` and `INPUT_FILE` are one).
 * @throws unknown-name, with the names that there are
 */
export function named<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  name: string,
  kind: string,
): Entry {
  const entry = findNamed(entries, name);
  if (entry) return entry;
  const known = entries.map((candidate) => candidate.name).join(', ') || 'none';
  throw new SeedbedError('unknown-name', { kind, name, known });
}
