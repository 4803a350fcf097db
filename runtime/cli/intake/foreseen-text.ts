import type { Answer } from '../../client/index.ts';
import { table } from '../table.ts';

const mostShown = 20;

type Foreseen = Answer<'GET /batches/{id}/foreseen'>;

/** What a batch would do: in a line, by the reasons of its nodes, and by its first recipes or jobs. Pure. */
export function foreseenText(name: string, { whole, runs }: Foreseen): string {
  const { members, run, reuse, depend, skip, unknown, refused } = whole;
  const others = [
    [depend, 'hang on those'],
    [skip, 'would be skipped'],
    [unknown, 'cannot be told yet'],
  ] as const;
  const more = others.flatMap(([count, words]) => (count > 0 ? [`, ${count} ${words}`] : [])).join('');
  const not = refused > 0 ? `; ${refused} would be refused` : '';
  const head = `batch ${name}, ${members}: ${run} jobs would run, ${reuse} would be reused${more}${not}\n`;
  const reasons = [
    ...whole.nodes.flatMap(({ name: node, reasons: all }) =>
      all.map(({ action, reason, count }) => [node, `${count}`, action.toLowerCase(), reason]),
    ),
    ...whole.refusals.map(({ reason, count }) => ['', `${count}`, 'refuse', reason]),
  ];
  const rows = runs
    .slice(0, mostShown)
    .map((one) => [
      `${one.position}`,
      actionOf(one),
      one.errors.map(({ description }) => description).join('; ') ||
        one.reason ||
        'None of its jobs is reached as things stand',
    ]);
  const rest = members > rows.length ? `... and ${members - rows.length} more\n` : '';
  return [
    head,
    ...(reasons.length > 0 ? [table([['NODE', 'JOBS', 'ACTION', 'REASON'], ...reasons])] : []),
    ...(rows.length > 0 ? [table([['OF', 'ACTION', 'REASON'], ...rows]), rest] : []),
  ].join('');
}

/** Of a recipe or job: `none` of one whose jobs are all skipped, or cannot be told of yet. */
function actionOf({ errors, run, reuse, depend, reason }: Foreseen['runs'][number]): string {
  if (errors.length > 0) return 'refuse';
  if (run + depend > 0) return 'run';
  if (reuse > 0) return 'reuse';
  return reason === '' ? 'none' : 'unknown';
}
