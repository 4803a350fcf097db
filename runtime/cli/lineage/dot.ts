import type { Lineage } from '../../catalog/index.ts';

/** A lineage in the language of Graphviz: files are rounded, jobs are boxes between them. Pure. */
export function asDot({ files, links, jobs }: Lineage): string {
  const inputs = new Set(links.map(({ ancestor_id, job_id }) => `  file_${ancestor_id} -> job_${job_id};`));
  const outputs = new Set(
    links.map(({ descendant_id, job_id }) => `  job_${job_id} -> file_${descendant_id};`),
  );
  return [
    'digraph lineage {',
    '  rankdir=LR;',
    '  node [fontname="sans-serif"];',
    ...files.map(
      ({ id, file_name, distance }) =>
        `  file_${id} [label=${quoted(file_name, `file ${id}`)}, shape=box, style="rounded${distance === 0 ? ',bold' : ''}"];`,
    ),
    ...jobs.map(
      ({ id, job_type }) =>
        `  job_${id} [label=${quoted(`${job_type.name} ${job_type.version}`, `job ${id}`)}, shape=box, style=filled, fillcolor=lightgrey];`,
    ),
    ...inputs,
    ...outputs,
    '}',
    '',
  ].join('\n');
}

/** Lines as one label. */
function quoted(...lines: string[]): string {
  const escaped = lines.map((line) => line.replace(/[\p{C}]/gu, ' ').replace(/["\\]/g, '\\$&'));
  return `"${escaped.join('\\n')}"`;
}
