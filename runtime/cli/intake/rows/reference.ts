import { SeedbedError } from '../../../errors/index.ts';

/** A file as the service takes it. */
export type ServiceReference =
  | { readonly id: number }
  | { readonly workspace: string; readonly path: string }
  | { readonly sha256: string }
  /** Of a file that the service catalogues: `s3://BUCKET/KEY`, or below the address of a workspace. */
  | { readonly url: string };

/** In a dry run: one that would be sent before, by the name that it would have. */
export interface FileToCome {
  readonly file_name: string;
}

/** A file as a task names it. */
export type FileReference =
  | ServiceReference
  /** Of this machine, as it was written; it is sent. */
  | { readonly local: string }
  /** Fetched by the command, and sent. */
  | { readonly fetch: string };

/**
 * What a cell means: `17` a file by its number, `workspace:NAME/path` one by its place, `sha256:...` one by its content,
 * `s3://` and `http(s)://` by its URL, anything else a path of this machine (`./17` is one). Pure.
 * @throws intake-value-invalid
 */
export function readReference(name: string, text: string): FileReference {
  if (/^\d{1,15}$/.test(text)) return { id: Number(text) };
  const [, kind, rest = ''] = /^(workspace|sha256):([^]*)$/.exec(text) ?? [];
  if (kind === 'workspace') {
    const [, workspace, path] = /^([^/]+)\/([^]+)$/.exec(rest) ?? [];
    if (workspace !== undefined && path !== undefined) return { workspace, path };
    throw invalid(name, `is ${JSON.stringify(text)}, which lacks the path: workspace:NAME/path/of/the/file`);
  }
  if (kind === 'sha256') {
    if (/^[0-9a-f]{64}$/i.test(rest)) return { sha256: rest.toLowerCase() };
    throw invalid(name, `is ${JSON.stringify(text)}; a checksum has 64 hexadecimal digits`);
  }
  if (/^s3:\/\/[^/]+\/[^]+$/.test(text)) return { url: text };
  if (/^https?:\/\//i.test(text)) {
    if (URL.canParse(text)) return { fetch: text };
    throw invalid(name, `is ${JSON.stringify(text)}, which is no URL`);
  }
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text) ?? [];
  if (scheme !== undefined)
    throw invalid(name, `is ${JSON.stringify(text)}; only http://, https:// and s3://BUCKET/KEY are taken`);
  return { local: text };
}

export function invalid(name: string, problem: string): SeedbedError {
  return new SeedbedError('intake-value-invalid', { name, problem });
}
