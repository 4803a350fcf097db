import type { Page } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';

/** The one of a name. @param list those of a name, or all @throws unknown-name */
export async function named<Row extends { readonly name: string }>(
  kind: 'strike' | 'scan' | 'schedule',
  name: string,
  list: (query: Record<string, string | number>) => Promise<Page<Row>>,
): Promise<Row> {
  const [row] = (await list({ name })).results;
  if (row) return row;
  const { results } = await list({ page_size: 1000 });
  const known = results.map((one) => one.name).join(', ') || 'none';
  throw new SeedbedError('unknown-name', { kind, name, known });
}

/** `3 INGESTED, 1 ERRORED`; a dash for none. Pure. */
export function progressText(progress: Readonly<Record<string, number>>): string {
  return (
    Object.entries(progress)
      .map(([status, count]) => `${count} ${status}`)
      .join(', ') || '-'
  );
}
