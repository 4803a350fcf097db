import { readFile, stat } from 'node:fs/promises';
import { changedNumber } from '../../../seed-schema/index.ts';
import type { Limits } from '../../config/index.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { type JsonValue, readJsonInput } from '../../execution/index.ts';
import type { InputJson } from '../../manifest/index.ts';
import { parted } from './assignments.ts';
import { named, nameWithValue } from './name-values.ts';

/**
 * Values of JSON inputs from `-j NAME=VALUE`: JSON text, a bare string where the type is `string`, or the path of a file
 * that holds one of these. For a `string` only a `.json` file is read: any other word may be the value itself.
 * @throws unknown-name, invalid-json-input, missing-input
 */
export async function givenJson(
  options: readonly string[],
  inputs: readonly InputJson[],
  limits: Limits,
): Promise<Map<string, JsonValue>> {
  const given = new Map<string, JsonValue>();
  const names = inputs.map(({ name }) => name);
  for (const option of parted(options, names)) {
    const { name, value } = nameWithValue('-j', option);
    const input = named(inputs, name, 'JSON input');
    given.set(input.name, await jsonValue(input, value, limits));
  }
  for (const { name, required } of inputs)
    if (required && !given.has(name))
      throw new SeedbedError('missing-input', { name, problem: 'was not given', option: `-j ${name}=VALUE` });
  return given;
}

/** The same for a service, which gets them as JSON. @throws as `givenJson`, and for a number that would arrive as another one */
export async function givenJsonToSend(
  ...[options, inputs, limits]: Parameters<typeof givenJson>
): Promise<Map<string, JsonValue>> {
  const given = await givenJson(options, inputs, limits);
  for (const input of inputs) {
    const value = given.get(input.name);
    if (value) expectKept(input, value);
  }
  return given;
}

/** @throws invalid-json-input where a number in the value would arrive at a service as another one */
export function expectKept(
  { name, type }: Pick<InputJson, 'name' | 'type'>,
  { value, environment }: JsonValue,
): void {
  const number = typeof value === 'string' ? undefined : changedNumber(environment)?.number;
  if (number === undefined) return;
  const problem = `a service would take ${number} for ${Number(number)}; an input of the type string keeps every digit`;
  throw new SeedbedError('invalid-json-input', { name, type, problem });
}

/** One value as a user writes it: the text of it, or the name of a file that holds it. @throws invalid-json-input */
export async function jsonValue(input: InputJson, text: string, limits: Limits): Promise<JsonValue> {
  const inFile = await fileText(input, text, limits);
  return inFile === undefined ? readJsonInput(input, text) : readJsonInput(input, inFile, limits.jsonDepth);
}

/** What the file holds that a value names; undefined where the value speaks for itself. */
async function fileText(
  { name, type }: InputJson,
  value: string,
  { jsonMiB }: Limits,
): Promise<string | undefined> {
  const mayBePath = type === 'string' ? value.endsWith('.json') : !isJson(value);
  if (!mayBePath) return undefined;
  const found = await stat(value).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const refuse = (problem: string) => new SeedbedError('invalid-json-input', { name, type, problem });
  if (found.size > jsonMiB * 2 ** 20)
    throw refuse(`the file ${value} is larger than ${jsonMiB} MiB (SEED_MAX_JSON_MIB)`);
  const text = await readFile(value, 'utf8').catch((thrown: unknown) => {
    throw refuse(`the file ${value} cannot be read: ${reasonOf(thrown)}`);
  });
  if (isJson(text) || type === 'string') return text;
  throw refuse(`the file ${value} is not JSON`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
