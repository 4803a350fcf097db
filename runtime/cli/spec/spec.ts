// Not by the folder's index, with which every command loads.
import { type SpecEntry, specEntries } from '../../../seed-schema/spec/entries.ts';
import { findEntries, nearestEntry } from '../../../seed-schema/spec/find.ts';
import { SeedbedError } from '../../errors/index.ts';
import { write } from '../progress/writer.ts';
import type { SpecOptions } from './options.ts';
import { entryText, listText } from './spec-text.ts';

/** `seed spec [NAME]`. @returns 0 @throws unknown-field */
export async function spec(name: string | undefined, { format }: SpecOptions): Promise<0> {
  const all = specEntries();
  const found = name === undefined ? all : findEntries(all, name);
  if (found.length === 0) throw unknown(all, name ?? '');
  await write(process.stdout, format === 'json' ? asJson(found) : asText(found, all, name));
  return 0;
}

function unknown(all: readonly SpecEntry[], name: string): SeedbedError {
  const meant = nearestEntry(all, name);
  return new SeedbedError('unknown-field', {
    name: JSON.stringify(name),
    nearest: meant === undefined ? '' : `; ${meant} is the nearest that it has`,
  });
}

function asText(found: readonly SpecEntry[], all: readonly SpecEntry[], name: string | undefined): string {
  if (found.length === 1) return entryText(found[0]!, all);
  const list = listText(found);
  return name === undefined ? list : `${name} may be any of these; say more of the path.\n\n${list}`;
}

function asJson(found: readonly SpecEntry[]): string {
  const entries = found.map(({ what, also: _, default: value, ...rest }) => {
    const { name, group, type, required, otherwise, allowed, example, fields } = rest;
    return {
      name,
      group,
      description: what,
      type,
      required,
      default: value,
      otherwise,
      allowed,
      example,
      fields,
    };
  });
  return `${JSON.stringify({ entries }, null, 2)}\n`;
}
