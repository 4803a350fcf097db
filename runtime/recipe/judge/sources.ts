import {
  below,
  type Connection,
  type DataInterface,
  type FileParameter,
  type JsonParameter,
  type RecipeDefinition,
} from '../../../seed-schema/index.ts';
import { fileParameter, jsonParameter, type NodeInterface, parameterNames } from '../interface.ts';
import { listedNames, meant } from './advice.ts';
import type { DefinitionReport } from './findings.ts';

/** What connections are judged against. */
export interface Whole {
  readonly definition: RecipeDefinition;
  /** Of the nodes as a whole, by name; those of unknown types are left out. */
  readonly interfaces: ReadonlyMap<string, NodeInterface>;
}

export type Parameter = FileParameter | JsonParameter;

/** What a connection gives. */
export interface Source {
  readonly source: Parameter;
  /** `the output X of node N`, `the recipe input X`. */
  readonly from: string;
}

/** What a connection gives; undefined when that is not there, which is reported, or not known. */
export function sourceOf(
  connection: Connection,
  target: string,
  where: string,
  { definition, interfaces }: Whole,
  report: DefinitionReport,
): Source | undefined {
  if (connection.type === 'recipe') {
    const source = parameterOf(definition.input, connection.input);
    if (!source)
      report.error(
        'UNKNOWN_INPUT',
        below(where, 'input'),
        `${target} is connected to the recipe input ${connection.input}, which the recipe does not have; ${instead(connection.input, definition.input, report)}`,
      );
    return source && { source, from: `the recipe input ${connection.input}` };
  }
  return outputOf(connection, `${target} is connected to`, where, { definition, interfaces }, report);
}

/**
 * The output of a node; undefined when that is not there, which is reported, or not known.
 * @param begin of the sentence, to go before the output
 */
export function outputOf(
  { node, output }: { readonly node: string; readonly output: string },
  begin: string,
  where: string,
  { definition, interfaces }: Whole,
  report: DefinitionReport,
): Source | undefined {
  if (!Object.hasOwn(definition.nodes, node)) {
    const hint = meant(node, Object.keys(definition.nodes), report);
    const advice = hint === undefined ? '' : `; did you mean ${hint}?`;
    report.error('UNKNOWN_NODE', below(where, 'node'), `${begin} node ${node}, which is not there${advice}`);
    return undefined;
  }
  const outputs = interfaces.get(node)?.output;
  const source = outputs && parameterOf(outputs, output);
  if (outputs && !source) {
    const isRecipe = definition.nodes[node]?.node_type.node_type === 'recipe';
    report.error(
      isRecipe ? 'CONNECTION_INVALID_NODE' : 'NODE_INTERFACE',
      below(where, 'output'),
      isRecipe
        ? `${begin} the output ${output} of node ${node}, whose recipe type declares no such output; ${instead(output, outputs, report)}`
        : `${begin} the output ${output} of node ${node}, which does not have it; ${instead(output, outputs, report)}`,
    );
  }
  return source && { source, from: `the output ${output} of node ${node}` };
}

export function parameterOf(parameters: DataInterface, name: string): Parameter | undefined {
  return fileParameter(parameters, name) ?? jsonParameter(parameters, name);
}

/** What there is instead of a name that there is not. */
export function instead(name: string, parameters: DataInterface, report: DefinitionReport): string {
  const names = parameterNames(parameters);
  const hint = meant(name, names, report);
  return hint === undefined ? `there is ${listedNames(names)}` : `did you mean ${hint}?`;
}
