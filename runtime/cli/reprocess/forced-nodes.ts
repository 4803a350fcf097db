import type { ForcedNodes } from '../../../seed-schema/index.ts';
import { mergeForced } from '../../recipe/index.ts';

/** What `--all` and `--node` mean. Pure. @param nodes names, those inside of sub-recipes after those of their nodes: `a/b` */
export function forcedNodes(all: boolean, nodes: readonly string[]): ForcedNodes {
  if (all) return { all };
  return nodes.map((path) => pathForced(path.split('/'))).reduce(mergeForced, { all: false });
}

function pathForced([name = '', ...inside]: readonly string[]): ForcedNodes {
  return inside.length === 0
    ? { all: false, nodes: [name] }
    : { all: false, sub_recipes: { [name]: pathForced(inside) } };
}
