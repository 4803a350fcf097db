import path from 'node:path';
import { isObject } from '../../../seed-schema/index.ts';
import type { AddedMembers, Body, Client, DatasetRow, Page } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { wholeNumber } from '../files/read-filter.ts';
import { printJudgement } from '../ingests/findings.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { moment } from '../service/words.ts';
import { readDocument } from '../service/read-document.ts';
import { table } from '../table.ts';
import { filterBody } from './filter-body.ts';
import type { DatasetsOptions } from './options.ts';

/** `seed datasets`: does what is asked for, then lists all, or shows the one that it was about. @returns 2: refused */
export async function datasets(id: string | undefined, options: DatasetsOptions): Promise<0 | 2> {
  const { create, check, add, format } = options;
  const file = check ?? create;
  const wanted = file === undefined ? undefined : ((await readDataset(file)) as Body<'POST /datasets'>); // the service judges it
  const client = await openClient();
  if (check !== undefined) return printJudgement(format, await client.judgeDataset(wanted!));
  if (wanted) return show(await client.addDataset(wanted), format);
  if (add !== undefined) return addFiles(client, wholeNumber('--add', add), options);
  if (id !== undefined) return show(await client.dataset(wholeNumber('id', id)), format);
  const page = await client.datasets({ page_size: 1000, order: 'id' });
  await print(format, page, () => asText(page));
  return 0;
}

async function addFiles(client: Client, id: number, options: DatasetsOptions): Promise<0> {
  const { input = [], dryRun = false, format } = options;
  if (input.length === 0)
    throw new SeedbedError('invalid-usage', {
      problem: '--add needs --input, the parameter that takes the file',
    });
  const files = Object.fromEntries(input.map((name) => [name, 'FILE_VALUE']));
  const filters = await filterBody(options);
  const added = await client.addMembers(id, { data_template: { files }, dry_run: dryRun, ...filters });
  await print(format, added, () => addedText(id, added, dryRun));
  return 0;
}

function addedText(id: number, added: AddedMembers, dryRun: boolean): string {
  const count = Array.isArray(added) ? added.length : ((added as { count?: number }).count ?? 0);
  if (count === 0) return 'No file matches.\n';
  return `${count} ${count === 1 ? 'member' : 'members'} ${dryRun ? 'would be' : 'were'} added to dataset ${id}.\n`;
}

/** `{title, description, definition}`, or a definition alone, whose title is the name of the file. */
async function readDataset(file: string): Promise<object> {
  const document = await readDocument(
    file,
    (reason) => new SeedbedError('dataset-file-unreadable', { file, reason }),
  );
  const title = path.basename(file).replace(/\.(ya?ml|json)$/i, '');
  return isObject(document.definition) ? { title, ...document } : { title, definition: document };
}

async function show(dataset: DatasetRow, format: DatasetsOptions['format']): Promise<0> {
  await print(format, dataset, () => {
    const { id, title, member_count, files, created, definition } = dataset;
    const rows = [
      ['dataset', `${id}`],
      ['title', title ?? '-'],
      ['members', `${member_count}`],
      ['files', `${files}`],
      ['created', moment(created)],
    ];
    return `${table(rows)}${JSON.stringify(definition, null, 2)}\n`;
  });
  return 0;
}

function asText({ results }: Page<DatasetRow>): string {
  if (results.length === 0) return 'There are no datasets; `seed datasets --create FILE` makes one.\n';
  const rows = results.map(({ id, title, member_count, files, created }) => [
    ...[`${id}`, `${member_count}`, `${files}`, moment(created), title ?? ''],
  ]);
  return table([['DATASET', 'MEMBERS', 'FILES', 'CREATED', 'TITLE'], ...rows]);
}
