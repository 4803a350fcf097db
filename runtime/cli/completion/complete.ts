import type { Argument, Command, Option } from 'commander';
import { oldWords } from '../spelling/old-words.ts';
import { environmentName, type Manifest } from '../../manifest/index.ts';

/** What a shell may offer for the word under the cursor. */
export interface Candidates {
  /** Whether paths are among what may stand there. */
  readonly files: boolean;
  readonly words: readonly { readonly word: string; readonly description: string }[];
}

/**
 * What may follow on a command line. Pure, but for what `manifestOf` reads.
 * @param words after `seed`, the last one being typed, perhaps empty
 * @param manifestOf the manifest of a job directory, for the names of its inputs and settings
 */
export async function complete(
  root: Command,
  words: readonly string[],
  manifestOf: (directory: string) => Promise<Manifest | undefined>,
): Promise<Candidates> {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const top = root.commands.find((one) => one.name() === before[0]);
  if (!top) return { files: false, words: begins(commandsOf(root), current) };
  const inner = top.commands.find((one) => one.name() === before[1]);
  const command = inner ?? top;
  const own = before.slice(inner ? 2 : 1);
  const option = optionOf(command, before.at(-1) ?? '');
  if (option?.required) return valuesOf(command, option, own, current, manifestOf);
  if (current.startsWith('-')) return { files: false, words: begins(optionsOf(command), current) };
  const choices = argumentOf(command, own)?.argChoices;
  if (choices) return { files: false, words: begins(plain(choices), current) };
  return { files: true, words: own.length === 0 ? begins(commandsOf(command), current) : [] };
}

/** What stands where the words of a command end, besides options and their values. */
function argumentOf(command: Command, before: readonly string[]): Argument | undefined {
  const given = before.filter((word, at, all) => {
    const previous = at > 0 ? optionOf(command, all[at - 1]!) : undefined;
    return !word.startsWith('-') && previous?.required !== true;
  });
  return command.registeredArguments[given.length];
}

const plain = (words: readonly string[]) => words.map((word) => ({ word, description: '' }));

function begins(words: Candidates['words'], start: string): Candidates['words'] {
  return words.filter(({ word }) => word.startsWith(start));
}

function commandsOf(root: Command): Candidates['words'] {
  return root.commands.map((one) => ({ word: one.name(), description: one.description() }));
}

function optionsOf(command: Command): Candidates['words'] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap((option) => wordsOf(option).map((word) => ({ word, description: option.description })));
}

function optionOf(command: Command, word: string): Option | undefined {
  return command.options.find((option) => wordsOf(option).includes(word));
}

/** With seed-cli's own, of one dash. */
function wordsOf(option: Option): string[] {
  const { long, short } = option;
  return [long, short, ...oldWords(option).map((word) => `-${word}`)].filter((word) => word !== undefined);
}

/** Names that `-i`, `-j`, `-e` and `-m` of a run take, each with its `=`. */
async function valuesOf(
  command: Command,
  option: Option,
  before: readonly string[],
  current: string,
  manifestOf: (directory: string) => Promise<Manifest | undefined>,
): Promise<Candidates> {
  if (option.argChoices)
    return {
      files: false,
      words: begins(plain(option.argChoices), current),
    };
  const kind = kinds[option.attributeName()];
  if (command.name() !== 'run' || !kind || current.includes('='))
    return { files: option.attributeName() !== 'resource', words: [] };
  const manifest = await manifestOf(before[0]?.startsWith('-') === false ? before[0] : '.');
  const names = manifest ? kind(manifest) : [];
  const wanted = environmentName(current);
  return {
    files: false,
    words: names
      .filter((name) => environmentName(name).startsWith(wanted))
      .map((name) => ({ word: `${name}=`, description: '' })),
  };
}

const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

const kinds: Readonly<Record<string, (manifest: Manifest) => string[]>> = {
  input: ({ job }) => names(job.interface.inputs.files),
  json: ({ job }) => names(job.interface.inputs.json),
  setting: ({ job }) => names(job.interface.settings),
  mount: ({ job }) => names(job.interface.mounts),
};
