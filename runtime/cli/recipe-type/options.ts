import { Command, Option } from 'commander';

export interface RecipeTypeOptions {
  readonly revision?: string;
  readonly mermaid?: boolean;
  readonly dot?: boolean;
  readonly json?: boolean;
}

/** Describes `seed recipe-type`. */
export function recipeTypeCommand(): Command {
  return new Command('recipe-type')
    .description('Show a recipe type of the service: what it takes, runs and gives.')
    .argument('<name>', 'of the recipe type')
    .option('--revision <N>', 'as it was in this revision (default: the newest)')
    .addOption(new Option('--mermaid', 'print its graph as a Mermaid flowchart').conflicts(['dot', 'json']))
    .addOption(new Option('--dot', 'print its graph for Graphviz').conflicts('json'))
    .option('--json', 'print its definition as JSON, which `seed save-recipe-type` takes')
    .addHelpText(
      'after',
      `
Exit codes: 0 shown, 2 there is no such recipe type or revision, 3 no service answers (SEED_URL).

Example:
  seed recipe-type my-recipe --mermaid`,
    );
}
