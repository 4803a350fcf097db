import path from 'node:path';
import { SeedbedError } from '../../errors/index.ts';
import type { ValidateOptions } from './options.ts';

/** What is to be judged, and where it is. */
export interface Subject {
  readonly kind: 'manifest' | 'sidecar';
  /** A manifest's job directory, file or image; a sidecar's file. */
  readonly where: string;
  /** Whether it was named as a directory or a file, and so is no image. */
  readonly isPath: boolean;
}

/** @throws invalid-usage when several things are named */
export function subjectOf(
  target: string | undefined,
  { sidecar, directory, manifest }: Pick<ValidateOptions, 'sidecar' | 'directory' | 'manifest'>,
): Subject {
  const given = [
    target,
    sidecar !== undefined && '--sidecar FILE',
    (directory ?? manifest) !== undefined && '--directory DIR or --manifest FILE',
  ].filter((one) => one !== undefined && one !== false);
  if (given.length > 1)
    throw new SeedbedError('invalid-usage', {
      problem: `seed validate judges one thing at a time, and was given ${given.join(' and ')}`,
    });
  if (sidecar !== undefined) return { kind: 'sidecar', where: sidecar, isPath: true };
  if (manifest === undefined)
    return { kind: 'manifest', where: target ?? directory ?? '.', isPath: target === undefined };
  return {
    kind: 'manifest',
    isPath: true,
    where: directory === undefined || path.isAbsolute(manifest) ? manifest : path.join(directory, manifest),
  };
}
