import { isObject } from '../../../seed-schema/index.ts';

export interface JobTypeKey {
  readonly name: string;
  readonly version: string;
  /** 0: none is given, which means the newest. */
  readonly revision: number;
}

export interface RecipeTypeKey {
  readonly name: string;
  /** 0: none is given, which means the newest. */
  readonly revision: number;
}

/** What a definition names, each once. Pure. */
export interface NamedTypes {
  readonly jobTypes: readonly JobTypeKey[];
  readonly recipeTypes: readonly RecipeTypeKey[];
}

/** Values that Postgres keeps in an `integer`. */
const largestInteger = 2_147_483_647;

/** @param document perhaps no definition at all: what cannot be read as a name is left out */
export function namedTypes(document: unknown): NamedTypes {
  const jobTypes = new Map<string, JobTypeKey>();
  const recipeTypes = new Map<string, RecipeTypeKey>();
  for (const type of nodeTypesOf(document)) {
    if (type.node_type === 'job') {
      const { job_type_name: name, job_type_version: version, job_type_revision: revision = 0 } = type;
      if (isName(name) && isName(version) && isRevision(revision))
        jobTypes.set(keyOf(name, version, revision), { name, version, revision });
    } else if (type.node_type === 'recipe') {
      const { recipe_type_name: name, recipe_type_revision: revision = 0 } = type;
      if (isName(name) && isRevision(revision)) recipeTypes.set(keyOf(name, revision), { name, revision });
    }
  }
  return { jobTypes: [...jobTypes.values()], recipeTypes: [...recipeTypes.values()] };
}

/** One text for several values, different for different ones. */
export function keyOf(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts);
}

function nodeTypesOf(document: unknown): Record<string, unknown>[] {
  const nodes = isObject(document) && isObject(document.nodes) ? Object.values(document.nodes) : [];
  return nodes.flatMap((node) => (isObject(node) && isObject(node.node_type) ? [node.node_type] : []));
}

/** The database keeps no NUL, and would refuse to look for one. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0');
}

function isRevision(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= largestInteger;
}
