import { SeedbedError } from '../../../errors/index.ts';
import { parametersIn } from '../../command/parameters.ts';
import { readCommand } from '../../command/read-command.ts';
import type { Operation, Piece, Word } from '../../command/syntax.ts';

/**
 * The words of `interface.command` as data for `seedCommand` of the library: pieces of text, and variables with what
 * happens to them.
 * @throws invalid-command
 */
export function commandData(command: string): unknown[][] {
  return wordsOf(command).map(wordData);
}

/** Names of the variables that a command expands, each once. */
export function expandedVariables(command: string): Set<string> {
  return new Set(
    wordsOf(command).flatMap((word) => [...parametersIn(word)].map((piece) => piece.parameter.name)),
  );
}

/** Names of those whose values it needs to know, to cut or to change them, and does not only pass on. */
export function inspectedVariables(command: string): Set<string> {
  const passedOn = (piece: Piece): boolean =>
    piece.kind === 'parameter' && piece.quoted && piece.parameter.operation.kind === 'value';
  return new Set(
    wordsOf(command)
      .flatMap((word) => {
        const top = word.filter(passedOn);
        return [...parametersIn(word)].filter((piece) => !top.includes(piece));
      })
      .map(({ parameter }) => parameter.name),
  );
}

function wordsOf(command: string): readonly Word[] {
  const { words, problem } = readCommand(command);
  if (problem instanceof SeedbedError) throw problem;
  return words;
}

function wordData(word: Word): unknown[] {
  return word.map((piece) => {
    if (piece.kind === 'text') return { text: piece.text, quoted: piece.quoted };
    const { name, operation } = piece.parameter;
    return { name, quoted: piece.quoted, operation: operationData(operation) };
  });
}

function operationData(operation: Operation): object {
  return Object.fromEntries(
    Object.entries(operation).map(([member, value]) => [
      member,
      Array.isArray(value) ? wordData(value as Word) : value,
    ]),
  );
}
