import { Command, Option } from 'commander';
import { addFilterOptions, type FilterOptions } from '../files/filter-options.ts';
import { formatOption } from '../format-option.ts';

export interface DatasetsOptions extends FilterOptions {
  readonly create?: string;
  readonly check?: string;
  readonly add?: string;
  readonly input?: string[];
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

/** Describes `seed datasets`. */
export function datasetsCommand(): Command {
  const command = new Command('datasets')
    .description('List the datasets of the service, or show one; make them, and add files to them.')
    .argument('[id]', 'show this one')
    .option('--create <FILE>', 'make a dataset of a file in YAML or JSON')
    .option('--check <FILE>', 'judge a file; nothing is kept')
    .option('--add <ID>', 'add a member for each file that the filters below find')
    .addOption(
      new Option('--input <NAME>', 'with --add: the parameter that takes the file').argParser(
        (value: string, before: string[] = []) => [...before, value],
      ),
    )
    .option('--dry-run', 'with --add: only say how many there would be');
  return addFilterOptions(command)
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
A file holds title, description and definition, or a definition alone.

Exit codes: 0 done; 2 refused, every problem is told; 3 no service answers (SEED_URL).

Examples:
  seed datasets
  seed datasets --add 5 --input SCENE --collection landsat --dry-run`,
    );
}
