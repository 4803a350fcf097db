import { jobTypeTimelines } from '../../jobs/index.ts';
import { recipeTypeTimelines } from '../../recipes/index.ts';
import type { Context } from '../context.ts';
import { pageOf } from '../documents/schema.ts';
import { JobTypeTimelineDocument, RecipeTypeTimelineDocument } from '../documents/timeline.ts';
import { type Answer, operation } from '../operation.ts';
import { dayOf } from '../request/day.ts';
import { numbers, texts, timeRange } from '../request/parameters.ts';
import { refuse } from '../request/query.ts';
import type { Route } from '../route.ts';

const range = timeRange('the day, of which all counts');

/** What was done on which day, without pages: `timeline/`. */
export function timelineRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/timeline/job-types',
      methods: {
        GET: operation({
          summary: 'Count completed jobs by type and day',
          description: '`started` must be given. Types without any completed job are left out.',
          role: 'viewer',
          query: {
            ...range,
            id: numbers('Id of a job type.'),
            name: texts('Name of job types.'),
            version: texts('Version of job types.'),
          },
          answers: { 200: pageOf(JobTypeTimelineDocument) },
          handle: async ({ query }) => {
            const { started, ended } = rangeOf(query);
            const filter = { ids: query.id, names: query.name, versions: query.version };
            return whole(await jobTypeTimelines(db, filter, dayOf(started), ended && dayOf(ended)));
          },
        }),
      },
    },
    {
      path: '/timeline/recipe-types',
      methods: {
        GET: operation({
          summary: 'Count completed recipes by type and day',
          description:
            '`started` must be given. Each revision of a type has an entry of its own; those without any completed recipe are left out. Sub-recipes count too.',
          role: 'viewer',
          query: {
            ...range,
            id: numbers('Id of a recipe type.'),
            name: texts('Name of recipe types.'),
            rev: numbers('Revision that the recipes are of.'),
          },
          answers: { 200: pageOf(RecipeTypeTimelineDocument) },
          handle: async ({ query }) => {
            const { started, ended } = rangeOf(query);
            const filter = { ids: query.id, names: query.name, revisions: query.rev };
            return whole(await recipeTypeTimelines(db, filter, dayOf(started), ended && dayOf(ended)));
          },
        }),
      },
    },
  ];
}

interface Range {
  readonly started: string | undefined;
  readonly ended: string | undefined;
}

/** @throws invalid-request without a start, as Scale does */
function rangeOf({ started, ended }: Range): Range & { readonly started: string } {
  if (started === undefined) throw refuse('started', 'must be given');
  return { started, ended };
}

function whole(results: readonly object[]): Answer {
  return { json: { count: results.length, next: null, previous: null, results } };
}
