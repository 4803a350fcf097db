import type { BatchConfiguration, DataInterface } from '../../../seed-schema/index.ts';

interface FileParameter {
  readonly name: string;
  readonly multiple?: boolean;
}
interface JsonParameter {
  readonly name: string;
  readonly type?: string;
}
interface Parameters {
  readonly files?: readonly FileParameter[];
  readonly json?: readonly JsonParameter[];
}

/** Scale's definition of a dataset, as far as batches look at it. */
export interface DatasetDefinition {
  readonly parameters?: Parameters;
  readonly global_parameters?: Parameters;
}

/** What keeps the parameters of a dataset from being the input of what is run, in words; nothing where all is well. Pure. */
export function judgeParameters(
  input: DataInterface,
  { parameters = {}, global_parameters: global = {} }: DatasetDefinition,
  inputMap: NonNullable<BatchConfiguration['inputMap']>,
): string[] {
  const files = new Map([...(global.files ?? []), ...(parameters.files ?? [])].map((one) => [one.name, one]));
  const json = new Map([...(global.json ?? []), ...(parameters.json ?? [])].map((one) => [one.name, one]));
  const names = new Set([...input.files, ...input.json].map(({ name }) => name));
  const sources = new Map(inputMap.map((one) => [one.input, one.datasetParameter]));
  const problems: string[] = [];
  for (const [name, parameter] of sources) {
    if (!names.has(name)) problems.push(`inputMap names the input ${name}, which what is run does not have`);
    if (!files.has(parameter) && !json.has(parameter))
      problems.push(`inputMap names the parameter ${parameter}, which the dataset does not have`);
  }
  const used = new Set(sources.values());
  const sourceOf = (name: string) => sources.get(name) ?? (used.has(name) ? undefined : name);
  for (const { name, required, multiple } of input.files) {
    const source = sourceOf(name);
    const parameter = source === undefined ? undefined : files.get(source);
    if (source !== undefined && json.has(source))
      problems.push(`the input ${name} takes files, and the parameter ${source} of the dataset is JSON`);
    else if (!parameter && required) problems.push(missing(name));
    else if (parameter?.multiple && !multiple)
      problems.push(
        `the input ${name} takes one file, and the parameter ${source} of the dataset has several`,
      );
  }
  for (const { name, required, type } of input.json) {
    const source = sourceOf(name);
    const parameter = source === undefined ? undefined : json.get(source);
    if (source !== undefined && files.has(source))
      problems.push(`the input ${name} takes JSON, and the parameter ${source} of the dataset has files`);
    else if (!parameter && required) problems.push(missing(name));
    else if (parameter?.type !== undefined && !fits(parameter.type, type))
      problems.push(
        `the input ${name} takes ${type}, and the parameter ${source} of the dataset is ${parameter.type}`,
      );
  }
  return problems;
}

function missing(name: string): string {
  return `the input ${name} is required, and the dataset has no parameter of that name; name one in configuration.inputMap`;
}

function fits(given: string, taken: string): boolean {
  return given === taken || (given === 'integer' && taken === 'number');
}
