import type { DatasetToJudge } from '../../../seed-schema/index.ts';
import { filesById } from '../../catalog/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { Refusal } from '../../scheduler/index.ts';
import { addMembers, type AddedMembers, type MembersWanted } from './add-members.ts';
import { insertDataset } from './datasets.ts';
import { type DatasetJudgement, globalFileIds, judgeDataset } from './judge-definition.ts';

/** Judges a dataset that is only thought of. */
export async function judgeNewDataset(
  db: Queries,
  { definition }: DatasetToJudge,
): Promise<DatasetJudgement> {
  const files = await filesById(db, globalFileIds(definition));
  return judgeDataset(definition, new Map(files.map((file) => [file.id, file])));
}

/**
 * Makes a dataset, perhaps with its first members: all of it or nothing.
 * @returns its id, undefined after a dry run of its members
 * @throws Refusal (invalid-dataset, invalid-dataset-member)
 */
export async function createDataset(
  db: Database,
  wanted: DatasetToJudge,
  members: MembersWanted | undefined,
  actor: string,
): Promise<{ readonly id: number | undefined; readonly added: AddedMembers | undefined }> {
  const { definition, errors } = await judgeNewDataset(db, wanted);
  if (!definition) throw new Refusal(errors, 'invalid-dataset');
  const made = { added: undefined as AddedMembers | undefined };
  try {
    return await db.transaction(async (tx) => {
      const id = await insertDataset(tx, { ...wanted, definition }, actor);
      if (!members) return { id, added: undefined };
      made.added = await addMembers(tx, id, definition, members);
      if (members.dryRun) throw new DryRun();
      return { id, added: made.added };
    });
  } catch (thrown) {
    if (thrown instanceof DryRun) return { id: undefined, added: made.added };
    throw thrown;
  }
}

/**
 * Adds members to a dataset: all of them or none. Waits for whoever adds some at the same time.
 * @returns undefined when there is no such dataset
 * @throws Refusal (invalid-dataset-member)
 */
export function addToDataset(
  db: Database,
  datasetId: number,
  members: MembersWanted,
): Promise<AddedMembers | undefined> {
  return db.transaction(async (tx) => {
    const [row] = await tx.query<{ definition: NonNullable<DatasetJudgement['definition']> }>(
      `select definition from dataset where id = $1::bigint ${members.dryRun ? '' : 'for update'}`,
      [datasetId],
    );
    return row && addMembers(tx, datasetId, row.definition, members);
  });
}

/** Takes back a dataset that was made for a dry run. */
class DryRun extends Error {}
