import type { AddedMembers, DatasetMember, DatasetRow } from '../../batch/index.ts';
import { mostTold } from '../../batch/index.ts';

type Document = Record<string, unknown>;

/** A dataset as Scale shows it, in lists and alone. */
export function datasetDocument({ members, ...row }: DatasetRow): Document {
  return { ...row, member_count: members };
}

export function datasetMemberDocument({ id, created, data, file_ids }: DatasetMember): Document {
  return { id, created, data, file_ids };
}

/** Members that were added: those of one page, or how many they are. */
export function addedDocument(datasetId: number, { count, members }: AddedMembers): unknown {
  if (count > mostTold) return { dataset: { id: datasetId }, count };
  return members.map(datasetMemberDocument);
}

/** Members that a dry run would have added. */
export function triedDocument({ count, data }: AddedMembers): unknown {
  if (count === 0) return { 'No Results': 'No files found from filters and/or no data provided' };
  return count > mostTold ? { count, examples: data.slice(0, 10) } : data;
}
