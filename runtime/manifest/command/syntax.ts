/** A word of a command, in the order of its text; words are what becomes arguments, and the operands of expansions. */
export type Word = readonly Piece[];

export type Piece = TextPiece | ParameterPiece;

export interface TextPiece {
  readonly kind: 'text';
  /** Without its quotes and escapes. */
  readonly text: string;
  readonly quoted: boolean;
}

/** Where a parameter stands. */
export interface ParameterPiece {
  readonly kind: 'parameter';
  readonly parameter: Parameter;
  /** Between double quotes: its value never splits. */
  readonly quoted: boolean;
}

/** `$NAME` or `${NAME...}`. */
export interface Parameter {
  readonly name: string;
  /** Index of its `$` in the command, in characters. */
  readonly position: number;
  readonly operation: Operation;
}

/** What happens to the value ("Shell Parameter Expansion" in Bash's manual). */
export type Operation =
  | { readonly kind: 'value' }
  | { readonly kind: 'length' }
  | {
      readonly kind: 'alternative';
      readonly operator: '-' | '=' | '?' | '+';
      /** `:` stands before the operator: an empty value counts as unset. */
      readonly orEmpty: boolean;
      readonly word: Word;
    }
  | { readonly kind: 'substring'; readonly offset: Word; readonly length: Word | undefined }
  | {
      readonly kind: 'remove';
      readonly from: 'prefix' | 'suffix';
      readonly longest: boolean;
      readonly pattern: Word;
    }
  | {
      readonly kind: 'replace';
      readonly which: 'first' | 'all' | 'prefix' | 'suffix';
      readonly pattern: Word;
      readonly replacement: Word;
    }
  | {
      readonly kind: 'case';
      readonly to: 'upper' | 'lower';
      readonly all: boolean;
      /** Which characters change; undefined: any. */
      readonly pattern: Word | undefined;
    };

/** Reads a word up to one of the characters `stops` (or the end) from where the cursor stands. */
export type WordReader = (stops: string, insideQuotes?: boolean) => Word;
