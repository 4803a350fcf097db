import { type DatasetMembersPost, datasetMembersPostValidator } from '../../../seed-schema/index.ts';
import {
  addToDataset,
  datasetById,
  type DatasetMember,
  listMembers,
  memberById,
  type MembersWanted,
} from '../../batch/index.ts';
import { contextFile, filesById } from '../../catalog/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import {
  AddedMembersDocument,
  DatasetMemberDetailsDocument,
  DatasetMemberDocument,
  TriedMembersDocument,
} from '../documents/dataset.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { bodyFileFilter } from '../request/body-file-filter.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { cursorPaging } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { addedDocument, datasetMemberDocument, triedDocument } from '../shapes/dataset.ts';

/** `datasets/{id}/members/` and `datasets/members/{id}/`. */
export function datasetMemberRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/datasets/members/:id',
      methods: {
        GET: operation({
          summary: 'Show a member of a dataset',
          role: 'viewer',
          answers: { 200: DatasetMemberDetailsDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'member');
            const member = found(await memberById(db, id), 'member', id);
            const { dataset_id } = member;
            const shown = { ...datasetMemberDocument(member), dataset: { id: dataset_id } };
            return { json: { ...shown, files: await filesOf(db, member) } };
          },
        }),
      },
    },
    {
      path: '/datasets/:id/members',
      methods: {
        GET: operation({
          summary: 'List the members of a dataset',
          description: 'In the order in which they were added.',
          role: 'viewer',
          query: cursorPaging,
          answers: { 200: pageOf(DatasetMemberDocument) },
          handle: async ({ request, parameters }) => {
            const id = idOf(request, 'id', 'dataset');
            found(await datasetById(db, id), 'dataset', id);
            const page = await listMembers(db, id, parameters.page());
            return pageAnswer(request, parameters, page, datasetMemberDocument);
          },
        }),
      },
    },
  ];
}

/** `POST datasets/{id}/`. */
export function addMembers({ db }: Context): Operation {
  return operation({
    summary: 'Add members to a dataset',
    description:
      'Either `data`, or a member for each file that the filters of `files/` find, made of `data_template`. All are added or none. Of more than 1000 the answer only says how many.',
    role: 'operator',
    body: datasetMembersPostValidator,
    answers: { 200: TriedMembersDocument, 201: AddedMembersDocument },
    handle: async ({ request, body }) => {
      const id = idOf(request, 'id', 'dataset');
      const wanted = await membersWanted(body);
      const added = await addToDataset(db, id, wanted);
      if (!added) throw missing('dataset', id);
      if (wanted.dryRun || added.count === 0) return { json: triedDocument(added) };
      const headers = { Location: `${request.baseUrl}/datasets/${id}/` };
      return { status: 201, headers, json: addedDocument(id, added) };
    },
  });
}

/** @throws invalid-request */
export async function membersWanted(body: DatasetMembersPost): Promise<MembersWanted> {
  const { data, data_template: template, dry_run: dryRun, ...filters } = body;
  return { data, template, dryRun, ...(await bodyFileFilter(filters)) };
}

async function filesOf(db: Context['db'], { data, file_ids }: DatasetMember): Promise<unknown[]> {
  const files = new Map((await filesById(db, file_ids)).map((file) => [file.id, file]));
  const named = Object.entries(data.files).flatMap(([name, ids]) => ids.map((id) => ({ name, id })));
  return Promise.all(
    named.flatMap(({ name, id }) => {
      const file = files.get(id);
      return file ? [shown(name, file)] : [];
    }),
  );
}

async function shown(name: string, file: Parameters<typeof contextFile>[0]): Promise<object> {
  const { meta_data: _details, ...scale_file } = await contextFile(file);
  return { parameter_name: name, scale_file };
}
