import { createHash } from 'node:crypto';

/** What an image is made of, as engines tell. */
export interface ImageContent {
  /** Digests of its uncompressed layers, from the bottom. */
  readonly layers: readonly string[];
  /** Its configuration, with whatever an engine adds. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Members of a configuration that the image's author decides; others are leftovers of the engine that built it. */
const authored = [
  'User',
  'ExposedPorts',
  'Env',
  'Entrypoint',
  'Cmd',
  'Volumes',
  'WorkingDir',
  'Labels',
  'StopSignal',
  'Healthcheck',
  'Shell',
  'OnBuild',
];

/**
 * What an image is, whatever an engine calls it: SHA-256 of its layers and configuration in one form of writing, 64
 * hexadecimal digits. An image's id won't do, as stores of images count it differently, and a digest has only what a
 * registry has seen.
 */
export function imageIdentity({ layers, config }: ImageContent): string {
  const kept = authored.flatMap((name) => {
    const value = config[name];
    return saysNothing(name, value) ? [] : [[name, value] as const];
  });
  const text = JSON.stringify(sorted({ RootFS: layers, Config: Object.fromEntries(kept) }));
  return createHash('sha256').update(text).digest('hex');
}

/** Engines differ in whether they leave out what is empty. */
function saysNothing(name: string, value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (typeof value === 'object') return Object.keys(value).length === 0;
  return name === 'WorkingDir' && value === '/';
}

/** With members in the order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
