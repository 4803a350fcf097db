import path from 'node:path';
import colors from 'picocolors';
import type { RecipeResultDocument, RecipeResultNode } from '../../../seed-schema/index.ts';
import { bytes, duration } from '../format.ts';
import { safe } from '../progress/job-lines.ts';
import { shownName } from '../run/summary.ts';
import { table } from '../table.ts';

const productsShown = 20;
const problemsShown = 20;
const reusedShown = 10;

/** The end of a recipe for people: its products by node; where it could not complete, which nodes did not and why. Pure. */
export function recipeSummary(document: RecipeResultDocument, label: string): string {
  const took = duration(Date.parse(document.ended) - Date.parse(document.started));
  const lines: string[] = [''];
  if (document.status === 'completed')
    lines.push(`${colors.green('✔')} ${colors.bold(label)} completed in ${took}`);
  lines.push(...reusedLines(document.nodes));
  const products = document.nodes.flatMap(productLines);
  lines.push(...products.slice(0, productsShown));
  if (products.length > productsShown) lines.push(`  and ${products.length - productsShown} more`);
  for (const { name, description } of document.warnings)
    lines.push(`${colors.yellow('warning')} ${name}: ${safe(description)}`);
  if (document.output_directory !== null) lines.push('', `outputs  ${document.output_directory}`);
  const problems = document.nodes.filter(isProblem);
  if (document.status !== 'completed' && problems.length > 0)
    lines.push('', problemTable(problems).trimEnd());
  if (document.error) {
    const { code, name, message } = document.error;
    const words = safe(message.replace(/\s*\n\s*/g, ' '));
    lines.push('', `${colors.red('✘')} ${colors.bold(label)} ${document.status} (${code} ${name}): ${words}`);
  }
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

/** Which nodes took what had been made before, in place of a container. */
function reusedLines(nodes: readonly RecipeResultNode[]): string[] {
  const reused = nodes.filter((node) => node.reused !== undefined);
  if (reused.length === 0) return [];
  const more = reused.length - reusedShown;
  const shown = reused.slice(0, reusedShown).map(({ node }) => safe(node));
  const ended = nodes.filter(
    ({ node_type: kind, job, ended }) => kind === 'job' && job !== null && ended !== null,
  );
  return [
    `  reused: ${reused.length} of ${ended.length} jobs (${[...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ')})`,
  ];
}

function productLines({ node, directory, outputs }: RecipeResultNode): string[] {
  return Object.values(outputs.files)
    .flat()
    .map((file) => {
      const inside = directory === null ? file.file_name : path.relative(directory, file.path);
      return `  ${colors.cyan(safe(node))}  ${safe(shownName(inside))}  ${bytes(file.file_size)}  ${file.media_type}`;
    });
}

/** What keeps a recipe from completing, and what waits for that. */
function isProblem({ state, node_type: kind, job, recipe }: RecipeResultNode): boolean {
  if (state === 'FAILED' || state === 'CANCELED') return kind === 'job' && (job !== null || recipe === null);
  return state === 'BLOCKED' || state === 'PENDING';
}

function problemTable(problems: readonly RecipeResultNode[]): string {
  const rows = problems.slice(0, problemsShown).map(({ node, state, error, reason }) => {
    const why = error
      ? `${error.name}: ${error.message}`
      : (reason ?? 'what comes before it did not complete');
    return [node, state, why];
  });
  const more = problems.length - rows.length;
  return table([['NODE', 'STATE', 'WHY'], ...rows]) + (more > 0 ? `and ${more} more\n` : '');
}

/** `parse (not-an-image), invert/3 (timeout)` */
export function problemWords(nodes: readonly RecipeResultNode[]): string {
  const stuck = nodes.filter(({ state, error }) => ['FAILED', 'CANCELED'].includes(state) && error);
  const shown = stuck.slice(0, 5).map(({ node, error }) => `${node} (${error!.name})`);
  const more = stuck.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ') || 'nothing of it goes on';
}
