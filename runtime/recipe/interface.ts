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
  readonly jobType: (name: string, version: string, revision: number) => NodeInterface | undefined;
  /** @returns undefined when there is no such revision */
  readonly recipeType: (name: string, revision: number) => KnownRecipeType | undefined;
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
