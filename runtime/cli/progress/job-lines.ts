import { StringDecoder } from 'node:string_decoder';

/** A line that never ends is shown in pieces of this length, so that memory stays flat. */
const longestLine = 8 * 1024;

/** Colours may stay; everything else that moves the cursor, or speaks to the terminal itself, goes. */
const unsafe =
  /\x1b\[[0-9;]*m|\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~]?)|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Turns a stream of bytes into lines that are safe to show on a terminal. */
export class JobLines {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  /** @returns the lines that are whole now */
  push(data: Buffer): string[] {
    const lines = (this.#rest + this.#decoder.write(data)).split('\n');
    this.#rest = lines.pop()!;
    while (this.#rest.length > longestLine) {
      lines.push(this.#rest.slice(0, longestLine));
      this.#rest = this.#rest.slice(longestLine);
    }
    return lines.map(safe);
  }

  /** @returns the last line, if it has no end */
  end(): string[] {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    return rest === '' ? [] : [safe(rest)];
  }
}

/** What a terminal would show of a line: after the last carriage return, without control sequences. */
export function safe(line: string): string {
  const shown = line.replace(/\r+$/, '').split('\r').at(-1)!;
  const clean = shown.replace(unsafe, (found) => (/^\x1b\[[0-9;]*m$/.test(found) ? found : ''));
  return clean.includes('\x1b') ? `${clean}\x1b[0m` : clean;
}
