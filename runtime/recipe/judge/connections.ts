import {
  below,
  type Connection,
  type DataInterface,
  type DefinedNode,
  type FileParameter,
  type JsonParameter,
  type RecipeDefinition,
  takesMediaType,
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

type Parameter = FileParameter | JsonParameter;

/**
 * Judges where the inputs of a node come from.
 * @param path of the node
 * @returns the connections that mean an input of the node
 */
export function judgeConnections(
  name: string,
  { input, forEach }: DefinedNode,
  path: string,
  whole: Whole,
  report: DefinitionReport,
): Record<string, Connection> {
  const own = whole.interfaces.get(name)?.input;
  const kept: [string, Connection][] = [];
  for (const [inputName, connection] of Object.entries(input)) {
    const where = below(below(path, 'input'), inputName);
    const source = sourceOf(connection, `The input ${inputName} of node ${name}`, where, whole, report);
    const target = own && parameterOf(own, inputName);
    if (own && !target)
      report.warn(
        'UNKNOWN_INPUT',
        where,
        `The connection of node ${name} ${notThere(inputName, own, report)}`,
      );
    else kept.push([inputName, connection]);
    if (source && target)
      judgePair({ node: name, target, isForEach: forEach?.input === inputName, ...source }, where, report);
  }
  if (own) judgeMissing(name, input, own, path, report);
  if (own && forEach && !parameterOf(own, forEach.input))
    report.error(
      'UNKNOWN_INPUT',
      below(path, 'forEach'),
      `forEach of node ${name} names ${forEach.input}, which is no input of it; it has ${listedNames(parameterNames(own))}`,
    );
  else if (forEach && own && !Object.hasOwn(input, forEach.input))
    report.error(
      'NODE_INTERFACE',
      below(path, 'forEach'),
      `forEach of node ${name} names the input ${forEach.input}, which has no connection`,
    );
  return Object.fromEntries(kept);
}

interface Source {
  readonly source: Parameter;
  /** `the output X of node N`, `the recipe input X`. */
  readonly from: string;
}

/** What a connection gives; undefined when that is not there, which is reported, or not known. */
function sourceOf(
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

interface Pair extends Source {
  readonly node: string;
  readonly target: Parameter;
  readonly isForEach: boolean;
}

/** Whether an input can take what is connected to it. */
function judgePair(pair: Pair, where: string, report: DefinitionReport): void {
  const { node, target, source, from, isForEach } = pair;
  const input = `The input ${target.name} of node ${node}`;
  const wrong = (reason: string) => {
    report.error('NODE_INTERFACE', where, `${input} ${reason}`);
  };
  if (isFile(target) !== isFile(source))
    wrong(`takes ${kindOf(target)}, and ${from} gives ${kindOf(source)}`);
  else if (isFile(target) && isFile(source)) {
    if (isForEach && !source.multiple)
      wrong(
        `is that of forEach, which needs several files, and ${from} is one; make it multiple, or drop forEach`,
      );
    else if (!target.multiple && source.multiple)
      wrong(
        `takes one file, and ${from} may be several; make the input multiple, or run the node forEach ${target.name}`,
      );
    judgeMediaTypes(target, source, `${input} is for`, from, where, report);
  } else if (!isFile(target) && !isFile(source) && !accepts(target.type, source.type))
    wrong(
      isForEach
        ? `is that of forEach, which needs an array, and ${from} is of type ${source.type}`
        : `is of type ${target.type}, and ${from} of type ${source.type}`,
    );
  if (target.required && !source.required)
    wrong(
      `is required, and ${from} is optional; make one like the other, or put a condition with a filter on it (and all: true) between them`,
    );
}

function judgeMediaTypes(
  target: FileParameter,
  source: FileParameter,
  begin: string,
  from: string,
  where: string,
  report: DefinitionReport,
): void {
  const others = source.media_types.filter((type) => !takesMediaType(target.media_types, type));
  if (others.length > 0)
    report.warn(
      'MISMATCHED_MEDIA_TYPES',
      where,
      `${begin} ${target.media_types.join(', ')}, and ${from} may be ${others.join(', ')}`,
    );
}

/** Required inputs that nothing is connected to. */
function judgeMissing(
  node: string,
  input: DefinedNode['input'],
  own: DataInterface,
  path: string,
  report: DefinitionReport,
): void {
  for (const { name, required } of [...own.files, ...own.json])
    if (required && !Object.hasOwn(input, name))
      report.error(
        'NODE_INTERFACE',
        below(path, 'input'),
        `The input ${name} of node ${node} is required and has no connection; connect it to an input of the recipe or to an output of a node`,
      );
}

/** Every whole number is a number (Scale refuses that); otherwise the types must be the same. */
function accepts(target: JsonParameter['type'], source: JsonParameter['type']): boolean {
  return target === source || (target === 'number' && source === 'integer');
}

function parameterOf(parameters: DataInterface, name: string): Parameter | undefined {
  return fileParameter(parameters, name) ?? jsonParameter(parameters, name);
}

function isFile(parameter: Parameter): parameter is FileParameter {
  return 'media_types' in parameter;
}

function kindOf(parameter: Parameter): string {
  return isFile(parameter) ? 'files' : 'JSON';
}

function notThere(name: string, parameters: DataInterface, report: DefinitionReport): string {
  return `to ${name} is dropped, as its type has no such input; ${instead(name, parameters, report)}`;
}

/** What there is instead of a name that there is not. */
function instead(name: string, parameters: DataInterface, report: DefinitionReport): string {
  const names = parameterNames(parameters);
  const hint = meant(name, names, report);
  return hint === undefined ? `there is ${listedNames(names)}` : `did you mean ${hint}?`;
}
