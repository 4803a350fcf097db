import {
  below,
  type ConditionNodeType,
  type DataInterface,
  type DefinedNode,
  type JobNodeType,
  type RecipeNodeType,
} from '../../../seed-schema/index.ts';
import { judgeFilter } from '../filter/index.ts';
import { type KnownTypes, type NodeInterface, parameterNames } from '../interface.ts';
import { judgeConfiguration } from './configuration.ts';
import type { DefinitionReport } from './findings.ts';

/** What a node is judged by besides itself. */
export interface Surroundings {
  readonly known: KnownTypes;
  /** Name of the recipe type that is being defined; undefined: it has none yet. */
  readonly recipeType: string | undefined;
}

/**
 * What a node's job, recipe or condition takes and gives, each time that it runs.
 * @param path of the node
 * @returns undefined when its type is not known, which is reported
 */
export function judgeNodeType(
  name: string,
  { node_type, configuration }: DefinedNode,
  path: string,
  surroundings: Surroundings,
  report: DefinitionReport,
): NodeInterface | undefined {
  const typePath = below(path, 'node_type');
  if (configuration && node_type.node_type !== 'job')
    report.error(
      'INVALID_CONFIGURATION',
      below(path, 'configuration'),
      `Node ${name} has a configuration, and only nodes that run a job may have one; give it to the nodes of its recipe type`,
    );
  switch (node_type.node_type) {
    case 'job':
      return judgeJobType(name, node_type, configuration, path, surroundings, report);
    case 'recipe':
      return judgeRecipeType(name, node_type, typePath, surroundings, report);
    case 'condition':
      return judgeCondition(name, node_type, typePath, report);
  }
}

function judgeJobType(
  node: string,
  { job_type_name, job_type_version, job_type_revision }: JobNodeType,
  configuration: DefinedNode['configuration'],
  path: string,
  { known }: Surroundings,
  report: DefinitionReport,
): NodeInterface | undefined {
  const found = known.jobType(job_type_name, job_type_version, job_type_revision);
  const newest = found ? undefined : known.newestJobType(job_type_name, job_type_version);
  if (!found)
    report.error(
      'JOB_TYPE_DOES_NOT_EXIST',
      below(path, 'node_type'),
      newest === undefined
        ? `Node ${node} runs the job type ${job_type_name} ${job_type_version}, which does not exist`
        : `Node ${node} runs revision ${job_type_revision} of the job type ${job_type_name} ${job_type_version}, which does not exist; the newest is ${newest}`,
    );
  else if (configuration)
    judgeConfiguration(node, configuration, found, below(path, 'configuration'), report);
  return found;
}

function judgeRecipeType(
  node: string,
  { recipe_type_name, recipe_type_revision }: RecipeNodeType,
  path: string,
  { known, recipeType }: Surroundings,
  report: DefinitionReport,
): NodeInterface | undefined {
  const found = known.recipeType(recipe_type_name, recipe_type_revision);
  const isSame = recipe_type_name === recipeType;
  if (isSame || (recipeType !== undefined && found?.contains.has(recipeType)))
    report.error(
      'RECURSIVE_SUBRECIPES',
      path,
      isSame
        ? `Node ${node} runs the recipe type ${recipeType}, which is this one`
        : `Node ${node} runs the recipe type ${recipe_type_name}, which contains this one, ${String(recipeType)}`,
    );
  else if (!found) {
    const newest = known.newestRecipeType(recipe_type_name);
    report.error(
      'RECIPE_TYPE_DOES_NOT_EXIST',
      path,
      newest === undefined
        ? `Node ${node} runs the recipe type ${recipe_type_name}, which does not exist`
        : `Node ${node} runs revision ${recipe_type_revision} of the recipe type ${recipe_type_name}, which does not exist; the newest is ${newest}`,
    );
  }
  return found;
}

/** A condition gives what it takes; what every accepted data must have is required there, as on Scale. */
function judgeCondition(
  node: string,
  { interface: input, data_filter }: ConditionNodeType,
  path: string,
  report: DefinitionReport,
): NodeInterface {
  for (const repeated of repeatedNames(input))
    report.error(
      'NODE_INTERFACE',
      below(path, 'interface'),
      `Node ${node} declares the input ${repeated} twice; names are unique among files and json`,
    );
  const { errors, warnings } = judgeFilter(data_filter, input, below(path, 'data_filter'));
  const told = (description: string) => `In the condition ${node}: ${description}`;
  report.errors.push(...errors.map((error) => ({ ...error, description: told(error.description) })));
  report.warnings.push(
    ...warnings.map((warning) => ({ ...warning, description: told(warning.description) })),
  );
  return { input, output: data_filter.all ? withRequired(input, data_filter.filters) : input };
}

function withRequired({ files, json }: DataInterface, filters: readonly { name: string }[]): DataInterface {
  const filtered = new Set(filters.map(({ name }) => name));
  const demand = <Parameter extends { name: string; required: boolean }>(parameter: Parameter) =>
    filtered.has(parameter.name) ? { ...parameter, required: true } : parameter;
  return { files: files.map(demand), json: json.map(demand) };
}

/** Names that an interface has more than once, each once. */
export function repeatedNames(parameters: DataInterface): string[] {
  const seen = new Set<string>();
  const repeated = parameterNames(parameters).filter((name) => seen.has(name) || !seen.add(name));
  return [...new Set(repeated)];
}
