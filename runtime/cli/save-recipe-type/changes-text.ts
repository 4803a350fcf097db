import type { RecipeTypeJudgement } from '../../client/index.ts';
import { table } from '../table.ts';

/** What differs from the revision before, by node; nothing where no node does. Pure. */
export function changesText({ nodes = {}, reasons = [] }: RecipeTypeJudgement['diff']): string {
  const rows = Object.entries(nodes)
    .filter(([, { status }]) => status !== 'UNCHANGED')
    .map(([name, { status, changes }]) => [
      name,
      status.toLowerCase(),
      changes.map(({ description }) => description).join('; '),
    ]);
  const why = reasons.map(({ description }) => `cannot be re-processed: ${description}\n`).join('');
  return rows.length === 0 ? why : `${table([['NODE', 'IS', 'WHAT CHANGED'], ...rows])}${why}`;
}
