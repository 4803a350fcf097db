import { isKept, type JsonPath, scanJson } from '../../../seed-schema/index.ts';
import { reasonOf } from '../../errors/index.ts';

/** A document, and where its parts stand in the text that it was read from. */
export interface ParsedText {
  readonly document: unknown;
  /** From 1; of a part that is not there, the line of what would hold it. */
  readonly lineOf: (path: JsonPath) => number | undefined;
}

/** In place of a number that is no whole one and that a double does not hold. */
export class UnkeptNumber {
  readonly written: string;
  constructor(written: string) {
    this.written = written;
  }
}

/** What is wrong with the text, in words with line and column. */
export class TextFault extends Error {}

/**
 * Reads YAML 1.2, and so JSON.
 * @param options `intAsBigInt`: whole numbers keep their digits, and are told from fractions such as `1.0`; `tellsUnkept`: other
 *   numbers that a double does not hold are `UnkeptNumber`s
 * @throws TextFault
 */
export async function parseText(
  text: string,
  {
    intAsBigInt = false,
    tellsUnkept = false,
  }: { readonly intAsBigInt?: boolean; readonly tellsUnkept?: boolean } = {},
): Promise<ParsedText> {
  if (/^\s*\{/.test(text)) requireJson(text);
  // Large, and needed here only.
  const { isNode, LineCounter, parseDocument, visit } = await import('./yaml.ts');
  const lines = new LineCounter();
  const yaml = parseDocument(text, {
    ...{ lineCounter: lines, prettyErrors: false, stringKeys: true, intAsBigInt },
  });
  const [fault] = [...yaml.errors, ...yaml.warnings];
  if (fault) {
    const { line, col } = lines.linePos(fault.pos[0]);
    throw new TextFault(`line ${line}, column ${col}: ${lowered(fault.message)}`);
  }
  if (tellsUnkept)
    visit(yaml, {
      Scalar: (_, node) => {
        const { value, source } = node;
        if (typeof value === 'number' && Number.isFinite(value) && source && !isKept(source))
          node.value = new UnkeptNumber(source);
      },
    });
  let document: unknown;
  try {
    document = yaml.toJS({ maxAliasCount: 100 });
  } catch (thrown) {
    throw new TextFault(reasonOf(thrown));
  }
  return {
    document,
    lineOf: (path) => {
      for (let keys = keysOf(path); ; keys = keys.slice(0, -1)) {
        const node = keys.length === 0 ? yaml.contents : yaml.getIn(keys, true);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
        if (keys.length === 0) return undefined;
      }
    },
  };
}

/** Of a file that means to be JSON, a JSON author's words. @throws TextFault */
function requireJson(text: string): void {
  const { fault } = scanJson(text);
  if (fault) throw new TextFault(`line ${fault.line}, column ${fault.column}: ${fault.problem}`);
}

/** `nodes["a b"].input[0]` as `nodes`, `a b`, `input`, 0. Pure. */
export function keysOf(path: JsonPath): (string | number)[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    quoted !== undefined
      ? (JSON.parse(`"${quoted}"`) as string)
      : index !== undefined
        ? Number(index)
        : name!,
  );
}

function lowered(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
}
