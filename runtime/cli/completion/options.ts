import { Command, Option } from 'commander';

export interface CompletionOptions {
  readonly complete?: boolean;
}

/** Describes `seed completion`. */
export function completionCommand(): Command {
  return new Command('completion')
    .description('Print what makes a shell complete the words of this command.')
    .usage('bash|zsh')
    .argument('[words...]')
    .addOption(new Option('--complete', 'what may stand in place of the last of the words').hideHelp())
    .addHelpText(
      'after',
      `
For bash, put  source <(seed completion bash)  into ~/.bashrc; for zsh,
source <(seed completion zsh)  into ~/.zshrc, after compinit.

Exit codes: 0 printed, 2 no such shell.

Example:
  seed completion bash`,
    );
}
