import { contextFile, listInputFiles } from '../../catalog/index.ts';
import { jobExists } from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { FileDetailsDocument } from '../documents/file.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { idOf, missing } from '../request/ids.ts';
import { cursorPaging, text, timeRange, word } from '../request/parameters.ts';
import type { Route } from '../route.ts';

export const timeFields = ['last_modified', 'data', 'source'] as const;

/** What a job is given: `jobs/{id}/input_files/`. */
export function inputFileRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/jobs/:id/input_files',
      methods: {
        GET: operation({
          summary: 'List the input files of a job',
          role: 'viewer',
          query: {
            ...timeRange('see time_field'),
            time_field: word(timeFields, 'What started and ended are about; last_modified without it.'),
            file_name: text('Name, without directories.'),
            job_input: text('Name of the input.'),
            ...cursorPaging,
          },
          answers: { 200: pageOf(FileDetailsDocument) },
          handle: async ({ request, query, parameters }) => {
            const jobId = idOf(request, 'id', 'job');
            const { started, ended, time_field: timeField = 'last_modified', file_name, job_input } = query;
            const of = { kind: 'job', id: jobId, input: job_input } as const;
            const filter = { of, started, ended, timeField, fileName: file_name };
            const page = await listInputFiles(db, filter, parameters.page());
            if (page.count === 0 && !(await jobExists(db, jobId))) throw missing('job', jobId);
            return pageAnswer(request, parameters, page, contextFile);
          },
        }),
      },
    },
  ];
}
