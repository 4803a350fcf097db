import type { Context } from '../context.ts';
import { cursorText, isAfter, readCursor } from '../feed/cursor.ts';
import { Feed } from '../feed/feed.ts';
import { Follower } from '../feed/follower.ts';
import { operation } from '../operation.ts';
import { flag, numbers, texts, words } from '../request/parameters.ts';
import type { Route } from '../route.ts';

const statuses = ['PENDING', 'BLOCKED', 'QUEUED', 'RUNNING', 'FAILED', 'COMPLETED', 'CANCELED'];

/** Changes of jobs, of recipes and of the queue as they come, as Server-Sent Events: `events/`. */
export function eventRoutes({ db, logger, stopping }: Context): Route[] {
  const feed = new Feed(db, logger, stopping);
  return [
    {
      path: '/events',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Follow changes of jobs and of the queue',
          description:
            'Server-Sent Events. `ready` comes first; `job` tells of a change of a job; `recipe` of one that is completed; `queue` of how many jobs are not over, ' +
            'when that changes. The header Last-Event-ID goes on after an event. Who does not read is cut, and may go on.',
          role: 'viewer',
          query: {
            job_id: numbers('Of these jobs.'),
            job_type_id: numbers('Of jobs of these job types.'),
            job_type_name: texts('Of jobs of job types of these names.'),
            recipe_id: numbers('Of these recipes, and of the jobs and recipes inside.'),
            status: words(statuses, 'Only changes to these statuses.'),
            queue: flag('false: nothing of the queue.'),
          },
          answers: { 200: { words: 'Events, without an end.', types: ['text/event-stream'] } },
          handle: async ({ request, response, query }) => {
            const last = request.headers['last-event-id'];
            const [end, given] = [
              await feed.end(),
              last === undefined ? undefined : readCursor(String(last)),
            ];
            // An id of another database would wait for what never comes.
            const place = given === undefined || isAfter(given, end) ? end : given;
            response.status(200).set({
              'Content-Type': 'text/event-stream; charset=utf-8',
              'X-Accel-Buffering': 'no',
            });
            if (request.method === 'HEAD') return void response.end();
            const filter = {
              jobIds: query.job_id,
              jobTypeIds: query.job_type_id,
              jobTypeNames: query.job_type_name,
              statuses: query.status,
              recipeIds: query.recipe_id,
            };
            const follower = new Follower(response, place, filter, query.queue !== false);
            response.once('close', () => feed.leave(follower));
            if (stopping.aborted) return void response.end();
            follower.write(`retry: 1000\nid: ${cursorText(place)}\nevent: ready\ndata: {}\n\n`);
            // What cannot be read now cuts the stream, and is asked for again.
            await feed.follow(follower).catch(() => response.destroy());
            return undefined;
          },
        }),
      },
    },
  ];
}
