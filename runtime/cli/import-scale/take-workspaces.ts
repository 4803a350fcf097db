import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { ImportRun } from './import-run.ts';
import type { ScaleRow } from './source.ts';
import { allRows, isTrue, jsonOf, optional } from './values.ts';

const kind = 'workspace';

/** Workspaces, by their names. Keys of S3 stay in Scale: they are to be given anew. */
export async function takeWorkspaces({ source, mapping, report, together, actor }: ImportRun): Promise<void> {
  const { counts } = report;
  await together(async (tx) => {
    const known = await mapping.all(tx, kind);
    for (const row of await allRows(source.pages('workspace'))) {
      counts[kind].found++;
      if (known.has(row.id!)) {
        await requireSame(tx, row, known.get(row.id!)!, source.name);
        counts[kind].known++;
        continue;
      }
      const broker = brokerOf(row);
      if (!broker) {
        report.left(kind, row.name!, 'its configuration names no broker');
        continue;
      }
      if ('credentials' in broker) {
        delete broker.credentials;
        report.note(kind, row.name!, 'its keys are not taken over; set them again');
      }
      const there = await workspaceHere(tx, row.name!);
      if (there && !isDeepStrictEqual(there.broker, broker)) {
        report.left(kind, row.name!, 'a workspace of this name is here already, with another place');
        continue;
      }
      const id = there?.id ?? (await insert(tx, row, broker, actor));
      await mapping.keep(tx, kind, [[row.id!, id]]);
      counts[kind][there ? 'known' : 'taken']++;
    }
  });
}

function brokerOf(row: ScaleRow): Record<string, unknown> | undefined {
  const configuration = jsonOf(row, 'json_config');
  if (!isObject(configuration) || !isObject(configuration.broker)) return undefined;
  return { ...configuration.broker };
}

/** Two Scales under one name would be taken for one. @throws import-source-unusable */
async function requireSame(tx: Queries, { name }: ScaleRow, id: number, source: string): Promise<void> {
  const [here] = await tx.query<{ name: string }>('select name from workspace where id = $1', [id]);
  if (here === undefined || here.name === name) return;
  throw new SeedbedError('import-source-unusable', {
    source,
    reason: `another Scale is remembered by this name, whose workspace ${here.name} is called ${name} in this one; give it another one with --name`,
  });
}

async function workspaceHere(
  tx: Queries,
  name: string,
): Promise<{ id: number; broker: unknown } | undefined> {
  const [row] = await tx.query<{ id: number; broker: unknown }>(
    `select id, json_config -> 'broker' as broker from workspace where project_id = 1 and name = $1`,
    [name],
  );
  return row;
}

async function insert(tx: Queries, row: ScaleRow, broker: object, actor: string): Promise<number> {
  const [made] = await tx.query<{ id: number }>(
    `insert into workspace (name, title, description, base_url, is_active, json_config, created_by, created, deprecated)
     values ($1, $2, $3, $4, $5, $6, $7, coalesce($8::timestamptz, now()), $9) returning id`,
    [
      ...[row.name, optional(row, 'title'), optional(row, 'description'), optional(row, 'base_url') || null],
      ...[isTrue(row.is_active), { version: '7', broker }, actor],
      ...[optional(row, 'created'), optional(row, 'deprecated')],
    ],
  );
  return made!.id;
}
