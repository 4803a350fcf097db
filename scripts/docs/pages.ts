import { readFileSync, writeFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { sections } from './sections.ts';

/** A generated section stands between these lines; everything around it is written by hand. */
const section = /(<!-- generated: ([\w-]+) -->\n)[^]*?(<!-- end of \2 -->)/g;

/** A page's text with its generated sections made anew. @throws Error for a section that nobody generates */
export function renewed(text: string): string {
  return text.replace(section, (_, begin: string, name: string, end: string) => {
    const generate = sections[name];
    if (!generate) throw new Error(`There is no section ${name} in scripts/docs/sections.ts`);
    return `${begin}\n${generate().trim()}\n\n${end}`;
  });
}

/** Names of the generated sections in a page. */
export function sectionsOf(text: string): string[] {
  return [...text.matchAll(section)].map(([, , name]) => name!);
}

/** Writes the pages of a directory whose generated sections are out of date. @returns their names */
export function refresh(directory: string): string[] {
  const stale = stalePages(directory);
  for (const name of stale) {
    const file = path.join(directory, name);
    writeFileSync(file, renewed(readFileSync(file, 'utf8')));
  }
  return stale;
}

/** Names of the pages of a directory whose generated sections are out of date. */
export function stalePages(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.md'))
    .filter((name) => {
      const text = readFileSync(path.join(directory, name), 'utf8');
      return renewed(text) !== text;
    });
}
