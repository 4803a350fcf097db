import { taskStates } from '../../batch/index.ts';
import { Finding } from './finding.ts';
import { anyObject, boolean, id, mapOf, nullable, oneOf, string, time, Type } from './schema.ts';

const reference = nullable(Type.Object({ id }));

/** One recipe or job that is to be run. */
export const TaskDocument = Type.Object(
  {
    id,
    unique_id: nullable(string),
    batch: nullable(Type.Object({ id, name: nullable(string) })),
    state: oneOf(taskStates),
    job: reference,
    recipe: reference,
    input: Type.Object({ files: mapOf(Type.Array(id)), json: anyObject }),
    error: nullable(
      Type.Object({ errors: Type.Array(Finding) }, { description: 'Why nothing could be made of it.' }),
    ),
    created: time,
  },
  { $id: 'Task' },
);

/** A task that was taken, with what is odd about it. */
export const AcceptedTaskDocument = Type.Object(
  { ...TaskDocument.properties, warnings: Type.Array(Finding) },
  { $id: 'AcceptedTask' },
);

/** A task whose unique id is taken. */
export const TaskExistsDocument = Type.Object(
  {
    type: string,
    title: string,
    status: Type.Literal(409),
    detail: string,
    code: string,
    existing: TaskDocument,
    same_payload: Type.Boolean({ description: 'What was sent before is the same: nothing is to be done.' }),
  },
  { $id: 'TaskExists' },
);

/** What became of the tasks of one request, in their order. */
export const PostedTasksDocument = Type.Object(
  {
    results: Type.Array(
      Type.Object({
        status: Type.Unsafe<number>({
          type: 'integer',
          enum: [200, 201, 400, 409],
          description: 'As of `POST tasks/`; 200 of a dry run: it would be taken.',
        }),
        task: Type.Optional(TaskDocument),
        same_payload: Type.Optional(boolean),
        errors: Type.Optional(Type.Array(Finding)),
        warnings: Type.Optional(Type.Array(Finding)),
      }),
    ),
  },
  { $id: 'PostedTasks' },
);
