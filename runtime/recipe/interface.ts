import type { DataInterface, FileParameter, JsonParameter } from '../../seed-schema/index.ts';

/** A file output: as an input, but for its media type, which is one or unknown. */
export type FileOutput = FileParameter;

/** What a node takes and what it gives. */
export interface NodeInterface {
  readonly input: DataInterface;
  readonly output: DataInterface;
}

/** Looks up what a definition only names. */
export interface KnownTypes {
  /** @returns undefined when there is no such revision */
  readonly jobType: (name: string, version: string, revision: number) => KnownJobType | undefined;
  /** The number of its newest revision; undefined when there is no such job type. */
  readonly newestJobType: (name: string, version: string) => number | undefined;
  /** @returns undefined when there is no such revision */
  readonly recipeType: (name: string, revision: number) => KnownRecipeType | undefined;
  /** The number of its newest revision; undefined when there is no such recipe type. */
  readonly newestRecipeType: (name: string) => number | undefined;
}

/** What the `configuration` of a node is judged by may be left out; then it is not judged. See `knownJobType`. */
export interface KnownJobType extends NodeInterface {
  /** Seconds; zero or less: no limit. */
  readonly timeout?: number;
  readonly settings?: readonly { readonly name: string; readonly secret: boolean }[];
  /** Names of the resources that it declares. */
  readonly resources?: readonly string[];
}

export interface KnownRecipeType extends NodeInterface {
  /** Names of recipe types that it has as sub-recipes, at any depth. */
  readonly contains: ReadonlySet<string>;
}

export function fileParameter(parameters: DataInterface, name: string): FileParameter | undefined {
  return parameters.files.find((parameter) => parameter.name === name);
}

export function jsonParameter(parameters: DataInterface, name: string): JsonParameter | undefined {
  return parameters.json.find((parameter) => parameter.name === name);
}

/** Whether there is such a parameter, and it must have a value. */
export function isRequired(parameters: DataInterface, name: string): boolean {
  return (fileParameter(parameters, name) ?? jsonParameter(parameters, name))?.required ?? false;
}

/** Names of all parameters, files first. */
export function parameterNames({ files, json }: DataInterface): string[] {
  return [...files, ...json].map(({ name }) => name);
}
