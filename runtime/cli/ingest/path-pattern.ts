/**
 * A test for paths by a pattern: `*` and `?` stay within one name, `**` goes through any number of directories, `[a-c]` and
 * `[!a-c]` stand for one sign. A pattern without a slash is about the name alone. Pure.
 */
export function pathPattern(glob: string): (path: string) => boolean {
  const expression = new RegExp(`^${translated(glob.replace(/^\.?\/+|\/+$/g, ''))}$`, 'su');
  if (glob.replace(/\/+$/, '').includes('/')) return (path) => expression.test(path);
  return (path) => expression.test(path.slice(path.lastIndexOf('/') + 1));
}

/** What a path has to meet: one of `include` where there are any, and none of `exclude`. Pure. */
export function pathFilter(include: readonly string[], exclude: readonly string[]): PathFilter {
  const wanted = include.map(pathPattern);
  const unwanted = exclude.map(pathPattern);
  const isExcluded = (path: string) => unwanted.some((matches) => matches(path));
  return {
    takesFile: (path) =>
      !isExcluded(path) && (wanted.length === 0 || wanted.some((matches) => matches(path))),
    entersDirectory: (path) => !isExcluded(path),
  };
}

/** Paths are relative to what was named on the command line. */
export interface PathFilter {
  takesFile(path: string): boolean;
  entersDirectory(path: string): boolean;
}

function translated(glob: string): string {
  return glob.replace(/\*\*\/|\*+|\?|\[!?\]?[^\]/]*\]|[\\^$.|+(){}[\]/]/g, (token) => {
    if (token === '**/') return '(?:[^/]+/)*';
    if (token === '*') return '[^/]*';
    if (token.startsWith('*')) return '.*';
    if (token === '?') return '[^/]';
    if (token.length > 2 && token.startsWith('['))
      return `[${token
        .slice(1, -1)
        .replace(/^!/, '^')
        .replace(/[\\[\]]/g, '\\$&')
        .replace(/^\^?/, '$&')}]`;
    return `\\${token}`;
  });
}
