/** As long as a name may be; a row of its unique index takes 2,704 bytes. */
export const longestName = 250;

const names = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Addresses below `recipe-types/` that are none of a recipe type. */
const taken = new Set(['validation']);

/**
 * The name that a recipe type gets from its title, as on Scale: lower case, hyphens for blanks, nothing but letters, digits, `_`
 * and `-`. Pure.
 */
export function nameOfTitle(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9_\s-]/g, '')
    .replace(/[\s-]+/g, '-')
    .replace(/^[-_]+|-+$/g, '')
    .slice(0, longestName);
}

/** What is wrong with a name; undefined: nothing. Pure. */
export function problemOfName(name: string): string | undefined {
  if (name === '') return 'The title has no letter or digit that a name could be made of; give a name';
  if (taken.has(name)) return `No recipe type can be called ${name}`;
  if (name.length > longestName) return `A name has at most ${longestName} characters`;
  return names.test(name)
    ? undefined
    : `${JSON.stringify(name)} is no name: letters, digits, ".", "_" and "-" are allowed, a letter or digit first`;
}
