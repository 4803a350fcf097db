import { safe } from './job-lines.ts';

/** A line of the engine says what it has to say in these; a label would fill the screen. */
const longestDetail = 160;

/**
 * Says on standard error what a command does, a line at a time; lines of the engine stand back.
 * @param options quiet: says nothing
 */
export function teller({ quiet }: { readonly quiet?: boolean }): (line: string, isDetail?: boolean) => void {
  return (line, isDetail = false) => {
    if (quiet) return;
    const text = safe(line);
    const cut = isDetail && text.length > longestDetail ? `${text.slice(0, longestDetail)}…` : text;
    process.stderr.write(`${isDetail ? '  │ ' : ''}${cut}\n`);
  };
}
