import { benchFiles } from './search/files/files.ts';
import { benchImages } from './search/images/images.ts';

/**
 * What searches take: through the catalogue of files, or with `--images` through a registry.
 * @param root the checkout, with `dist/`
 * @returns the exit code
 */
export async function bench(args: readonly string[], root: string): Promise<number> {
  return args.includes('--images') ? benchImages(args, root) : benchFiles(args);
}
