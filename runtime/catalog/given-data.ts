import type { Queries } from '../database/index.ts';
import type { GivenData } from './context-document.ts';
import { filesById } from './sources.ts';

/** What a recipe was given, files by their ids, as the catalogue has them now. */
export async function givenData(
  db: Queries,
  {
    files = {},
    json = {},
  }: {
    readonly files?: Readonly<Record<string, readonly number[]>> | undefined;
    readonly json?: Readonly<Record<string, unknown>> | undefined;
  },
): Promise<GivenData> {
  const rows = await filesById(db, [...new Set(Object.values(files).flat())]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const given = Object.entries(files).map(
    ([name, ids]) => [name, ids.flatMap((id) => byId.get(id) ?? [])] as const,
  );
  return { files: new Map(given), json: new Map(Object.entries(json)) };
}
