/** One instruction of a Dockerfile, its lines joined. */
export interface Instruction {
  /** Of its first line, from 1. */
  readonly line: number;
  /** In capitals. */
  readonly keyword: string;
  /** `--name=value` before the arguments, without the dashes; the value is empty where there is none. */
  readonly flags: readonly Flag[];
  /** What follows the flags. */
  readonly argument: string;
  /** The names of the here-documents that it reads. */
  readonly heredocs: readonly string[];
}

export interface Flag {
  readonly name: string;
  readonly value: string;
}

export interface Dockerfile {
  /** The parser directive `# syntax=`: the image of the frontend, and its line. */
  readonly syntax?: { readonly image: string; readonly line: number };
  readonly instructions: readonly Instruction[];
}

/** Those whose here-documents BuildKit reads; also behind ONBUILD. */
const heredocKeywords = new Set(['RUN', 'COPY', 'ADD']);

/**
 * Reads a Dockerfile as far as it takes to know what it asks for: directives, continued lines, comments,
 * here-documents. Never fails: what is wrong with it, the engine says better.
 * @see https://docs.docker.com/reference/dockerfile/
 */
export function parseDockerfile(text: string): Dockerfile {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const { syntax, escape, next } = parserDirectives(lines);
  const instructions: Instruction[] = [];
  for (let at = next; at < lines.length; at++) {
    if (isBlankOrComment(lines[at]!)) continue;
    const line = at + 1;
    const [joined, last] = joinContinued(lines, at, escape);
    const instruction = parseInstruction(joined.trim(), line);
    instructions.push(instruction);
    at = instruction.heredocs.reduce((from, name) => endOfHeredoc(lines, from, name), last);
  }
  return { ...(syntax && { syntax }), instructions };
}

/** They stand before everything else; the first line that is none ends them. */
export function parserDirectives(lines: readonly string[]) {
  let [escape, next] = ['\\', 0];
  let syntax: Dockerfile['syntax'];
  for (; next < lines.length; next++) {
    const line = lines[next]!;
    if (next === 0 && line.startsWith('#!')) continue;
    const [, name, value] = /^\s*#\s*(syntax|escape|check)\s*=\s*(.+?)\s*$/i.exec(line) ?? [];
    if (name === undefined) break;
    if (name.toLowerCase() === 'syntax') syntax = { image: value!, line: next + 1 };
    else if (name.toLowerCase() === 'escape' && value === '`') escape = '`';
  }
  return { syntax, escape, next };
}

function isBlankOrComment(line: string): boolean {
  return /^\s*(#|$)/.test(line);
}

/** @returns the whole instruction, and the index of its last line */
function joinContinued(lines: readonly string[], first: number, escape: string): [string, number] {
  const continued = new RegExp(`(^|[^\\${escape}])\\${escape}[ \\t]*$`);
  let [joined, last] = ['', first];
  for (let at = first; at < lines.length; at++) {
    const line = lines[at]!;
    if (at > first && isBlankOrComment(line)) continue;
    last = at;
    if (!continued.test(line)) return [joined + line, last];
    joined += line.replace(continued, '$1');
  }
  return [joined, last];
}

function parseInstruction(text: string, line: number): Instruction {
  const [, keyword = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  const flags: Flag[] = [];
  let argument = rest;
  for (;;) {
    const [whole, name, value = ''] =
      /^--([a-z][\w-]*)(?:=("[^"]*"|'[^']*'|\S*))?(?:\s+|$)/.exec(argument) ?? [];
    if (whole === undefined) break;
    flags.push({ name: name!, value: value.replace(/^(["'])(.*)\1$/, '$2') });
    argument = argument.slice(whole.length);
  }
  const upper = keyword.toUpperCase();
  const inner = upper === 'ONBUILD' ? /^\w*/.exec(argument)![0].toUpperCase() : upper;
  return {
    line,
    keyword: upper,
    flags,
    argument,
    heredocs: heredocKeywords.has(inner) ? heredocsOf(argument) : [],
  };
}

/** `<<NAME`, `<<-NAME`, `3<<"NAME"`, each as a word of its own and not within quotes. */
function heredocsOf(argument: string): string[] {
  const words = argument.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*'|["'\\])+/gs) ?? [];
  return words
    .map((word) => /^\d*<<(-?[^<]+)$/.exec(word)?.[1]?.replace(/["'\\]/g, ''))
    .filter((name) => name !== undefined && name !== '' && name !== '-') as string[];
}

/** @returns the index of the line that ends the here-document, or of the last line */
function endOfHeredoc(lines: readonly string[], before: number, name: string): number {
  const [indented, end] = name.startsWith('-') ? [true, name.slice(1)] : [false, name];
  const at = lines.findIndex(
    (line, index) => index > before && (indented ? line.replace(/^\t+/, '') : line) === end,
  );
  return at < 0 ? lines.length - 1 : at;
}

/** Docker's own frontend, in any version: the one that engines also have built in. */
export function isOrdinaryFrontend(image: string): boolean {
  return /^(docker\.io\/)?docker\/dockerfile(-upstream)?([:@].*)?$/.test(image);
}
