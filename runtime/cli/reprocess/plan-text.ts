import type { PlannedNode, ReprocessPlan } from '../../client/index.ts';
import { table } from '../table.ts';

const words = { CARRIED_OVER: 'kept', RUN: 'run', DELETED: 'dropped' };

/** What becomes of each node and why, those inside of sub-recipes below theirs; runs first said in a line. Pure. */
export function planText({
  recipe,
  recipe_type: type,
  revision_num: revision,
  nodes,
  foreseen = [],
}: ReprocessPlan): string {
  const reused = new Map(
    foreseen.flatMap(({ name, action, reason }) => (action === 'REUSE' ? [[name, reason] as const] : [])),
  );
  const rows = nodes
    .flatMap((node) => rowsOf(node, ''))
    .map(([name = '', action = '', reason = '']) => {
      const same = action === words.RUN ? reused.get(name) : undefined;
      return same === undefined ? [name, action, reason] : [name, 'reuse', `${reason}; ${same}`];
    });
  const running = rows.filter(([, action]) => action === words.RUN).length;
  const head = `recipe ${recipe.id} as revision ${revision} of ${type.name}: ${running} of ${rows.length} nodes run\n`;
  return head + table([['NODE', 'ACTION', 'REASON'], ...rows]);
}

function rowsOf({ name, action, reason, nodes = [] }: PlannedNode, path: string): string[][] {
  return [
    [`${path}${name}`, words[action], reason],
    ...nodes.flatMap((node) => rowsOf(node, `${path}${name}/`)),
  ];
}
