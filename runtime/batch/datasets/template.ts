import { type Finding, isObject } from '../../../seed-schema/index.ts';

/** What stands for the file in a template. */
export const fileValue = 'FILE_VALUE';

/** A template of members, taken apart. */
export interface Template {
  /** Inputs that take the file. */
  readonly names: readonly string[];
  /** As the template has them, without those; not judged yet. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly json: unknown;
}

/** Takes a template apart. Pure. @returns what is wrong with it, as INVALID_TEMPLATE */
export function readTemplate(document: Readonly<Record<string, unknown>>): Template | Finding {
  const { files = {}, json = {}, version = '7', ...others } = document;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return refused(`${unknown} is no member of a template; it has files and json`);
  if (version !== '6' && version !== '7') return refused('its version is neither "6" nor "7"');
  if (!isObject(files)) return refused('files must be an object');
  const entries = Object.entries(files);
  const names = entries.filter(([, value]) => value === fileValue).map(([name]) => name);
  if (names.length === 0) return refused(`none of its files is "${fileValue}"`);
  return { names, files: Object.fromEntries(entries.filter(([, value]) => value !== fileValue)), json };
}

/** The data of the member that a file makes. Pure. */
export function memberOf({ names, files, json }: Template, fileId: number): Record<string, unknown> {
  const taken = Object.fromEntries(names.map((name) => [name, [fileId]]));
  return { version: '7', files: { ...files, ...taken }, json };
}

function refused(problem: string): Finding {
  return { name: 'INVALID_TEMPLATE', path: 'data_template', description: `data_template: ${problem}` };
}
