import { isObject } from '../../../seed-schema/index.ts';

/** The revisions that are meant where a file names none; undefined: not known. */
export interface Revisions {
  readonly job: (name: string, version: string) => number | undefined;
  readonly recipe: (name: string) => number | undefined;
}

/** A definition with the revisions that its author left out. What is no definition stays as it is. Pure. */
export function withRevisions(
  definition: Readonly<Record<string, unknown>>,
  revisions: Revisions,
): Record<string, unknown> {
  const { nodes } = definition;
  if (!isObject(nodes)) return { ...definition };
  const filled = Object.entries(nodes).map(([name, node]) => {
    if (!isObject(node) || !isObject(node.node_type)) return [name, node];
    return [name, { ...node, node_type: withRevision(node.node_type, revisions) }];
  });
  return { ...definition, nodes: Object.fromEntries(filled) as Record<string, unknown> };
}

function withRevision(type: Record<string, unknown>, revisions: Revisions): Record<string, unknown> {
  const { job_type_name: job, job_type_version: version, recipe_type_name: recipe } = type;
  if (type.node_type === 'job' && typeof job === 'string' && typeof version === 'string') {
    const revision = revisions.job(job, version);
    return revision === undefined ? type : { job_type_revision: revision, ...type };
  }
  if (type.node_type === 'recipe' && typeof recipe === 'string') {
    const revision = revisions.recipe(recipe);
    return revision === undefined ? type : { recipe_type_revision: revision, ...type };
  }
  return type;
}
