import { CommanderError, type Command } from 'commander';
import { SeedbedError, toSeedbedError } from '../errors/index.ts';
import { tolerateClosedPipes } from './progress/writer.ts';

/**
 * Runs a command of ours to the process's exit code. A wrong command line is `invalid-usage` (exit 2); help and version
 * end well.
 */
export async function main(command: Command): Promise<void> {
  tolerateClosedPipes();
  for (const one of [command, ...command.commands]) {
    one.exitOverride().showSuggestionAfterError();
    one.showHelpAfterError('Run it with --help for its options.');
  }
  try {
    await command.parseAsync();
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      process.exitCode = thrown.exitCode === 0 ? 0 : new SeedbedError('invalid-usage', { problem: '' }).exit;
      return;
    }
    const error = toSeedbedError(thrown);
    process.stderr.write(`${command.name()}: ${error.sentence} (${error.code})\n`);
    process.exitCode = error.exit;
  }
}
