import {
  below,
  type DefinedNode,
  type Dependency,
  findUnstorable,
  type NodeDocument,
  type RecipeDefinition,
  type RecipeDefinitionDocument,
  recipeDefinitionValidator,
  Report,
  type ValidationDocument,
} from '../../../seed-schema/index.ts';
import { outerInterface } from '../for-each.ts';
import { parentNames } from '../graph.ts';
import type { KnownTypes, NodeInterface } from '../interface.ts';
import { meant } from './advice.ts';
import { judgeConnections } from './connections.ts';
import { judgeCycles } from './cycles.ts';
import { nestsDeeperThan } from './depth.ts';
import type { DefinitionReport } from './findings.ts';
import { judgeNodeType, repeatedNames } from './nodes.ts';
import { normalised } from './normalise.ts';
import { interfaceOf, judgeOutputs } from './outputs.ts';
import type { Whole } from './sources.ts';

/** What is wrong with a definition; where nothing is, the definition and what its recipes take and give. */
export interface DefinitionJudgement extends ValidationDocument {
  readonly definition?: RecipeDefinition;
  readonly interface?: NodeInterface;
}

const deepest = 100;

/**
 * Judges the definition of a recipe type. Everything is found at once. Never throws.
 * @param document parsed JSON
 * @param recipeType name of the recipe type, so that it does not contain itself; undefined: it has none yet
 */
export function judgeDefinition(
  document: unknown,
  known: KnownTypes,
  recipeType?: string,
): DefinitionJudgement {
  const report: DefinitionReport = new Report();
  if (!judgeShape(document, report)) return report.document;
  const given = normalised(document, known);
  for (const name of repeatedNames(given.input))
    report.error(
      'INPUT_INTERFACE',
      'input',
      `The recipe declares the input ${name} twice; names are unique among files and json`,
    );
  const interfaces = new Map<string, NodeInterface>();
  for (const [name, node] of Object.entries(given.nodes)) {
    const path = below('nodes', name);
    const own = judgeNodeType(name, node, path, { known, recipeType }, report);
    if (own) interfaces.set(name, outerInterface(node, own));
    judgeDependencies(name, document.nodes![name]!, path, given, report);
  }
  const nodes = Object.entries(given.nodes).map(([name, node]) => {
    const input = judgeConnections(
      name,
      node,
      below('nodes', name),
      { definition: given, interfaces },
      report,
    );
    return [name, { ...node, input, dependencies: dependenciesOf(node) }] as const;
  });
  const whole: Whole = { definition: { ...given, nodes: Object.fromEntries(nodes) }, interfaces };
  judgeCycles(given.nodes, report);
  judgeOutputs(whole, report);
  if (report.errors.length > 0) return report.document;
  return { ...report.document, definition: whole.definition, interface: interfaceOf(whole) };
}

function judgeShape(document: unknown, report: DefinitionReport): document is RecipeDefinitionDocument {
  if (nestsDeeperThan(document, deepest)) {
    report.error('INVALID_DEFINITION', '', `The definition nests deeper than ${deepest} levels`);
    return false;
  }
  for (const { path, description } of recipeDefinitionValidator.problems(document))
    report.error('INVALID_DEFINITION', path, description);
  if (report.errors.length > 0) return false;
  const unstorable = findUnstorable(document);
  if (unstorable)
    report.error('INVALID_DEFINITION', unstorable.path, `${unstorable.path} ${unstorable.problem}`);
  return !unstorable;
}

/** Dependencies on nodes that are not there, or that are listed twice. */
function judgeDependencies(
  name: string,
  { dependencies = [] }: NodeDocument,
  path: string,
  { nodes }: RecipeDefinition,
  report: DefinitionReport,
): void {
  const seen = new Set<string>();
  for (const [index, { name: parent }] of dependencies.entries()) {
    const where = below(below(path, 'dependencies'), index);
    if (!Object.hasOwn(nodes, parent)) {
      const hint = meant(parent, Object.keys(nodes), report);
      const advice = hint === undefined ? '' : `; did you mean ${hint}?`;
      report.error(
        'UNKNOWN_NODE',
        below(where, 'name'),
        `Node ${name} depends on node ${parent}, which is not there${advice}`,
      );
    } else if (seen.has(parent))
      report.warn(
        'DUPLICATE_DEPENDENCY',
        where,
        `Node ${name} depends on node ${parent} more than once; the last one counts`,
      );
    seen.add(parent);
  }
}

/** All that a node depends on: a connection that is dropped is a dependency all the same. */
function dependenciesOf(node: DefinedNode): Dependency[] {
  const listed = new Map(node.dependencies.map((dependency) => [dependency.name, dependency]));
  return parentNames(node).map((name) => listed.get(name) ?? { name, acceptance: true });
}
