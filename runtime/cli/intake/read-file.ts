import {
  type ChangedNumber,
  changedWords,
  type IntakeBatchDocument,
  type IntakeFileDocument,
  intakeFileValidator,
  isObject,
  nestsDeeper,
} from '../../../seed-schema/index.ts';
import { readConfig } from '../../config/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { parseText, TextFault, UnkeptNumber } from '../recipe-file/parse-text.ts';
import { readBoundedFile } from '../schema-file/bounded-file.ts';
import { invalid } from './rows/reference.ts';
import { settled } from './rows/settled.ts';
import { taskIn } from './sources/json-tasks.ts';
import type { Source, SourceTask } from './sources/sources.ts';

/** What `seed batch create` is given. */
export interface IntakeFile {
  readonly document: IntakeFileDocument;
  /** By the position of a task: a number in it that is not what was written. */
  readonly changed: readonly (ChangedNumber | undefined)[];
}

/**
 * Reads what `seed batch create` is given.
 * @throws intake-file-invalid, which names every problem
 */
export async function readIntakeFile(file: string): Promise<IntakeFile> {
  const { limits } = readConfig();
  const refuse = (problem: string) => new SeedbedError('intake-file-invalid', { file, problem });
  const bytes = await readBoundedFile(file, limits.jsonMiB, refuse);
  const parsed = await parseText(bytes.toString('utf8'), { intAsBigInt: true, tellsUnkept: true }).catch(
    (thrown: unknown) => {
      throw thrown instanceof TextFault ? refuse(thrown.message) : thrown;
    },
  );
  const { lineOf } = parsed;
  if (!isObject(parsed.document)) throw refuse('it holds no object');
  const plain = (_: string, value: unknown) =>
    typeof value === 'bigint' || value instanceof UnkeptNumber ? 0 : value;
  if (nestsDeeper(JSON.stringify(parsed.document, plain), limits.jsonDepth))
    throw refuse(`it is nested more than ${limits.jsonDepth} levels deep`);
  const { tasks, ...rest } = parsed.document;
  const { document: head, changed } = settled(rest);
  if (changed) throw refuse(`${changed.path} ${changedWords(changed.number)}`);
  const settledTasks = Array.isArray(tasks) ? tasks.map((task: unknown) => settled(task)) : undefined;
  const document = {
    ...(head as object),
    ...(tasks !== undefined && { tasks: settledTasks?.map((task) => task.document) ?? tasks }),
  };
  const problems = intakeFileValidator.problems(document).map(({ path, description }) => {
    const line = lineOf(path);
    return line === undefined ? description : `line ${line}: ${description}`;
  });
  if (problems.length > 0) throw refuse(problems.join('; '));
  const read = document as IntakeFileDocument;
  if ((read.recipe_type === undefined) === (read.job_type === undefined))
    throw refuse('it must have one of recipe_type and job_type');
  const names = (read.batches ?? []).map(({ name }) => name);
  const [twice] = names.filter((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw refuse(`it has the batch ${twice} twice`);
  return { document: read, changed: settledTasks?.map((task) => task.changed) ?? [] };
}

/** The tasks of such a file, each with the batch that it belongs to. */
export function tasksIn({ document: { tasks = [], batches = [] }, changed }: IntakeFile): Source {
  async function* read(): AsyncGenerator<SourceTask> {
    for (const [at, document] of tasks.entries())
      yield inBatch(taskIn(document, `tasks[${at}]`, changed[at]), batches);
  }
  return { read, close: async () => undefined };
}

/** One batch is that of every task; of several, the task names its own; without any, it has none. Pure. */
function inBatch(task: SourceTask, batches: readonly IntakeBatchDocument[]): SourceTask {
  if (task.fault) return task;
  const names = batches.map(({ name }) => name);
  const batch = task.batch ?? (names.length === 1 ? names[0] : undefined);
  const problem =
    batch === undefined
      ? names.length > 1 && `must say which of the ${names.length} batches the task belongs to`
      : !names.includes(batch) &&
        (names.length === 0
          ? `is ${batch}, and the file has no batches`
          : `is ${batch}, which the file does not have`);
  return problem
    ? { ...task, fault: { column: 'batch', error: invalid('batch', problem) } }
    : { ...task, batch };
}
