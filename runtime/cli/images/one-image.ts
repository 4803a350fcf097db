import type { Option } from 'commander';
import { SeedbedError } from '../../errors/index.ts';
import { spelt } from '../spelling/old-words.ts';

/** `-in`: the image, where a command takes it as its argument or target too. */
export function imageNameOption(): Option {
  return spelt('--image-name <IMAGE>', 'the image, in place of the argument', 'in', 'imageName');
}

/**
 * The image that a command line names, as its argument or with `-in`. Pure.
 * @throws invalid-usage for two
 */
export function oneImage(
  command: string,
  argument: string | undefined,
  option: string | undefined,
): string | undefined {
  if (argument === undefined || option === undefined) return argument ?? option;
  throw new SeedbedError('invalid-usage', {
    // Without what was given: of -pass WORD, a slip for -password, one is the word.
    problem: `${command} takes one image, and was given one as its argument and one with -in`,
  });
}
