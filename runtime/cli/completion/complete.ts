import type { Command, Option } from 'commander';
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
  const command = root.commands.find((one) => one.name() === before[0]);
  if (!command) return { files: false, words: begins(commandsOf(root), current) };
  const option = optionOf(command, before.at(-1) ?? '');
  if (option?.required) return valuesOf(command, option, before, current, manifestOf);
  if (current.startsWith('-')) return { files: false, words: begins(optionsOf(command), current) };
  return { files: true, words: [] };
}

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
      words: begins(
        option.argChoices.map((word) => ({ word, description: '' })),
        current,
      ),
    };
  const kind = kinds[option.attributeName()];
  if (command.name() !== 'run' || !kind || current.includes('='))
    return { files: option.attributeName() !== 'resource', words: [] };
  const manifest = await manifestOf(before[1]?.startsWith('-') === false ? before[1] : '.');
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
