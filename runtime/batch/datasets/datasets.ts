import type { DatasetDefinition } from '../../../seed-schema/index.ts';
import {
  Conditions,
  listPage,
  type ListPage,
  type Order,
  type OrderFields,
  type Queries,
  type Window,
} from '../../database/index.ts';

export interface DatasetRow {
  readonly id: number;
  readonly title: string | null;
  readonly description: string | null;
  readonly definition: DatasetDefinition;
  readonly members: number;
  /** Each once, however many members have it. */
  readonly files: number;
  readonly created: string;
  readonly last_modified: string;
}

/** Which datasets are listed. */
export interface DatasetFilter {
  /** When they were made. */
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
  readonly ids?: readonly number[] | undefined;
  /** One of them is a part of the title or the description. Case does not matter. */
  readonly keywords?: readonly string[] | undefined;
}

export interface NewDataset {
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly definition: DatasetDefinition;
}

/** What one run is given. */
export interface MemberData {
  readonly version: '7';
  readonly files: Readonly<Record<string, readonly number[]>>;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface DatasetMember {
  readonly id: number;
  readonly dataset_id: number;
  readonly data: MemberData;
  readonly file_ids: readonly number[];
  readonly created: string;
}

/** Fields that datasets can be sorted by. */
export const datasetOrders: OrderFields = {
  id: { sql: 'd.id', type: 'bigint' },
  title: { sql: 'd.title', type: 'text', nullable: true },
  description: { sql: 'd.description', type: 'text', nullable: true },
  created: { sql: 'd.created', type: 'timestamptz' },
  last_modified: { sql: 'd.last_modified', type: 'timestamptz' },
};

const columns = 'd.id, d.title, d.description, d.definition, d.members, d.files, d.created, d.last_modified';
const memberColumns = 'm.id, m.dataset_id, m.data, m.file_ids, m.created';

export function listDatasets(
  db: Queries,
  { started, ended, ids, keywords = [] }: DatasetFilter,
  order: Order,
  window: Window,
): Promise<ListPage<DatasetRow>> {
  const conditions = new Conditions()
    .equal('d.project_id', 1, 'bigint')
    .within('d.created', started, ended)
    .among('d.id', ids, 'bigint');
  if (keywords.length > 0) {
    const patterns = conditions.bind(
      keywords.map((keyword) => `%${keyword.replace(/[\\%_]/g, '\\$&')}%`),
      'text[]',
    );
    conditions.add(`d.title ilike any(${patterns}) or d.description ilike any(${patterns})`);
  }
  const listing = {
    tables: 'dataset d',
    id: 'd.id',
    conditions,
    order,
    fields: datasetOrders,
    columns,
    joins: 'dataset d on d.id = page.id',
  };
  return listPage<DatasetRow>(db, listing, window);
}

/** @returns undefined when there is no such dataset */
export async function datasetById(db: Queries, id: number): Promise<DatasetRow | undefined> {
  const [row] = await db.query<DatasetRow>(`select ${columns} from dataset d where d.id = $1::bigint`, [id]);
  return row;
}

/** @returns its id */
export async function insertDataset(
  db: Queries,
  { title = null, description = null, definition }: NewDataset,
  actor: string,
): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    'insert into dataset (title, description, definition, created_by) values ($1, $2, $3, $4) returning id',
    [title, description, definition, actor],
  );
  return row!.id;
}

/** Members of a dataset, in the order in which they were added. */
export function listMembers(
  db: Queries,
  datasetId: number,
  window: Window,
): Promise<ListPage<DatasetMember>> {
  const listing = {
    tables: 'dataset_member m',
    id: 'm.id',
    conditions: new Conditions().equal('m.dataset_id', datasetId, 'bigint'),
    order: [],
    fields: {},
    columns: memberColumns,
    joins: 'dataset_member m on m.id = page.id',
  };
  return listPage<DatasetMember>(db, listing, window);
}

/** Members that were added after one, at most so many. */
export function membersAfter(
  db: Queries,
  datasetId: number,
  after: number,
  limit: number,
): Promise<DatasetMember[]> {
  return db.query<DatasetMember>(
    `select ${memberColumns} from dataset_member m where m.dataset_id = $1 and m.id > $2 order by m.id limit $3`,
    [datasetId, after, limit],
  );
}

/** @returns undefined when there is no such member */
export async function memberById(db: Queries, id: number): Promise<DatasetMember | undefined> {
  const [row] = await db.query<DatasetMember>(
    `select ${memberColumns} from dataset_member m where m.id = $1::bigint`,
    [id],
  );
  return row;
}
