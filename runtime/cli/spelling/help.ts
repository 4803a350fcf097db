import { type Command, Help } from 'commander';
import { oldWords } from './old-words.ts';

/** Lets a command's help name seed-cli's words for its options, too. */
export function withOldWords(command: Command): Command {
  const plain = new Help();
  return command.configureHelp({
    optionDescription: (option) => {
      const words = oldWords(option).map((word) => `-${word}`);
      return plain.optionDescription(option) + (words.length > 0 ? ` [also ${words.join(', ')}]` : '');
    },
  });
}
