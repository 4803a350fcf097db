import type { Lineage } from '../../catalog/index.ts';

/** A lineage in the language of Graphviz: files are rounded, jobs are boxes between them where they are known. Pure. */
export function asDot({ files, links, jobs }: Lineage): string {
  const known = links.filter(({ job_id }) => job_id !== null);
  const inputs = new Set(known.map(({ ancestor_id, job_id }) => `  file_${ancestor_id} -> job_${job_id};`));
  const outputs = new Set(
    known.map(({ descendant_id, job_id }) => `  job_${job_id} -> file_${descendant_id};`),
  );
  const direct = links
    .filter(({ job_id }) => job_id === null)
    .map(({ ancestor_id, descendant_id }) => `  file_${ancestor_id} -> file_${descendant_id};`);
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
    ...direct,
    '}',
    '',
  ].join('\n');
}

/** Lines as one label. */
function quoted(...lines: string[]): string {
  const escaped = lines.map((line) => line.replace(/[\p{C}]/gu, ' ').replace(/["\\]/g, '\\$&'));
  return `"${escaped.join('\\n')}"`;
}
