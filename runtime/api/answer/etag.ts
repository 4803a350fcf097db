import { createHash } from 'node:crypto';

/**
 * `"<version>.<content>"`, or `"<content>"` of what has no version: `If-Match` asks for the version, which is when a user
 * changed it last, and `If-None-Match` for the whole, which also has what changes by itself.
 */
export function etagOf(json: unknown, text = JSON.stringify(json)): string {
  const version = versionOf(json);
  const content = digest(text);
  return version === undefined ? `"${content}"` : `"${version}.${content}"`;
}

/** Whether one of the tags of `If-None-Match` is this one (RFC 9110, 13.1.2). */
export function isKnown(header: string | undefined, etag: string): boolean {
  return tagsOf(header).some((tag) => tag === '*' || tag === etag);
}

/** Whether one of the tags of `If-Match` is of the same version as this one (RFC 9110, 13.1.1). */
export function isSameVersion(header: string, etag: string): boolean {
  const version = (tag: string) => tag.replace(/^"|"$/g, '').split('.')[0];
  return tagsOf(header).some((tag) => tag === '*' || version(tag) === version(etag));
}

/** A tag of the compressed form, or one that a proxy made weak, is as good. */
function tagsOf(header = ''): string[] {
  return header.split(',').map((tag) =>
    tag
      .trim()
      .replace(/^W\//, '')
      .replace(/-gzip"$/, '"'),
  );
}

function versionOf(json: unknown): string | undefined {
  const { id, last_modified: time } = (json ?? {}) as {
    readonly id?: unknown;
    readonly last_modified?: unknown;
  };
  return typeof time === 'string' ? digest(`${String(id)} ${time}`) : undefined;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
