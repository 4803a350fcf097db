import { SeedbedError } from '../../errors/index.ts';
import type { RunOptions } from './options.ts';

/** What the command line names to be run. */
export type TargetName =
  /** A job directory or an image. */
  | { readonly kind: 'either'; readonly name: string }
  | { readonly kind: 'image'; readonly name: string }
  /** A manifest that names the image; undefined: the current directory's. */
  | { readonly kind: 'manifest'; readonly name: string | undefined };

/** Of an image and a manifest that names one, the image counts, as for seed-cli. Pure. @throws invalid-usage for two others */
export function targetName(
  target: string | undefined,
  { imageName, manifest: named }: Pick<RunOptions, 'imageName' | 'manifest'>,
): TargetName {
  const manifest = imageName === undefined ? named : undefined;
  const given = [target, imageName, manifest].filter((one) => one !== undefined);
  if (given.length > 1)
    throw new SeedbedError('invalid-usage', {
      problem: `One target can be run, and ${given.length} were given: ${given.join(', ')}`,
    });
  if (target !== undefined) return { kind: 'either', name: target };
  return imageName === undefined ? { kind: 'manifest', name: manifest } : { kind: 'image', name: imageName };
}

/** The target in words. */
export function wordsFor({ kind, name }: TargetName): string {
  return name ?? (kind === 'manifest' ? 'the current directory' : '');
}
