import type { DefinedNode, RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { loadManifest, type Manifest } from '../../manifest/index.ts';
import { graphOf, jobInterface, type NodeInterface, outerInterface } from '../../recipe/index.ts';
import { declaredOutputs, eagerNodes, type JobPlan, type Plan } from './plan.ts';

/** Revisions that are remembered. */
const mostPlans = 200;

/** Reads revisions of recipe types, with all that they name. They never change, so that the latest are remembered. */
export class Plans {
  readonly #plans = new Map<number, Plan>();

  /** @param revisionId `recipe_type_revision.id` @throws internal-error when a definition names what is not there */
  async of(db: Queries, revisionId: number): Promise<Plan> {
    const known = this.#plans.get(revisionId);
    if (known) {
      this.#plans.delete(revisionId);
      this.#plans.set(revisionId, known);
      return known;
    }
    const plan = await this.#read(db, revisionId);
    this.#plans.set(revisionId, plan);
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > mostPlans) this.#plans.delete(oldest!);
    return plan;
  }

  async #read(db: Queries, revisionId: number): Promise<Plan> {
    const [row] = await db.query<{ type: number; definition: RecipeDefinition }>(
      'select recipe_type_id as type, definition from recipe_type_revision where id = $1',
      [revisionId],
    );
    if (!row)
      throw new SeedbedError('internal-error', { reason: `no revision ${revisionId} of a recipe type` });
    const { definition } = row;
    const jobs = await jobPlans(db, definition);
    const recipes = new Map<string, Plan>();
    for (const [name, id] of await subRevisions(db, definition)) recipes.set(name, await this.of(db, id));
    const graph = graphOf(definition, (name) =>
      outerInterface(definition.nodes[name]!, ownInterface(name, definition.nodes[name]!, jobs, recipes)),
    );
    return {
      recipeTypeId: row.type,
      revisionId,
      definition,
      graph,
      interface: { input: definition.input, output: declaredOutputs(definition, graph) },
      jobs,
      recipes,
      eager: eagerNodes(graph),
    };
  }
}

function ownInterface(
  name: string,
  { node_type }: DefinedNode,
  jobs: ReadonlyMap<string, JobPlan>,
  recipes: ReadonlyMap<string, Plan>,
): NodeInterface {
  if (node_type.node_type === 'condition') return { input: node_type.interface, output: node_type.interface };
  const known =
    node_type.node_type === 'job'
      ? jobs.has(name) && jobInterface(jobs.get(name)!.manifest.job.interface)
      : recipes.get(name)?.interface;
  if (!known) throw new SeedbedError('internal-error', { reason: `what node ${name} runs is not there` });
  return known;
}

async function jobPlans(db: Queries, { nodes }: RecipeDefinition): Promise<Map<string, JobPlan>> {
  const wanted = Object.entries(nodes).flatMap(([node, { node_type: type }]) =>
    type.node_type === 'job'
      ? [{ node, name: type.job_type_name, version: type.job_type_version, revision: type.job_type_revision }]
      : [],
  );
  const rows = await db.query<{ node: string; type: number; revision: number; manifest: unknown }>(
    `select w.node, t.id as type, r.id as revision, r.manifest
     from jsonb_to_recordset($1::jsonb) as w (node text, name text, version text, revision integer)
     join job_type t on t.project_id = 1 and t.name = w.name and t.version = w.version
     join job_type_revision r on r.job_type_id = t.id and r.revision_num = w.revision`,
    [JSON.stringify(wanted)],
  );
  const manifests = new Map<number, Manifest>();
  return new Map(
    rows.map(({ node, type, revision, manifest: document }) => {
      const manifest =
        manifests.get(revision) ?? loadManifest(JSON.stringify(document), `node ${node}`).manifest;
      manifests.set(revision, manifest);
      return [node, { jobTypeId: type, revisionId: revision, manifest }];
    }),
  );
}

/** @returns `recipe_type_revision.id` by name of node */
async function subRevisions(db: Queries, { nodes }: RecipeDefinition): Promise<Map<string, number>> {
  const wanted = Object.entries(nodes).flatMap(([node, { node_type: type }]) =>
    type.node_type === 'recipe'
      ? [{ node, name: type.recipe_type_name, revision: type.recipe_type_revision }]
      : [],
  );
  if (wanted.length === 0) return new Map();
  const rows = await db.query<{ node: string; id: number }>(
    `select w.node, r.id from jsonb_to_recordset($1::jsonb) as w (node text, name text, revision integer)
     join recipe_type t on t.project_id = 1 and t.name = w.name
     join recipe_type_revision r on r.recipe_type_id = t.id and r.revision_num = w.revision`,
    [JSON.stringify(wanted)],
  );
  return new Map(rows.map(({ node, id }) => [node, id]));
}
