import type { Operation, ParameterPiece, Word } from './syntax.ts';

/** Every parameter of a word and of the operands inside it, as it stands, in the order of the text. */
export function* parametersIn(word: Word): Generator<ParameterPiece> {
  for (const piece of word) {
    if (piece.kind === 'text') continue;
    yield piece;
    for (const operand of operandsOf(piece.parameter.operation)) yield* parametersIn(operand);
  }
}

/** What a word says without its parameters: its text, without quotes and escapes. */
export function literalOf(word: Word): string {
  return word.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
}

function operandsOf(operation: Operation): Word[] {
  switch (operation.kind) {
    case 'alternative':
      return [operation.word];
    case 'substring':
      return operation.length ? [operation.offset, operation.length] : [operation.offset];
    case 'remove':
      return [operation.pattern];
    case 'replace':
      return [operation.pattern, operation.replacement];
    case 'case':
      return operation.pattern ? [operation.pattern] : [];
    default:
      return [];
  }
}
