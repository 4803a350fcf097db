import type { Command, Option } from 'commander';
import { alike, nearest } from '../../../seed-schema/nearest.ts';
import { SeedbedError } from '../../errors/index.ts';
import { isNothing, oldWords } from './old-words.ts';

/** What Go's `flag` package, with which seed-cli was written, takes for a truth value. */
const truths: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true]),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false]),
]) as Record<string, boolean>;

/**
 * The arguments of a command in commander's spelling. Options may be written as seed-cli's (`-imageName X`, `-in=X`,
 * `-rm=false`) or with two dashes (`--imageName X`, `--image-name=X`), and short ones without a value may be put together
 * (`-qv`). What `notGivenWith` names is left out. A value never follows its short option at once: `-outdri` would be `-o utdri`.
 * @throws invalid-usage for an option that the command does not have, with the nearest that it has
 */
export function respell(command: Command, args: readonly string[]): string[] {
  const known = wordsOf(command);
  const result: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === '--') return [...result, ...args.slice(at)];
    if (!/^--?[^-]/.test(arg)) {
      result.push(arg);
      continue;
    }
    const { name, value } = read(arg);
    const option = known.get(name) ?? known.get(kebab(name));
    if (!option) result.push(...shortOnes(arg, known, command));
    else if (option.required) {
      const text = value ?? args[++at];
      if (text === undefined) result.push(longOf(option));
      else if (!isNothing(option, text)) result.push(`${longOf(option)}=${text}`);
    } else if (value === undefined || truth(arg, value)) result.push(longOf(option));
  }
  return result;
}

/** Every word for every option of a command, without dashes. */
function wordsOf(command: Command): Map<string, Option> {
  const words = new Map<string, Option>();
  for (const option of [...command.createHelp().visibleOptions(command), ...command.options])
    for (const word of [option.short, option.long, ...oldWords(option)])
      if (word) words.set(word.replace(/^-+/, ''), option);
  return words;
}

function read(arg: string): { name: string; value: string | undefined } {
  const [, name = '', value] = /^--?([^=]*)(?:=([^]*))?$/.exec(arg) ?? [];
  return { name, value };
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? letter : `-${letter.toLowerCase()}`));
}

function longOf(option: Option): string {
  return option.long ?? option.short!;
}

function truth(arg: string, value: string): boolean {
  const meant = truths[value];
  if (meant === undefined)
    // Without what was given: behind --password-stdin= that is a password.
    throw new SeedbedError('invalid-usage', {
      problem: `${arg.split('=')[0]!} takes true or false behind =`,
    });
  return meant;
}

/** `-qv`, as commander reads it itself. @throws invalid-usage for all else: what it is near to may be what was meant */
function shortOnes(arg: string, known: ReadonlyMap<string, Option>, command: Command): string[] {
  const { name } = read(arg);
  const isLong = arg.startsWith('--');
  const isGroup = [...name].every((letter) => known.get(letter)?.required === false);
  if (!isLong && name.length > 1 && isGroup) return [arg];
  const dashes = isLong ? '--' : '-';
  const first = isLong ? undefined : known.get(name[0]!);
  // What has one dash is seed-cli's habit, whose words stand last.
  const words = [...known.keys()].filter((word) => word.length > 1);
  // A short word is near to everything.
  const least = first?.required ? 4 : 2;
  const candidate = suggestion(name, isLong ? words : words.reverse(), least);
  const hint = candidate
    ? `did you mean ${dashes}${candidate}?`
    : first?.required
      ? `did you mean -${name[0]!} VALUE, with a space?`
      : `${command.name()} --help lists its options`;
  const isPassword = first?.long === '--password' && !candidate?.startsWith(name);
  const shown = isPassword ? `-${name[0]!}...` : `${dashes}${name}`;
  throw new SeedbedError('invalid-usage', { problem: `Unknown option ${shown} (${hint})` });
}

/**
 * The word that an unknown one begins or spells wrongly, or that it goes on from: `outDir` for `ou`, `outdri` and
 * `outDirectory`.
 * @param least letters that a word has which is found by its spelling
 */
function suggestion(name: string, words: readonly string[], least: number): string | undefined {
  const nearWords = words.filter((word) => word.length >= least);
  return (
    alike(name, words) ??
    words.find((word) => name.length > 1 && word.startsWith(name)) ??
    nearest(name, nearWords) ??
    words.find((word) => word.length > 3 && name.startsWith(word))
  );
}
