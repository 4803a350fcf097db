import { nearest } from '../nearest.ts';
import type { SpecEntry } from './entries.ts';

/** What a name may mean: the fields of the manifest whose paths end in it, in any case and with or without brackets. */
export function findEntries(entries: readonly SpecEntry[], name: string): readonly SpecEntry[] {
  const wanted = plain(name);
  const exact = entries.filter((entry) => [plain(entry.name), ...entry.also].includes(wanted));
  if (exact.length > 0 || wanted === '') return exact;
  return entries.filter(
    ({ group, name: path }) => group === 'manifest' && plain(path).endsWith(`.${wanted}`),
  );
}

/** The name that a misspelt one is nearest to, if any is near. */
export function nearestEntry(entries: readonly SpecEntry[], name: string): string | undefined {
  const paths = entries.map((entry) => entry.name.replaceAll('[]', ''));
  const ends = paths.flatMap((path) => {
    const parts = path.split('.');
    return parts.map((_, from) => parts.slice(from).join('.'));
  });
  return nearest(name.replace(/\[\d*\]/g, ''), [...new Set(ends)]);
}

function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/\[\d*\]/g, '')
    .replace(/^\./, '');
}
