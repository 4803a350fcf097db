import type { Queries } from '../../database/index.ts';
import { toSeedbedError } from '../../errors/index.ts';
import { checkPath } from '../../workspace/index.ts';
import { fileColumns, fileRow } from './file-row.ts';
import type { ImportRun } from './import-run.ts';
import type { ScaleRow } from './source.ts';

const names = Object.keys(fileColumns).join(', ');
const given = Object.entries(fileColumns)
  .map(([name, type]) => `${name} ${isArray(type) ? 'text' : type}`)
  .join(', ');
const values = Object.entries(fileColumns)
  .map(([name, type]) => {
    if (isArray(type)) return `given.${name}::${type}`;
    return name === 'created' || name === 'last_modified'
      ? `coalesce(given.${name}, now())`
      : `given.${name}`;
  })
  .join(', ');

/** Arrays come as Postgres writes them. */
function isArray(type: string): boolean {
  return type.endsWith('[]');
}

/** Files, also deleted and superseded ones, page by page; those of before are known by their ids. */
export async function takeFiles(run: ImportRun): Promise<void> {
  const { source, report, together, tell, signal } = run;
  for await (const page of source.pages('scale_file')) {
    signal.throwIfAborted();
    await together((tx) => takePage(tx, run, page));
    report.counts.file.found += page.length;
    tell(`${report.counts.file.found} files`);
  }
}

/** Why a file could not be read at its path in any workspace. */
function problemOf(filePath: string): string | undefined {
  try {
    checkPath(filePath, '');
    return undefined;
  } catch (thrown) {
    if (toSeedbedError(thrown).error === 'outside-workspace') return 'its path leads out of its workspace';
    return 'its path is none that a workspace takes';
  }
}

async function takePage(
  tx: Queries,
  { mapping, report }: ImportRun,
  page: readonly ScaleRow[],
): Promise<void> {
  const known = await mapping.of(
    tx,
    'file',
    page.map((row) => row.id!),
  );
  report.counts.file.known += known.size;
  const workspaces = await mapping.all(tx, 'workspace');
  const jobTypes = await mapping.all(tx, 'job_type');
  const recipeTypes = await mapping.all(tx, 'recipe_type');
  const coming = page.filter((row) => {
    if (known.has(row.id!)) return false;
    const isPlaced = row.workspace_id != null && workspaces.has(row.workspace_id);
    const problem = isPlaced ? problemOf(row.file_path!) : 'its workspace was not taken over';
    if (problem !== undefined) report.left('file', row.file_path!, problem);
    return problem === undefined;
  });
  if (coming.length === 0) return;
  const [numbers] = await tx.query<{ ids: number[] }>(
    `select json_agg(nextval(pg_get_serial_sequence('scale_file', 'id'))) as ids from generate_series(1, $1)`,
    [coming.length],
  );
  const { ids } = numbers!;
  const rows = await Promise.all(
    coming.map((row, at) =>
      fileRow(
        row,
        {
          id: ids[at]!,
          workspaceId: workspaces.get(row.workspace_id!)!,
          jobTypeId: jobTypes.get(row.job_type_id ?? '') ?? null,
          recipeTypeId: recipeTypes.get(row.recipe_type_id ?? '') ?? null,
        },
        report,
      ),
    ),
  );
  const made = await tx.query<{ id: number }>(
    `insert into scale_file (${names}) overriding system value
     select ${values} from jsonb_to_recordset($1::jsonb) as given (${given})
     on conflict (workspace_id, md5(file_path)) where not is_superseded and not is_deleted do nothing returning id`,
    [JSON.stringify(rows)],
  );
  const taken = new Set(made.map((row) => row.id));
  await mapping.keep(
    tx,
    'file',
    coming.flatMap((row, at) => (taken.has(ids[at]!) ? [[row.id!, ids[at]!] as const] : [])),
  );
  report.counts.file.taken += taken.size;
  coming.forEach((row, at) => {
    if (!taken.has(ids[at]!))
      report.left('file', row.file_path!, 'another file is known at its place already');
  });
}
