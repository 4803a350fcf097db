import { anyObject, boolean, count, id, nullable, string, time, Type } from './schema.ts';

/** A machine that runs jobs. */
export const NodeDocument = Type.Object(
  {
    id,
    name: string,
    hostname: string,
    state: Type.Object({ name: string, title: string, description: string }),
    is_paused: boolean,
    pause_reason: nullable(string),
    is_active: boolean,
    engine: Type.String({ description: 'Address of its container engine.' }),
    engine_version: string,
    slots: Type.Integer({ minimum: 0, description: 'Jobs that it runs at once at most.' }),
    running: count,
    problems: Type.Array(anyObject, { description: 'Why it is not ready, or not wholly.' }),
    last_seen: nullable(time),
    created: time,
    deprecated: nullable(time),
    last_modified: time,
    resources: Type.Object({}, { description: 'By name: total, running, free ..., in CPUs and MiB.' }),
  },
  { $id: 'Node' },
);
