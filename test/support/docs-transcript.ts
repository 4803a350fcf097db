import { hostname } from 'node:os';

/** What a page tells its reader to do, in order. */
export interface PageSteps {
  /** Files that the reader is told to write: path → content. */
  readonly files: ReadonlyMap<string, string>;
  readonly commands: readonly Command[];
}

export interface Command {
  /** Without its prompt. */
  readonly text: string;
  /** Lines that the page shows below it; none: the page shows nothing of it. `...` stands for any lines. */
  readonly shown: readonly string[];
  /** Of the page, from 1. */
  readonly line: number;
}

/**
 * Reads the fences of a page: in those marked `sh` lines that begin with `$ ` are commands and the others what they print;
 * a fence below `<!-- file: PATH -->` is a file's content.
 */
export function readSteps(page: string): PageSteps {
  const files = new Map<string, string>();
  const commands: Command[] = [];
  const fences = page.matchAll(/(?:^<!-- file: (\S+) -->\n)?^```(\w*)\n([^]*?)^```$/gm);
  for (const { index, 0: whole, 1: file, 2: language, 3: content = '' } of fences) {
    if (file !== undefined) files.set(file, content);
    const first = lineAt(page, index + whole.indexOf('```')) + 1;
    if (language === 'sh') commands.push(...readCommands(content, first));
  }
  return { files, commands };
}

function readCommands(fence: string, first: number): Command[] {
  const commands: { text: string; shown: string[]; line: number }[] = [];
  fence
    .replace(/\n$/, '')
    .split('\n')
    .forEach((line, index) => {
      if (line.startsWith('$ ')) commands.push({ text: line.slice(2), shown: [], line: first + index });
      else commands.at(-1)?.shown.push(line);
    });
  return commands;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Whether a command printed what its page shows, numbers, times, identities and places of files aside. */
export function printsAsShown(shown: readonly string[], printed: string): boolean {
  const pattern = shown
    .map((line) => (line === '...' ? '(?:.*\\n)*?' : `${escaped(normalised(line))}\\n`))
    .join('');
  const text = printed.split('\n').map(normalised).join('\n').trim();
  return new RegExp(`^${pattern}$`).test(`${text}\n`);
}

/** This machine, and the one of the pages. */
const machine = new RegExp(`(?<![\\w.-])(?:laptop|${escaped(hostname())})(?![\\w.-])`, 'g');

/** A line without what differs from run to run, and from machine to machine. */
export function normalised(line: string): string {
  return (
    line
      .trimEnd()
      .replace(machine, '<machine>')
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
      .replace(/(?:localhost|127\.0\.0\.1):\d+/g, '<registry>')
      .replace(/sha256:[0-9a-f]{64}/g, '<digest>')
      .replace(/(?<![\w/.])\/(?:[^\s"/]*\/)*/g, '<path>/')
      .replace(/\d+ min \d+ s\b|\d+(?:\.\d+)? (?:ms|s)\b/g, '<duration>')
      .replace(/\d+(?:\.\d+)? (?:bytes?|[KMGT]iB)\b/g, '<size>')
      .replace(/\d+(?:\.\d+)?/g, '<number>')
      // Columns are as wide as their contents.
      .replace(/(?<=\S) {2,}/g, '  ')
  );
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
