import type { IntakeBatchDocument, IntakeFileDocument } from '../../../seed-schema/index.ts';
import type { BatchDetails, Client } from '../../client/index.ts';
import { readConfig } from '../../config/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { Interruption } from '../interruption.ts';
import { typeCalled } from '../service/find-type.ts';
import { openClient } from '../service/open-client.ts';
import { batchCalled, keptProject, typeOfBatch, typeWords } from './find-batch.ts';
import { atOnce, judgeAll, say, sendAll } from './intake.ts';
import type { CreateOptions } from './options.ts';
import { readIntakeFile, tasksIn } from './read-file.ts';
import { Report, sumOf } from './report.ts';
import { type Declared, declaredByJob, declaredByRecipe, type TaskType } from './rows/declared.ts';

/**
 * `seed batch create FILE`.
 * @returns 0 every task is there; 1 one is not
 * @throws intake-file-invalid, intake-rows-refused, intake-batch-differs; canceled; what the service refuses
 */
export async function createBatches(file: string, options: CreateOptions): Promise<0 | 1> {
  atOnce(options);
  const read = await readIntakeFile(file);
  const { document } = read;
  const config = readConfig();
  const interruption = new Interruption();
  const report = new Report(options);
  const source = tasksIn(read);
  try {
    const client = await openClient(config);
    const { batches = [] } = document;
    const there = await existing(client, batches);
    const fileType = await typeIn(client, document, [...there.values()]);
    const { declared } = fileType;
    expectSame(there, declared.type);
    const { project = fileType.name } = document;
    const kept = new Map([...there].map(([name, batch]) => [name, keptProject(batch)]));
    const generated = options.generateUniqueId
      ? { project: (batch?: string) => kept.get(batch ?? '') ?? project, batch: undefined }
      : undefined;
    for (const batch of batches) sayWhatStays(batch, there.get(batch.name), document.project);
    const intake = {
      source,
      options,
      interruption,
      judgement: { declared, limits: config.limits, generated },
    };
    const ids = new Map([...there].map(([name, { id }]) => [name, id]));
    const batchOf = (batch: string | undefined) => (batch === undefined ? undefined : ids.get(batch));
    const closed = new Set(
      [...there.values()].filter(({ state }) => state !== 'STAGING').map(({ id }) => id),
    );
    const to = { client, batchOf, isClosed: (id: number) => closed.has(id) };
    const judged = await judgeAll(intake, to, report);
    if (options.dryRun) {
      for (const batch of batches)
        say(`batch ${batch.name} ${there.has(batch.name) ? 'is there already' : 'would be made'}`);
      say(`${sumOf(report.counts)}; nothing was sent`);
      return judged.refused > 0 ? 1 : 0;
    }
    for (const batch of batches)
      if (!ids.has(batch.name)) ids.set(batch.name, (await make(client, batch, fileType, project)).id);
    const again =
      'Give the command again to go on: batches, and tasks with a unique_id, are there once. No batch was finalized.';
    const exit = await sendAll(intake, judged, { ...to, again }, report);
    if (options.finalizeBatches) await finalize(client, ids, exit);
    return exit;
  } finally {
    report.close();
    interruption.end();
  }
}

interface FileType {
  readonly declared: Declared;
  readonly typeId: object;
  readonly name: string;
}

/**
 * What the tasks of a file are. A revision that it does not name is that of its batches that are there, else the newest; those
 * that are made get the revision that tasks were judged by.
 * @throws not-found
 */
async function typeIn(
  client: Client,
  { recipe_type, job_type }: IntakeFileDocument,
  [there]: readonly BatchDetails[],
): Promise<FileType> {
  if (recipe_type !== undefined) {
    const { name, revision } =
      typeof recipe_type === 'string' ? { name: recipe_type, revision: undefined } : recipe_type;
    const { id, revision_num: newest } = await client.recipeType(name);
    const begun = there?.recipe_type?.id === id ? there.recipe_type_rev?.revision_num : undefined;
    const revision_num = revision ?? begun ?? newest;
    const declared = await declaredByRecipe(client, name, revision_num);
    return { declared, typeId: { recipe_type_id: id, revision_num }, name };
  }
  const word =
    typeof job_type === 'string'
      ? job_type
      : `${job_type!.name}${job_type!.version === undefined ? '' : `:${job_type!.version}`}`;
  const { id, name, version } = await typeCalled(client, word);
  return { declared: await declaredByJob(client, name, version), typeId: { job_type_id: id }, name };
}

/** The batches of a file that are there. */
async function existing(
  client: Client,
  batches: readonly IntakeBatchDocument[],
): Promise<Map<string, BatchDetails>> {
  const there = new Map<string, BatchDetails>();
  for (const { name } of batches) {
    const found = await batchCalled(client, name);
    if (found) there.set(name, found);
  }
  return there;
}

/** @throws intake-batch-differs where one is of another type, or of another revision of it */
function expectSame(there: ReadonlyMap<string, BatchDetails>, type: TaskType): void {
  const here = typeWords(type);
  for (const [batch, found] of there) {
    const words = typeWords(typeOfBatch(found));
    if (words !== here) throw new SeedbedError('intake-batch-differs', { batch, there: words, here });
  }
}

/** A batch that is there is not changed by the file. */
function sayWhatStays(
  { name, ...batch }: IntakeBatchDocument,
  there: BatchDetails | undefined,
  project: string | undefined,
): void {
  if (!there) return;
  const { title, description, configuration } = there;
  const is = { title, description, priority: configuration.priority, project: keptProject(there) ?? project };
  const wanted = { ...batch, project };
  const other = (['title', 'description', 'priority', 'project'] as const).filter(
    (member) => wanted[member] !== undefined && wanted[member] !== is[member],
  );
  if (other.length > 0)
    say(`warning: batch ${name} is there already with another ${other.join(' and ')}, which stays`);
  if (there.state !== 'STAGING')
    say(`batch ${name} is ${there.state} and takes no tasks any more; those that it has count as done`);
}

/** Another command may make it at the same moment: then it is that one. */
async function make(
  client: Client,
  { name, title, description, priority }: IntakeBatchDocument,
  { typeId, declared: { type } }: FileType,
  project: string,
): Promise<BatchDetails> {
  try {
    const made = await client.addBatch({
      ...{ name, title: title ?? name, ...typeId, definition: { tasks: true, project } },
      ...(description !== undefined && { description }),
      ...(priority !== undefined && { configuration: { priority } }),
    });
    say(`batch ${name} made, number ${made.id}`);
    return made;
  } catch (thrown) {
    const found = await batchCalled(client, name).catch(() => undefined);
    if (!found) throw thrown;
    expectSame(new Map([[name, found]]), type);
    return found;
  }
}

/** No task could be added any more. */
async function finalize(client: Client, ids: ReadonlyMap<string, number>, exit: 0 | 1): Promise<void> {
  if (exit !== 0)
    return say('No batch was finalized, since tasks failed: correct them and give the command again.');
  for (const [name, id] of ids) {
    await client.finalizeBatch(id);
    say(`batch ${name} finalized`);
  }
}
