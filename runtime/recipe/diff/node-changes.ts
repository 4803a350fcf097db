import { isDeepStrictEqual } from 'node:util';
import type { Connection, DataInterface, DefinedNode, RecipeDefinition } from '../../../seed-schema/index.ts';
import { parentNames } from '../graph.ts';
import type { Change, ChangeName } from './recipe-diff.ts';

/** A node in both definitions. */
export interface NodePair {
  readonly before: DefinedNode;
  readonly after: DefinedNode;
}

/** What differs in what a node runs and how it is told to. */
export function typeChanges({ before, after }: NodePair): Change[] {
  const [old, now] = [before.node_type, after.node_type];
  return [
    ...change('NODE_TYPE_CHANGE', 'Node type', old.node_type, now.node_type),
    ...(old.node_type === 'job' && now.node_type === 'job'
      ? [
          ...change('JOB_TYPE_CHANGE', 'Job type', old.job_type_name, now.job_type_name),
          ...change(
            'JOB_TYPE_VERSION_CHANGE',
            'Job type version',
            old.job_type_version,
            now.job_type_version,
          ),
          ...change(
            'JOB_TYPE_REVISION_CHANGE',
            'Job type revision',
            old.job_type_revision,
            now.job_type_revision,
          ),
        ]
      : []),
    ...(old.node_type === 'recipe' && now.node_type === 'recipe'
      ? [
          ...change('RECIPE_TYPE_CHANGE', 'Recipe type', old.recipe_type_name, now.recipe_type_name),
          ...change(
            'RECIPE_TYPE_REVISION_CHANGE',
            'Recipe type revision',
            old.recipe_type_revision,
            now.recipe_type_revision,
          ),
        ]
      : []),
    ...(old.node_type === 'condition' && now.node_type === 'condition'
      ? [
          ...differs('FILTER_CHANGE', 'The filter has changed', old.data_filter, now.data_filter),
          ...differs(
            'INTERFACE_CHANGE',
            'The interface has changed',
            byName(old.interface),
            byName(now.interface),
          ),
        ]
      : []),
    ...differs('FOR_EACH_CHANGE', 'What it is run for each of has changed', before.forEach, after.forEach),
    ...differs(
      'CONFIGURATION_CHANGE',
      'The configuration has changed',
      before.configuration,
      after.configuration,
    ),
  ];
}

/** What differs in where a node's input comes from. */
export function inputChanges({ before, after }: NodePair): Change[] {
  return [
    ...Object.entries(after.input).flatMap(([name, now]): Change[] => {
      const old = Object.hasOwn(before.input, name) ? before.input[name] : undefined;
      if (!old) return [{ name: 'INPUT_NEW', description: `New input ${name} from ${source(now)}` }];
      return change('INPUT_CHANGE', `Input ${name}`, source(old), source(now));
    }),
    ...Object.keys(before.input)
      .filter((name) => !Object.hasOwn(after.input, name))
      .map((name): Change => ({ name: 'INPUT_REMOVED', description: `Previous input ${name} removed` })),
  ];
}

/**
 * What differs in the nodes that a node depends on.
 * @param isChanged whether a node that is in both definitions has changed
 */
export function parentChanges(
  pair: NodePair,
  definitions: Record<keyof NodePair, RecipeDefinition>,
  isChanged: (parent: string) => boolean,
): Change[] {
  const [old, now] = [new Set(parentNames(pair.before)), parentNames(pair.after)];
  return [
    ...now.flatMap((parent): Change[] => {
      if (!old.has(parent)) return [{ name: 'PARENT_NEW', description: `New parent node ${parent} added` }];
      return [
        ...(isChanged(parent)
          ? [{ name: 'PARENT_CHANGED' as const, description: `Parent node ${parent} changed` }]
          : []),
        ...change(
          'PARENT_ACCEPTANCE_CHANGED',
          `Acceptance of the parent node ${parent}`,
          acceptance(definitions.before, pair.before, parent),
          acceptance(definitions.after, pair.after, parent),
        ),
      ];
    }),
    ...[...old]
      .filter((parent) => !now.includes(parent))
      .map((parent): Change => ({
        name: 'PARENT_REMOVED',
        description: `Previous parent node ${parent} removed`,
      })),
  ];
}

/** True for all but conditions, of which alone it means something. */
function acceptance({ nodes }: RecipeDefinition, { dependencies }: DefinedNode, parent: string): boolean {
  if (nodes[parent]?.node_type.node_type !== 'condition') return true;
  return dependencies.find(({ name }) => name === parent)?.acceptance ?? true;
}

function change<T extends string | number | boolean>(
  name: ChangeName,
  what: string,
  old: T,
  now: T,
): Change[] {
  return old === now ? [] : [{ name, description: `${what} changed from ${old} to ${now}` }];
}

/** The order of members says nothing, nor do those that are undefined. */
function differs(name: ChangeName, description: string, old: unknown, now: unknown): Change[] {
  return isDeepStrictEqual(plain(old), plain(now)) ? [] : [{ name, description }];
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function source(from: Connection): string {
  return from.type === 'recipe' ? `recipe input ${from.input}` : `${from.node}.${from.output}`;
}

/** The order of parameters says nothing either. */
function byName({ files, json }: DataInterface): object {
  return { files: record(files), json: record(json) };
}

function record(parameters: readonly { readonly name: string }[]): object {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter]));
}
