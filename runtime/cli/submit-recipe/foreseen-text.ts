import type { ForeseenDocument } from '../../client/index.ts';
import { table } from '../table.ts';

/** What would become of each node and why, first said in a line. Pure. */
export function foreseenText({ recipe_type: type, run, reuse, nodes }: ForeseenDocument): string {
  const head = `revision ${type.revision_num} of ${type.name}: ${run} of ${nodes.length} nodes run, ${reuse} are reused\n`;
  const rows = nodes.map(({ name, action, reason }) => [name, action.toLowerCase(), reason]);
  return head + table([['NODE', 'ACTION', 'REASON'], ...rows]);
}
