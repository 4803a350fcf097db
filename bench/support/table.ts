/**
 * A table in Markdown, its columns aligned so that it reads well in a terminal too: the first column of words to the
 * left, the others to the right.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => [...(row[column] ?? '')].length)),
  );
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => pad(row[column] ?? '', width, column === 0)).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

function pad(text: string, width: number, left: boolean): string {
  const missing = ' '.repeat(Math.max(0, width - [...text].length));
  return left ? text + missing : missing + text;
}

/** Milliseconds for a table. */
export function ms(value: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(value < 10 ? 1 : 0);
}

/** Whether a budget is kept. */
export function mark(kept: boolean): string {
  return kept ? '✔' : '✘';
}
