import type { ScaleRow } from './source.ts';

/** A boolean as `::text` and as COPY write it. */
export function isTrue(value: string | null | undefined): boolean {
  return value === 't' || value === 'true';
}

/** A value of a column that not every Scale has. */
export function optional(row: ScaleRow, name: string): string | null {
  return row[name] ?? null;
}

/** JSON of a column; what is none is as if it were not there. */
export function jsonOf(row: ScaleRow, name: string): unknown {
  try {
    return JSON.parse(row[name] ?? 'null') as unknown;
  } catch {
    return null;
  }
}

/** All rows of a small table. */
export async function allRows(pages: AsyncGenerator<ScaleRow[]>): Promise<ScaleRow[]> {
  const rows: ScaleRow[] = [];
  for await (const page of pages) rows.push(...page);
  return rows.sort((a, b) => Number(a.id) - Number(b.id));
}
