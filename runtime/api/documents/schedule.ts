import { anyObject, boolean, count, id, mapOf, nullable, oneOf, string, time, Type } from './schema.ts';

/** What is begun at set times. */
export const ScheduleDocument = Type.Object(
  {
    id,
    name: string,
    description: nullable(string),
    cron: string,
    timezone: string,
    missed: oneOf(['skip', 'once', 'all']),
    target: anyObject,
    is_paused: boolean,
    next: Type.Array(time, { description: 'When it is due, the next 5 times; none while it is paused.' }),
    created: time,
    last_modified: time,
  },
  { $id: 'Schedule' },
);

/** A time at which it was due, or was asked for. */
export const ScheduleRunDocument = Type.Object(
  {
    id,
    due: time,
    state: oneOf(['DUE', 'DONE', 'FAILED', 'SKIPPED']),
    is_manual: boolean,
    missed: Type.Unsafe<number>({
      ...count,
      description: 'Earlier times that it stands for, too; at most 99 are told.',
    }),
    begun: nullable(mapOf(Type.Object({ id }))),
    problem: nullable(string),
    ended: nullable(time),
  },
  { $id: 'ScheduleRun' },
);
