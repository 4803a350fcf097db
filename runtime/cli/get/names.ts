import path from 'node:path';

/**
 * Names for files in one directory: `a.tif`, then `a-2.tif` for another one of that name. The same files get the same names
 * again, in whatever order they come. Names that differ only in case count as one, as on disks of some machines. Pure.
 */
export function uniqueNames(
  files: readonly { readonly id: number; readonly file_name: string }[],
): Map<number, string> {
  const sorted = [...new Map(files.map((file) => [file.id, file])).values()].sort((a, b) => a.id - b.id);
  const given = new Set(sorted.map(({ file_name: name }) => key(safeName(name))));
  const taken = new Set<string>();
  const names = new Map<number, string>();
  for (const { id, file_name } of sorted) {
    const name = safeName(file_name);
    let unique = name;
    for (let number = 2; taken.has(key(unique)) || (unique !== name && given.has(key(unique))); number++)
      unique = numbered(name, number);
    taken.add(key(unique));
    names.set(id, unique);
  }
  return names;
}

/** What can be no name in a directory becomes one. */
function safeName(name: string): string {
  const base = path.posix.basename(name).replaceAll('\0', '');
  return base === '' || base === '.' || base === '..' || base === '/' ? '_' : base;
}

function numbered(name: string, number: number): string {
  const { name: stem, ext } = path.posix.parse(name);
  return `${stem}-${number}${ext}`;
}

function key(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
