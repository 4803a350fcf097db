/** An image reference in its parts, as written. */
export interface Reference {
  /** With the registry's host, if it names one. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:...`. */
  readonly digest?: string;
}

/** Never fails: what is no reference comes out as a repository that no engine takes. */
export function splitReference(reference: string): Reference {
  const [name, digest] = splitLast(reference, '@');
  const [repository, tag] = splitLast(name, ':');
  // The colon of a port, as in `host:5000/name`.
  if (tag === undefined || tag.includes('/'))
    return { repository: name, ...(digest !== undefined && { digest }) };
  return { repository, tag, ...(digest !== undefined && { digest }) };
}

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const repositoryPattern = new RegExp(`^(?:[\\w.-]+(?::\\d+)?/)??${component}(?:/${component})*$`);

/**
 * Whether an image can be called this, by the grammar that engines and registries share (distribution/reference).
 * @returns undefined, or why not
 */
export function nameProblem({ repository, tag, digest }: Reference): string | undefined {
  const first = repository.split('/')[0]!;
  const isHost = /[.:]/.test(first) || first === 'localhost';
  if (!repositoryPattern.test(repository) || (!isHost && first !== first.toLowerCase()))
    return 'a name consists of lower case letters, digits, and single separators (. _ - /) between them';
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag))
    return 'a tag consists of at most 128 letters, digits, and . _ -';
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) return 'its digest is none of SHA-256';
  return undefined;
}

/** Without a tag, engines take all of them. */
export function withTag(reference: string): string {
  const { tag, digest } = splitReference(reference);
  return tag === undefined && digest === undefined ? `${reference}:latest` : reference;
}

function splitLast(text: string, separator: string): [string, string | undefined] {
  const at = text.lastIndexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
