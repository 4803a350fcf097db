import { Option } from 'commander';

const words = new WeakMap<Option, readonly string[]>();

/**
 * An option that seed-cli knows by other words: `-imageName` there is `--image-name` here, and both are taken.
 * @param flags as commander has them, e.g. `-i, --input <NAME=PATH>`
 * @param old words of seed-cli without their dash, e.g. `inputs`
 */
export function spelt(flags: string, description: string, ...old: string[]): Option {
  const option = new Option(flags, description);
  words.set(option, old);
  return option;
}

/** The words of seed-cli for an option, besides those that commander knows. */
export function oldWords(option: Option): readonly string[] {
  return words.get(option) ?? [];
}

/** For repeatable options: gathers what is given, in order. */
export const repeated = (value: string, before: readonly string[] = []) => [...before, value];
