import path from 'node:path';
import type { Stream } from './position.ts';

/** Nobody but the owner may read logs. */
export const fileMode = 0o600;
export const directoryMode = 0o700;

/** The text of one stream in a segment: `stdout.log`, then `stdout.1.log` ... */
export function textFile(directory: string, segment: number, stream: Stream): string {
  return path.join(directory, segment === 0 ? `${stream}.log` : `${stream}.${segment}.log`);
}

/** `index`, then `index.1` ... */
export function indexFile(directory: string, segment: number): string {
  return path.join(directory, segment === 0 ? 'index' : `index.${segment}`);
}

/** The number of the segment whose index has this name; undefined: it is another file. */
export function segmentOf(name: string): number | undefined {
  const match = /^index(?:\.([1-9]\d*))?$/.exec(name);
  return match ? Number(match[1] ?? 0) : undefined;
}
