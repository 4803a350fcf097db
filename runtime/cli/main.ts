import { CommanderError, type Command } from 'commander';
import { isErrno, reasonOf, SeedbedError, toSeedbedError } from '../errors/index.ts';
import { safe } from './progress/job-lines.ts';
import { tolerateClosedPipes } from './progress/writer.ts';
import { withOldWords } from './spelling/help.ts';
import { respell } from './spelling/respell.ts';

/**
 * Runs a command of ours to the process's exit code. A wrong command line is `invalid-usage` (exit 2); help and version
 * end well.
 * @param report tells an error in the form that the command line asks for; by default a sentence on standard error
 */
export async function main(
  command: Command,
  report: (error: SeedbedError) => Promise<void> | void = (error) => sayError(command.name(), error),
): Promise<void> {
  tolerateClosedPipes((thrown) => {
    const error = unwritable(thrown);
    sayError(command.name(), error);
    // At the end, when every other result is known.
    process.once('exit', () => (process.exitCode = error.exit));
  });
  for (const one of allOf(command))
    withOldWords(one)
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({ outputError: () => undefined });
  try {
    if (process.argv.length === 2 && command.commands.length > 0) return command.outputHelp();
    requireDirectory();
    await command.parseAsync(spelling(command, process.argv.slice(2)), { from: 'user' });
  } catch (thrown) {
    // Help and version, asked for or (2) for want of a command: what they print is all there is to say.
    if (thrown instanceof CommanderError && /^commander\.(help|version)/.test(thrown.code)) {
      process.exitCode = thrown.exitCode === 0 ? 0 : 2;
      return;
    }
    const error = thrown instanceof CommanderError ? usageError(thrown) : toSeedbedError(thrown);
    await report(error);
    process.exitCode = error.exit;
  }
}

/** The words of the command line in commander's own spelling; see `respell`. @throws invalid-usage */
function spelling(command: Command, args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  // Of a command that does not exist, commander would explain all others.
  if (first === 'help' && rest[0] !== undefined && !isCommand(command, rest[0])) return rest;
  const sub = command.commands.find((one) => one.name() === first);
  if (sub) return [sub.name(), ...spellingOf(sub, rest)];
  return command.commands.length > 0 && !first?.startsWith('-') ? args : respell(command, args);
}

/** Of a command that may have commands of its own, as `batch` has `create`. */
function spellingOf(command: Command, args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  const sub = command.commands.find((one) => one.name() === first);
  return sub ? [sub.name(), ...respell(sub, rest)] : respell(command, args);
}

function allOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}

function isCommand(command: Command, word: string): boolean {
  return word === 'help' || word.startsWith('-') || command.commands.some((one) => one.name() === word);
}

/** Every relative path would fail in a directory that was removed meanwhile. */
function requireDirectory(): void {
  try {
    process.cwd();
  } catch {
    throw new SeedbedError('invalid-usage', { problem: 'The current directory is not there any more' });
  }
}

/** The sentence that ends a failed command, on one line whatever the names in it are. */
export function sayError(command: string, error: SeedbedError): void {
  const sentence = safe(error.sentence.replace(/\s*[\r\n]\s*/g, ' '));
  process.stderr.write(`${command}: ${sentence} (${error.code})\n`);
}

function unwritable(thrown: NodeJS.ErrnoException): SeedbedError {
  if (isErrno(thrown, 'ENOSPC', 'EDQUOT')) return new SeedbedError('disk-full', { what: 'standard output' });
  return new SeedbedError('result-file-unusable', { path: 'standard output', reason: reasonOf(thrown) });
}

/** `error: unknown option '--inputs'\n(Did you mean --input?)` as one sentence. */
function usageError({ message }: CommanderError): SeedbedError {
  const problem = message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  return new SeedbedError('invalid-usage', { problem: problem.charAt(0).toUpperCase() + problem.slice(1) });
}
