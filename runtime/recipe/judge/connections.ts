import { below, type Connection, type DataInterface, type DefinedNode } from '../../../seed-schema/index.ts';
import { parameterNames } from '../interface.ts';
import { listedNames } from './advice.ts';
import type { DefinitionReport } from './findings.ts';
import { judgePair } from './fits.ts';
import { instead, parameterOf, sourceOf, type Whole } from './sources.ts';

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
        `The connection of node ${name} to ${inputName} is dropped, as its type has no such input; ${instead(inputName, own, report)}`,
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
