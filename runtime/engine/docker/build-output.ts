import { oneLine } from './failures.ts';

/** Lines of output that explain a failed step. */
const linesShown = 3;

/** Passes the lines of what a step prints on, and keeps the last. */
export function lastLines(progress: (line: string) => void) {
  const last: string[] = [];
  return {
    last: last as readonly string[],
    add(text: string) {
      for (const line of plainLines(text)) {
        progress(line);
        last.push(line);
        if (last.length > linesShown) last.shift();
      }
    },
    clear: () => void (last.length = 0),
  };
}

/** Lines that are not empty, without colours and cursor movements. */
export function plainLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) =>
      oneLine(line.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replace(/[\x00-\x08\x0b-\x1f\x7f]/g, ' ')),
    )
    .filter((line) => line !== '');
}
