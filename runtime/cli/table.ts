import { safe } from './progress/job-lines.ts';

/**
 * Columns side by side, each as wide as its widest cell; the last one as long as it is. Cells are shown on one line and
 * without control characters. Pure.
 * @param rows the first one is the heading
 */
export function table(rows: readonly (readonly string[])[], indent = ''): string {
  const shown = rows.map((row) => row.map(oneLine));
  const widths = shown[0]!.map((_, column) => Math.max(...shown.map((row) => row[column]!.length)));
  return shown
    .map((row) => `${indent}${row.map((cell, at) => cell.padEnd(widths[at]!)).join('  ')}`.trimEnd() + '\n')
    .join('');
}

/** A text as a terminal may show it within a line. */
export function oneLine(text: string): string {
  return safe(text.replace(/\s+/g, ' ').trim());
}
