import { SeedbedError } from '../../errors/index.ts';

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
    problem: `${command} takes one image, and was given ${argument} and ${option}`,
  });
}
