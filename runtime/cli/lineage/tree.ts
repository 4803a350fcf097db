import colors from 'picocolors';
import type { Lineage, LineageFile } from '../../catalog/index.ts';
import { bytes } from '../format.ts';
import { shownName } from '../run/summary.ts';

/** A part of the tree: a job, and what lies behind it. */
interface Branch {
  /** null: it is not known here. */
  readonly jobId: number | null;
  readonly fileIds: number[];
}

/** A lineage as two trees, for people: back to where the file comes from, and forth to what came of it. Pure. */
export function asTree(lineage: Lineage, id: number): string {
  const files = new Map(lineage.files.map((file) => [file.id, file]));
  const made = new Map(lineage.jobs.map((job) => [job.id, job]));
  const jobWords = (jobId: number | null) => {
    if (jobId === null) return colors.cyan('a job that was not taken over');
    const job = made.get(jobId);
    const type = job ? `${job.job_type.name} ${job.job_type.version}, ` : '';
    const recipe = job?.recipe ? `, node ${job.recipe_node} of recipe ${job.recipe.id}` : '';
    return colors.cyan(`${type}job ${jobId}${recipe}`);
  };
  const lines = [colors.bold(words(files.get(id)!))];
  const walk = (title: string, branchesOf: (fileId: number) => readonly Branch[]) => {
    const seen = new Set([id]);
    const below = (fileId: number, indent: string): void => {
      const branches = branchesOf(fileId);
      branches.forEach(({ jobId, fileIds }, at) => {
        const isLast = at === branches.length - 1;
        lines.push(`${indent}${isLast ? '└─' : '├─'} ${title} ${jobWords(jobId)}`);
        const inner = `${indent}${isLast ? '   ' : '│  '}`;
        fileIds.forEach((next, index) => {
          const last = index === fileIds.length - 1;
          const again = seen.has(next) && branchesOf(next).length > 0;
          lines.push(`${inner}${last ? '└─' : '├─'} ${words(files.get(next)!)}${again ? ', see above' : ''}`);
          if (seen.has(next)) return;
          seen.add(next);
          below(next, `${inner}${last ? '   ' : '│  '}`);
        });
      });
    };
    below(id, '');
  };
  const up = grouped(lineage, 'descendant_id', 'ancestor_id');
  const down = grouped(lineage, 'ancestor_id', 'descendant_id');
  walk('made by', (fileId) => up.get(fileId) ?? []);
  if (lineage.cut.ancestors) lines.push('There are more ancestors: see --depth and --limit.');
  walk('given to', (fileId) => down.get(fileId) ?? []);
  if (lineage.cut.descendants) lines.push('There are more descendants: see --depth and --limit.');
  if (lines.length === 1) lines.push('No job made it, and none was given it.');
  return `${lines.join('\n')}\n`;
}

function words({ id, file_name, file_type, file_size, is_superseded, is_deleted }: LineageFile): string {
  const facts = [`file ${id}`, file_type, bytes(file_size)];
  if (is_superseded) facts.push('superseded');
  if (is_deleted) facts.push('deleted');
  return `${shownName(file_name)}  (${facts.join(', ')})`;
}

type End = 'ancestor_id' | 'descendant_id';

/** By file and job, in the order of the links; only what leads away from the file in question. */
function grouped({ files, links }: Lineage, from: End, to: End): Map<number, Branch[]> {
  const distances = new Map(files.map(({ id, distance }) => [id, distance]));
  const isAway = (distance: number) => (from === 'descendant_id' ? distance <= 0 : distance >= 0);
  const branches = new Map<number, Branch[]>();
  for (const link of links) {
    const ends = [distances.get(link[from]), distances.get(link[to])];
    if (!ends.every((distance) => distance !== undefined && isAway(distance))) continue;
    const of = branches.get(link[from]) ?? [];
    const branch = of.find(({ jobId }) => jobId === link.job_id);
    if (branch) branch.fileIds.push(link[to]);
    else of.push({ jobId: link.job_id, fileIds: [link[to]] });
    branches.set(link[from], of);
  }
  return branches;
}
