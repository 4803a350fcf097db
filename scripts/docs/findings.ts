import { table } from './table.ts';

/** What a judge can find, by name. */
export function findingsTable(names: Readonly<Record<string, string>>): string {
  return table(
    ['name', 'meaning'],
    Object.entries(names).map(([name, meaning]) => [`\`${name}\``, meaning]),
  );
}
