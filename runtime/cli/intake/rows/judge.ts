import { existsSync } from 'node:fs';
import path from 'node:path';
import { isObject, isOfType } from '../../../../seed-schema/index.ts';
import type { Limits } from '../../../config/index.ts';
import { toSeedbedError } from '../../../errors/index.ts';
import { filesAt, type FileInput } from '../../run/input-files.ts';
import { expectKept, jsonValue } from '../../run/json-inputs.ts';
import type { Declared } from './declared.ts';
import { type FileReference, invalid, readReference } from './reference.ts';
import type { ReadyTask, RefusedTask, WrittenTask } from './task.ts';
import { generatedId, longestUniqueId } from './unique-id.ts';

/** What tasks are judged by. */
export interface Judgement {
  readonly declared: Declared;
  readonly limits: Limits;
  /** Of ids that are to be generated; undefined: none are. */
  readonly generated:
    { readonly project: (batch?: string) => string; readonly batch: string | undefined } | undefined;
}

/** Looks at everything about a task that can be wrong before it is sent. What is wrong refuses that task only. */
export async function judgeTask(
  task: WrittenTask,
  { declared, limits, generated }: Judgement,
): Promise<ReadyTask | RefusedTask> {
  const { number, where, batch, inputs, isText } = task;
  const uniqueId = task.uniqueId === '' ? undefined : task.uniqueId;
  let column: string | null = null;
  try {
    if (task.fault) return { number, where, uniqueId, ...task.fault };
    const files = new Map<string, readonly FileReference[]>();
    for (const input of declared.files) {
      column = input.name;
      const found = await references(input, inputs.get(input.name));
      if (found.length > 0) files.set(input.name, found);
      else if (input.required) throw invalid(input.name, 'is required and not given');
    }
    const json = new Map<string, unknown>();
    for (const input of declared.json) {
      column = input.name;
      const value = inputs.get(input.name);
      if (value !== undefined)
        json.set(input.name, isText ? await read(input, value as string, limits) : typed(input, value));
      else if (input.required) throw invalid(input.name, 'is required and not given');
    }
    for (const name of inputs.keys()) {
      column = name;
      if (![...declared.files, ...declared.json].some((input) => input.name === name))
        throw invalid(name, `is no input of the ${declared.words}`);
    }
    for (const name of task.settings.keys()) {
      column = `settings.${name}`;
      if (declared.settings && !declared.settings.includes(name))
        throw invalid(column, `is no setting of the ${declared.words}`);
    }
    column = 'priority';
    const priority = priorityOf(task.priority);
    column = 'unique_id';
    const id =
      uniqueId ?? (generated && generatedId(generated.project(batch), batch ?? generated.batch, files));
    if (id === undefined && generated)
      throw invalid('unique_id', 'is missing, and cannot be generated for a task without files');
    if (id !== undefined && id.length > longestUniqueId)
      throw invalid('unique_id', `has ${id.length} characters; it may have ${longestUniqueId}`);
    return { number, where, uniqueId: id, batch, priority, files, json, settings: task.settings };
  } catch (thrown) {
    return { number, where, uniqueId, error: toSeedbedError(thrown), column };
  }
}

/** What an input is given; a directory of this machine stands for the files in it where several are taken. */
async function references(input: FileInput, given: unknown): Promise<FileReference[]> {
  if (given === undefined || given === null || given === '') return [];
  const found: FileReference[] = [];
  for (const one of whole(given)) {
    const reference = referenceOf(input.name, one);
    if (!('local' in reference)) found.push(reference);
    else
      for (const file of await filesAt(input, path.resolve(reference.local)))
        found.push({ local: file.path });
  }
  if (found.length > 1 && !input.multiple)
    throw invalid(input.name, `takes one file, and is given ${found.length}`);
  return found;
}

/** Parts of a list that was split at its `;`, unless the whole of it is the name of a file. */
function whole(given: unknown): readonly unknown[] {
  if (!Array.isArray(given)) return [given];
  if (given.length > 1 && given.every((one) => typeof one === 'string') && existsSync(given.join(';')))
    return [given.join(';')];
  return given as readonly unknown[];
}

function referenceOf(name: string, given: unknown): FileReference {
  if (typeof given === 'string') return readReference(name, given);
  if (typeof given === 'number' && Number.isSafeInteger(given) && given > 0) return { id: given };
  if (isObject(given)) {
    const { id, workspace, path: at, sha256, url } = given;
    const names = Object.keys(given).sort().join(', ');
    if (!['id', 'sha256', 'url', 'path, workspace'].includes(names))
      throw invalid(
        name,
        `must have one of id, sha256, url and workspace with path, and has ${names || 'nothing'}`,
      );
    if (typeof id === 'number') return referenceOf(name, id);
    if (typeof workspace === 'string' && typeof at === 'string') return { workspace, path: at };
    if (typeof sha256 === 'string') return readReference(name, `sha256:${sha256}`);
    if (typeof url === 'string') return readReference(name, url);
  }
  throw invalid(
    name,
    `is ${JSON.stringify(given)}; it takes a number, a text, or an object with id, workspace and path, sha256 or url`,
  );
}

async function read(input: Declared['json'][number], text: string, limits: Limits): Promise<unknown> {
  const value = await jsonValue(input, text, limits);
  expectKept(input, value);
  return value.value;
}

function typed({ name, type }: Declared['json'][number], value: unknown): unknown {
  if (isOfType(type, value)) return value;
  throw invalid(name, `must be of the type ${type}, and is ${JSON.stringify(value)?.slice(0, 60)}`);
}

function priorityOf(given: unknown): number | undefined {
  if (given === undefined || given === '') return undefined;
  const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 2_147_483_647)
    return number;
  throw invalid('priority', `must be a whole number from 1 on, not ${JSON.stringify(given)}`);
}
