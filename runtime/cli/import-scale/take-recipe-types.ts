import type { Queries } from '../../database/index.ts';
import { addRevision, judgeRecipeType, lockRecipeTypes } from '../../recipes/index.ts';
import type { ImportRun } from './import-run.ts';
import type { ScaleRow } from './source.ts';
import { allRows, isTrue, jsonOf, optional } from './values.ts';

const kind = 'recipe_type';

/**
 * Recipe types with the numbers of their revisions, in the order in which these were made: what a revision names was there
 * before it.
 */
export async function takeRecipeTypes(run: ImportRun): Promise<void> {
  const { source, report, together } = run;
  const types = new Map((await allRows(source.pages('recipe_type'))).map((row) => [row.id!, row]));
  for (const revision of await allRows(source.pages('recipe_type_revision'))) {
    run.signal.throwIfAborted();
    report.counts[kind].found++;
    const type = types.get(revision.recipe_type_id!);
    if (type) await together((tx) => takeRevision(tx, run, type, revision));
    else report.left(kind, `revision ${revision.id}`, 'its recipe type is not there');
  }
}

async function takeRevision(
  tx: Queries,
  { mapping, report, actor }: ImportRun,
  type: ScaleRow,
  revision: ScaleRow,
): Promise<void> {
  const number = Number(revision.revision_num);
  const name = `${type.name} revision ${number}`;
  await lockRecipeTypes(tx);
  const mapped = (await mapping.of(tx, kind, [type.id!])).get(type.id!);
  const [here] = await tx.query<{ id: number; revision_num: number }>(
    mapped === undefined
      ? 'select id, revision_num from recipe_type where project_id = 1 and name = $1'
      : 'select id, revision_num from recipe_type where id = $1',
    [mapped ?? type.name],
  );
  if (here && mapped === undefined) return report.left(kind, name, 'one of this name is here already');
  if (here && here.revision_num >= number) return void report.counts[kind].known++;
  const { revision: judged, errors } = await judgeRecipeType(tx, jsonOf(revision, 'definition'), type.name!);
  if (!judged)
    return report.left(kind, `${name}: ${errors[0]?.description ?? ''}`, 'its definition is not valid here');
  const id = here?.id ?? (await insertType(tx, type, actor));
  if (!here) await mapping.keep(tx, kind, [[type.id!, id]]);
  await tx.query('update recipe_type set revision_num = $2 where id = $1', [id, number - 1]);
  const { revisionId } = await addRevision(tx, id, judged, actor);
  await tx.query(
    'update recipe_type_revision set created = coalesce($2::timestamptz, created) where id = $1',
    [revisionId, optional(revision, 'created')],
  );
  report.counts[kind].taken++;
}

async function insertType(tx: Queries, row: ScaleRow, actor: string): Promise<number> {
  const [made] = await tx.query<{ id: number }>(
    `insert into recipe_type (name, title, description, definition, revision_num, is_active, created_by, created, deprecated)
     values ($1, $2, $3, '{}', 0, $4, $5, coalesce($6::timestamptz, now()), $7) returning id`,
    [
      ...[row.name, optional(row, 'title') ?? row.name, optional(row, 'description')],
      ...[isTrue(row.is_active), actor, optional(row, 'created'), optional(row, 'deprecated')],
    ],
  );
  return made!.id;
}
