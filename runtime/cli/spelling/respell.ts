import type { Command, Option } from 'commander';
import { nearest } from '../../../seed-schema/nearest.ts';
import { SeedbedError } from '../../errors/index.ts';
import { oldWords } from './old-words.ts';

/** What Go's `flag` package, with which seed-cli was written, takes for a truth value. */
const truths: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true]),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false]),
]) as Record<string, boolean>;

/**
 * The arguments of a command in commander's spelling. Options may be written as seed-cli's (`-imageName X`, `-in=X`,
 * `-rm=false`) or with two dashes (`--imageName X`, `--image-name=X`), and short ones may be put together (`-qv`,
 * `-oout`) where that is no near miss of a longer word.
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
    else if (option.required && value === undefined && at + 1 < args.length)
      result.push(`${longOf(option)}=${args[++at]!}`);
    else if (option.required)
      result.push(value === undefined ? longOf(option) : `${longOf(option)}=${value}`);
    else if (value === undefined || truth(arg, value)) result.push(longOf(option));
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

/** `-qv` and `-oout`, as commander reads them itself. */
function shortOnes(arg: string, known: ReadonlyMap<string, Option>, command: Command): string[] {
  const { name } = read(arg);
  // What has one dash is seed-cli's habit, whose words stand last.
  const words = [...known.keys()].filter((word) => word.length > 1);
  const candidate = nearest(name, arg.startsWith('--') ? words : words.reverse());
  if (!arg.startsWith('--') && name.length > 1) {
    const letters = [...name];
    if (letters.every((letter) => known.get(letter)?.required === false)) return [arg];
    const first = known.get(letters[0]!);
    // A short word is near to everything.
    if (first?.required && (candidate === undefined || candidate.length < 4))
      return [`${longOf(first)}=${arg.slice(2)}`];
  }
  const dashes = arg.startsWith('--') ? '--' : '-';
  const hint =
    candidate === undefined
      ? `${command.name()} --help lists its options`
      : `did you mean ${dashes}${candidate}?`;
  throw new SeedbedError('invalid-usage', { problem: `Unknown option ${arg.split('=')[0]!} (${hint})` });
}
