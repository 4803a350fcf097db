import { below, isObject, type JsonPath } from '../../seed-schema/index.ts';

/** An object of a manifest that may still be broken, and where it stands. */
export interface Part {
  readonly path: JsonPath;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The lists of a manifest that the rules look through. */
export interface Draft {
  readonly job: Part;
  readonly inputFiles: readonly Part[];
  readonly inputJson: readonly Part[];
  readonly outputFiles: readonly Part[];
  readonly outputJson: readonly Part[];
  readonly mounts: readonly Part[];
  readonly settings: readonly Part[];
  readonly resources: readonly Part[];
  readonly errors: readonly Part[];
}

/**
 * Reads a document that may break the schema: what has the wrong shape is left out. So the rules find what is wrong with
 * the rest, and the author gets everything in one go.
 */
export function readDraft(document: unknown): Draft {
  const job = member({ path: '', value: record(document) }, 'job');
  const interface_ = member(job, 'interface');
  const inputs = member(interface_, 'inputs');
  const outputs = member(interface_, 'outputs');
  return {
    job,
    inputFiles: items(inputs, 'files'),
    inputJson: items(inputs, 'json'),
    outputFiles: items(outputs, 'files'),
    outputJson: items(outputs, 'json'),
    mounts: items(interface_, 'mounts'),
    settings: items(interface_, 'settings'),
    resources: items(member(job, 'resources'), 'scalar'),
    errors: items(job, 'errors'),
  };
}

/** A member of a part, as a part; empty where it is missing or no object. */
export function member(part: Part, key: string): Part {
  return { path: below(part.path, key), value: record(part.value[key]) };
}

/** A member that is a string. */
export function text(part: Part, key: string): string | undefined {
  const value = part.value[key];
  return typeof value === 'string' ? value : undefined;
}

/** A member of each part, with its place, where it is a string. */
export function texts(parts: readonly Part[], key: string): { value: string; path: JsonPath }[] {
  return parts.flatMap((part) => {
    const value = text(part, key);
    return value === undefined ? [] : [{ value, path: below(part.path, key) }];
  });
}

/** A member that is a number. */
export function amount(part: Part, key: string): number | undefined {
  const value = part.value[key];
  return typeof value === 'number' ? value : undefined;
}

function items(part: Part, key: string): Part[] {
  const value = part.value[key];
  if (!Array.isArray(value)) return [];
  const path = below(part.path, key);
  return value.flatMap((item, index) => (isObject(item) ? [{ path: below(path, index), value: item }] : []));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}
