import { type DatasetDefinition, fileIdsOf, type Finding } from '../../../seed-schema/index.ts';
import { eachFile, type FileFilter, filesById } from '../../catalog/index.ts';
import type { Order, Queries } from '../../database/index.ts';
import { Refusal } from '../../scheduler/index.ts';
import { type DatasetMember, type MemberData, membersAfter } from './datasets.ts';
import { insertFound, insertGiven } from './insert-members.ts';
import { judgeMember } from './judge-definition.ts';
import { memberOf, readTemplate, type Template } from './template.ts';

/** What is to be added: either `data`, or a template with the files that it is filled in with. */
export interface MembersWanted {
  readonly data?: readonly Readonly<Record<string, unknown>>[] | undefined;
  readonly template?: Readonly<Record<string, unknown>> | undefined;
  /** With a template: deleted files are never found. */
  readonly filter?: FileFilter | undefined;
  /** In which the members come; default: as of `listFiles`. */
  readonly order?: Order | undefined;
  readonly dryRun?: boolean | undefined;
}

/** What came of it. */
export interface AddedMembers {
  readonly count: number;
  /** The first of them; after a dry run none. */
  readonly members: readonly DatasetMember[];
  /** The data of the first ones. */
  readonly data: readonly MemberData[];
}

/** So many are told one by one. */
export const mostTold = 1000;

/** Findings of so many members are told. */
const mostFindings = 100;

/**
 * Judges members and adds them, within a transaction that holds the dataset. Those from a template are judged once, with the
 * first file: the others differ in nothing that could be refused.
 */
export async function addMembers(
  tx: Queries,
  datasetId: number,
  definition: DatasetDefinition,
  wanted: MembersWanted,
): Promise<AddedMembers> {
  const { data, template, dryRun = false } = wanted;
  if ((data === undefined) === (template === undefined))
    throw refused({ name: 'INVALID_DATA', path: '', description: 'Give either data or data_template' });
  const [last] = await tx.query<{ id: number }>(
    'select coalesce(max(id), 0) as id from dataset_member where dataset_id = $1',
    [datasetId],
  );
  const first =
    data === undefined
      ? await addFound(tx, datasetId, definition, template!, wanted)
      : await addGiven(tx, datasetId, definition, data, dryRun);
  const members = dryRun ? [] : await membersAfter(tx, datasetId, last!.id, mostTold);
  return { count: first.count, members, data: first.data };
}

type Added = Pick<AddedMembers, 'count' | 'data'>;

async function addGiven(
  tx: Queries,
  datasetId: number,
  { parameters }: DatasetDefinition,
  documents: readonly unknown[],
  dryRun: boolean,
): Promise<Added> {
  const ids = [...new Set(documents.flatMap(fileIdsOf))];
  const files = new Map((await filesById(tx, ids)).map((file) => [file.id, file]));
  const errors: Finding[] = [];
  const data = documents.flatMap((document, at) => {
    const judged = judgeMember(document, parameters, files);
    for (const { path, description, ...one } of judged.errors)
      errors.push({ ...one, path: `data[${at}].${path}`, description: `data[${at}]: ${description}` });
    return judged.input ?? [];
  });
  if (errors.length > 0) throw new Refusal(errors.slice(0, mostFindings), 'invalid-dataset-member');
  if (!dryRun) await insertGiven(tx, datasetId, data);
  return { count: data.length, data: data.slice(0, mostTold) };
}

async function addFound(
  tx: Queries,
  datasetId: number,
  { parameters }: DatasetDefinition,
  document: Readonly<Record<string, unknown>>,
  { filter = {}, order = [], dryRun = false }: MembersWanted,
): Promise<Added> {
  const template = readTemplate(document);
  if ('name' in template) throw refused(template);
  let judged: Template | undefined;
  let count = 0;
  const data: MemberData[] = [];
  for await (const ids of eachFile(tx, { ...filter, deleted: false }, order)) {
    judged ??= await judgeTemplate(tx, template, ids[0]!, parameters);
    if (!dryRun) await insertFound(tx, datasetId, judged, ids);
    for (const id of ids.slice(0, mostTold - data.length))
      data.push(memberOf(judged, id) as unknown as MemberData);
    count += ids.length;
  }
  return { count, data };
}

/** The template without what the dataset has no parameter for. @throws Refusal */
async function judgeTemplate(
  tx: Queries,
  template: Template,
  fileId: number,
  parameters: DatasetDefinition['parameters'],
): Promise<Template> {
  const document = memberOf(template, fileId);
  const files = await filesById(tx, [...fileIdsOf(document), fileId]);
  const { errors, input } = judgeMember(document, parameters, new Map(files.map((file) => [file.id, file])));
  if (!input) throw new Refusal(errors, 'invalid-dataset-member');
  const names = template.names.filter((name) => Object.hasOwn(input.files, name));
  if (names.length === 0)
    throw refused({
      name: 'INVALID_TEMPLATE',
      path: 'data_template',
      description: `data_template: the dataset has no file parameter ${template.names.join(', ')}`,
    });
  const others = Object.entries(input.files).filter(([name]) => !names.includes(name));
  return { names, files: Object.fromEntries(others), json: input.json };
}

function refused(finding: Finding): Refusal {
  return new Refusal([finding], 'invalid-dataset-member');
}
