import type { DataInterface, DefinedNode, RecipeDefinition } from '../../seed-schema/index.ts';
import type { Database } from '../../runtime/database/index.ts';
import { registerJobType } from '../../runtime/jobs/index.ts';
import { manifestDocument, testManifest } from './manifest.ts';

/** A job type or recipe type with its first revision. */
export interface TestType {
  readonly id: number;
  readonly revision: number;
  readonly name: string;
}

type Row = Readonly<Record<string, unknown>>;

/** Recipes as rows that nobody carries out, for tests of what is read of them. */
export class TestRecipes {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async jobType(name: string): Promise<TestType> {
    const document = manifestDocument({ name });
    const type = await registerJobType(this.#db, testManifest({ name }), document, `${name}:1`, 'jane');
    return { id: type.jobTypeId, revision: type.revisionId, name };
  }

  async recipeType(
    name: string,
    nodes: Readonly<Record<string, DefinedNode>>,
    more: Row = {},
    input: DataInterface = { files: [], json: [] },
  ): Promise<TestType> {
    const definition: RecipeDefinition = {
      version: '7',
      input,
      output: {},
      nodes,
    };
    const id = await this.insert('recipe_type', { name, definition, ...more });
    const revision = await this.insert('recipe_type_revision', {
      recipe_type_id: id,
      revision_num: 1,
      definition,
    });
    return { id, revision, name };
  }

  /** @param more columns; `recipe_id` and `root_recipe_id` of a part of another */
  async recipe({ id, revision }: TestType, more: Row = {}): Promise<number> {
    const [row] = await this.#db.query<{ id: number }>(`select nextval('recipe_id_seq') as id`);
    return this.insert('recipe', {
      id: row!.id,
      recipe_type_id: id,
      recipe_type_revision_id: revision,
      root_recipe_id: row!.id,
      input: { version: '7', files: {}, json: {} },
      nodes_left: 1,
      ...more,
    });
  }

  /** A node or, with `item`, a run of one. */
  node(
    recipe: number,
    name: string,
    kind: 'job' | 'recipe' | 'condition',
    state: string,
    more: Row = {},
  ): Promise<number> {
    return this.insert('recipe_node', { recipe_id: recipe, name, kind, state, ...more });
  }

  async job(
    { id, revision }: TestType,
    recipe: number,
    node: string,
    status: string,
    more: Row = {},
  ): Promise<number> {
    return this.insert('job', {
      job_type_id: id,
      job_type_revision_id: revision,
      recipe_id: recipe,
      root_recipe_id: recipe,
      recipe_node: node,
      status,
      timeout: 60,
      input: { version: '7', files: {}, json: {} },
      ...more,
    });
  }

  /** @returns its id */
  async insert(table: string, columns: Row): Promise<number> {
    const names = Object.keys(columns);
    const values = Object.values(columns).map((value) =>
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    );
    const places = names.map((_, at) => `$${at + 1}`);
    const [row] = await this.#db.query<{ id: number }>(
      `insert into ${table} (${names.join(', ')}) overriding system value values (${places.join(', ')}) returning id`,
      values,
    );
    return row!.id;
  }
}

/** A node of a definition that runs a job. */
export function jobNode(
  type: TestType,
  parents: readonly string[] = [],
  more: Partial<DefinedNode> = {},
): DefinedNode {
  return {
    dependencies: parents.map((name) => ({ name, acceptance: true })),
    input: {},
    node_type: {
      node_type: 'job',
      job_type_name: type.name,
      job_type_version: '1.0.0',
      job_type_revision: 1,
    },
    ...more,
  };
}

/** A node of a definition that runs a recipe. */
export function recipeNode(
  type: TestType,
  parents: readonly string[] = [],
  more: Partial<DefinedNode> = {},
): DefinedNode {
  const node_type = { node_type: 'recipe', recipe_type_name: type.name, recipe_type_revision: 1 } as const;
  return jobNode(type, parents, { node_type, ...more });
}

/** A node of a definition that decides. */
export function conditionNode(parents: readonly string[] = []): DefinedNode {
  const node_type = {
    node_type: 'condition',
    interface: { files: [], json: [] },
    data_filter: { filters: [], all: true },
  } as const;
  return jobNode({ id: 0, revision: 0, name: '' }, parents, { node_type });
}
