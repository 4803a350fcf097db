import type { Command } from 'commander';
import { oldWords } from '../../runtime/cli/spelling/old-words.ts';
import { table } from './table.ts';

/** The options of a command, as its help has them. */
export function optionsTable(command: Command): string {
  const rows = command.options
    .filter((option) => !option.hidden)
    .map((option) => {
      const [, value] = /([<[].*)$/.exec(option.flags) ?? [];
      const words = [option.short, option.long].filter((word) => word !== undefined).map(code);
      const old = oldWords(option).map((word) => code(`-${word}`));
      const choices = option.argChoices ? ` (${option.argChoices.map(code).join(', ')})` : '';
      const spelling = words.map((word, at) =>
        at === words.length - 1 && value ? `${word.slice(0, -1)} ${bare(value)}\`` : word,
      );
      return [spelling.join(', '), old.join(', '), `${option.description}${choices}`];
    });
  return table(['option', 'also', 'meaning'], rows);
}

function code(word: string): string {
  return `\`${word}\``;
}

function bare(value: string): string {
  return value.replace(/[<>]/g, '');
}
