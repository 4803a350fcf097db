import { ingestStatus } from '../../ingest/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { IngestStatusDocument } from '../documents/ingest.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { flag, paging, timeRange } from '../request/parameters.ts';
import { refuse } from '../request/query.ts';
import { strikeDocument } from '../shapes/ingest.ts';

const dayMs = 86_400_000;
const usualDays = 7;
const mostDays = 31;

/** `GET ingests/status/` */
export function statusOfIngests({ db }: Context): Operation {
  return operation({
    summary: 'Count what strikes ingested, by the hour',
    description: `Of ${usualDays} days where \`started\` is left out; of ${mostDays} at most.`,
    role: 'viewer',
    query: {
      ...timeRange('when files were ingested, or their data collected'),
      use_ingest_time: flag('By the time of ingest; default: by that of the data.'),
      ...paging,
    },
    answers: { 200: pageOf(IngestStatusDocument) },
    handle: async ({ request, query, parameters }) => {
      const ended = query.ended ?? new Date().toISOString();
      const started = query.started ?? new Date(Date.parse(ended) - usualDays * dayMs).toISOString();
      const span = Date.parse(ended) - Date.parse(started);
      if (span < 0) throw refuse('started', 'is later than ended');
      if (span > mostDays * dayMs) throw refuse('started', `lies more than ${mostDays} days before ended`);
      const by = query.use_ingest_time ? 'ingest_ended' : 'data_started';
      const page = await ingestStatus(db, { started, ended }, by, parameters.page());
      return pageAnswer(request, parameters, page, ({ strike, most_recent, files, size, values }) => ({
        strike: strikeDocument(strike),
        ...{ most_recent, files, size, values },
      }));
    },
  });
}
