import { type ChangedNumber, changedWords, intakeTaskValidator } from '../../../../seed-schema/index.ts';
import { SeedbedError } from '../../../errors/index.ts';
import { regular } from '../../batch/rows/file-rows.ts';
import { keysOf } from '../../recipe-file/parse-text.ts';
import { jsonValues } from '../rows/json-values.ts';
import { invalid } from '../rows/reference.ts';
import type { Fault } from '../rows/task.ts';
import type { Source, SourceTask } from './sources.ts';

/** A task for each object of a file of JSON: an array, or objects one after the other. @throws batch-file-invalid */
export async function jsonTasks(file: string): Promise<Source> {
  const spooled = await regular(file);
  return { read: () => tasks(spooled.file, file), close: spooled.remove };
}

async function* tasks(file: string, shown: string): AsyncGenerator<SourceTask> {
  for await (const { value, line, changed } of jsonValues(file))
    yield taskIn(value, `${shown}:${line}`, changed);
}

/**
 * A task as a document has it. Pure.
 * @param changed a number in it that is not what was written
 */
export function taskIn(document: unknown, where: string, changed?: ChangedNumber): SourceTask {
  const written = { where, isText: false };
  const [problem] = intakeTaskValidator.problems(document);
  if (problem || !intakeTaskValidator.accepts(document))
    return {
      ...written,
      ...{ inputs: new Map(), settings: new Map() },
      fault: {
        column: problem?.path || null,
        error: new SeedbedError('intake-value-invalid', {
          name: 'The task:',
          problem: problem?.description ?? 'it is none',
        }),
      },
    };
  const { unique_id: uniqueId, batch, priority, inputs = {}, settings = {} } = document;
  return {
    ...written,
    ...{ uniqueId, batch, priority },
    inputs: new Map(Object.entries(inputs)),
    settings: new Map(Object.entries(settings)),
    ...(changed && { fault: changedFault(changed) }),
  };
}

/** Of `inputs.N.deep[3]`, N is to blame. */
function changedFault({ path, number }: ChangedNumber): Fault {
  const [group, name = group] = keysOf(path).map(String);
  const column = group === 'inputs' ? name! : path;
  return { column, error: invalid(path.replace(/^inputs\./, ''), changedWords(number)) };
}
