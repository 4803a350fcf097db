import { type Change, changesBetween, isDictionary, pathText } from '../../dag/index.ts';
import type { JobDescription } from '../identity.ts';

/** One member of a description that differs, with what it was and what it is. */
export interface MemberChange {
  /** e.g. `image`, `settings.MODE`, `json.RADIUS`, `inputs.SCENE["a.tif"].sha256`, `manifest.job.timeout`. */
  readonly member: string;
  readonly kind: Change['kind'];
  /** null: there was none, or it is secret. */
  readonly old: string | null;
  readonly new: string | null;
}

/** What differs between two jobs, member by member, so that a person can tell why one is not the other. Pure. */
export function memberChanges(before: JobDescription, after: JobDescription): MemberChange[] {
  return changesBetween(readable(before), readable(after)).map(({ path, kind, old, new: fresh }) => {
    const isSecret = path[0] === 'secrets';
    return {
      member: pathText(path),
      kind,
      old: isSecret ? null : asText(old),
      new: isSecret ? null : asText(fresh),
    };
  });
}

/**
 * A description with everything in it that is a text of JSON as what it says, files by their names, and the command, which
 * is a part of the manifest, only once.
 */
function readable({ manifest, inputs, ...others }: JobDescription): object {
  return {
    ...others,
    manifest: withoutCommand(JSON.parse(manifest)),
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, files]) => [name, byName(files)])),
  };
}

function withoutCommand(manifest: unknown): unknown {
  if (!isDictionary(manifest) || !isDictionary(manifest.job) || !isDictionary(manifest.job.interface))
    return manifest;
  const { command: _, ...rest } = manifest.job.interface;
  return { ...manifest, job: { ...manifest.job, interface: rest } };
}

/** A single file by itself: its name is one of its members. Of several the order counts, too. */
function byName(files: JobDescription['inputs'][string]): unknown {
  if (files.length === 1) return readableFile(files[0]!);
  const named = files.map(({ name, ...file }) => [String(name), readableFile(file)] as const);
  return { ...Object.fromEntries(named), order: named.map(([name]) => name).join(', ') };
}

function readableFile(file: object): object {
  if (!('about' in file) || typeof file.about !== 'string') return file;
  return { ...file, about: JSON.parse(file.about) as unknown };
}

function asText(value: unknown): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
