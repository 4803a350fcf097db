import { FileDocument } from './file.ts';
import { anyObject, count, id, mapOf, nullable, string, time, Type } from './schema.ts';

const dataInterface = Type.Object({ files: Type.Array(anyObject), json: Type.Array(anyObject) });
const fileIds = Type.Unsafe<Record<string, number[]>>(mapOf(Type.Array(id)));

const dataset = {
  id,
  title: nullable(string),
  description: nullable(string),
  created: time,
  last_modified: time,
  definition: Type.Object({
    parameters: dataInterface,
    global_parameters: dataInterface,
    global_data: Type.Object({ files: fileIds, json: anyObject }),
  }),
  files: Type.Integer({ minimum: 0, description: 'Of all its members, each once.' }),
  member_count: count,
};

/** What many runs are given. */
export const DatasetDocument = Type.Object(dataset, { $id: 'Dataset' });

const data = Type.Object(
  { version: string, files: fileIds, json: anyObject },
  { description: 'What one run is given.' },
);

const member = { id, created: time, data, file_ids: Type.Array(id) };

export const DatasetMemberDocument = Type.Object(member, { $id: 'DatasetMember' });

export const DatasetMemberDetailsDocument = Type.Object(
  {
    ...member,
    dataset: Type.Object({ id }),
    files: Type.Array(Type.Object({ parameter_name: string, scale_file: FileDocument })),
  },
  { $id: 'DatasetMemberDetails' },
);

/** What was added: each of up to 1000 members, else how many they are. */
export const AddedMembersDocument = Type.Union(
  [Type.Array(DatasetMemberDocument), Type.Object({ dataset: Type.Object({ id }), count })],
  { $id: 'AddedMembers' },
);

/** What would be added, or was found to be nothing. */
export const TriedMembersDocument = Type.Union(
  [
    Type.Array(data),
    Type.Object({ count, examples: Type.Array(data, { description: 'The first 10.' }) }),
    Type.Object({ 'No Results': string }),
  ],
  { $id: 'TriedMembers' },
);
