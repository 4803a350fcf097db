export { type AddedMembers, type MembersWanted, mostTold } from './add-members.ts';
export {
  datasetById,
  type DatasetFilter,
  type DatasetMember,
  datasetOrders,
  type DatasetRow,
  listDatasets,
  listMembers,
  memberById,
  type MemberData,
  membersAfter,
} from './datasets.ts';
export {
  datasetErrors,
  type DatasetJudgement,
  datasetMemberErrors,
  judgeDataset,
} from './judge-definition.ts';
export { addToDataset, createDataset, judgeNewDataset } from './save.ts';
