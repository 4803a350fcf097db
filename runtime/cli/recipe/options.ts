import { Command, Option } from 'commander';
import { formatOption } from '../format-option.ts';

export interface RecipeOptions {
  readonly graph?: 'mermaid' | 'dot' | 'json';
  readonly follow?: boolean;
  readonly expand: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed recipe`. */
export function recipeCommand(): Command {
  return new Command('recipe')
    .description(
      'Show the nodes of a recipe as a tree: where each stands, how long it took, and why it is no further.',
    )
    .argument('<id>', 'number of the recipe')
    .addOption(
      new Option('--graph <KIND>', 'print its graph for another program').choices(['mermaid', 'dot', 'json']),
    )
    .option('--follow', 'show it as it changes, until nothing of it goes on')
    .option('--expand <N>', 'levels of sub-recipes whose nodes are shown', '1')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 shown; 2 there is no such recipe; 3 no service answers (SEED_URL); with --follow 1 when something of it failed.\n\nA picture of it: seed recipe 12 --graph dot | dot -Tsvg > recipe.svg\n\nExample:\n  seed recipe 12',
    );
}
