import type { ForcedNodes } from '../../seed-schema/index.ts';
import { forcedWithin, isForced } from '../recipe/index.ts';

/** The configuration of a recipe, as it is stored: what was to run again stands beside what is for its jobs. */
export interface StoredConfiguration extends Record<string, unknown> {
  readonly forced_nodes?: ForcedNodes;
}

/** What is said for jobs. A node that is forced to run is not to reuse what it made before. Pure. */
export function configurationOfNode(
  { forced_nodes: forced, ...given }: StoredConfiguration,
  name: string,
): Record<string, unknown> {
  return forced && isForced(forced, name) ? { ...given, reuse: false } : given;
}

/** What is said for the recipe that a node is. Pure. */
export function configurationOfPart(
  { forced_nodes: forced, ...given }: StoredConfiguration,
  name: string,
): StoredConfiguration {
  const within = forced && forcedWithin(forced, name);
  return within ? { ...given, forced_nodes: within } : given;
}

/** What is said for a recipe that takes the place of another one. Pure. */
export function configurationAgain(
  { forced_nodes: _before, ...given }: StoredConfiguration,
  forced: ForcedNodes,
): StoredConfiguration {
  const isAny = forced.all || (forced.nodes?.length ?? 0) > 0;
  return isAny ? { ...given, forced_nodes: forced } : given;
}
