import { type Command, Option } from 'commander';

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

const nothings = new WeakMap<Option, readonly string[]>();

/**
 * Options that seed-cli takes for not given where they have one of these values: scripts write `-o "$OUT"` with a variable
 * that may be empty.
 * @param longs as `--out-dir`; those that the command does not have are left out
 * @returns the command
 */
export function notGivenWith(command: Command, values: readonly string[], ...longs: string[]): Command {
  for (const option of command.options) if (longs.includes(option.long ?? '')) nothings.set(option, values);
  return command;
}

/** Whether an option with this value counts as not given. */
export function isNothing(option: Option, value: string): boolean {
  return nothings.get(option)?.includes(value) === true;
}

/** For repeatable options: gathers what is given, in order. */
export const repeated = (value: string, before: readonly string[] = []) => [...before, value];
