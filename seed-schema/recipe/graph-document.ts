const id = { type: 'integer', minimum: 1 } as const;
const count = { type: 'integer', minimum: 0 } as const;
const text = { type: 'string' } as const;
const revision = { type: 'integer', minimum: 1 } as const;
const time = { type: ['string', 'null'], format: 'date-time' } as const;

/** Where a node stands; of a job that is there, what its job is. */
export const graphStates = [
  'PENDING',
  'BLOCKED',
  'QUEUED',
  'RUNNING',
  'FAILED',
  'CANCELED',
  'COMPLETED',
  'SKIPPED',
] as const;
export type GraphState = (typeof graphStates)[number];

/** Of the jobs of a recipe and of all recipes inside it, by status; and of those recipes. Names as Scale's. */
export const recipeCounterNames = [
  'jobs_total',
  'jobs_pending',
  'jobs_blocked',
  'jobs_queued',
  'jobs_running',
  'jobs_failed',
  'jobs_completed',
  'jobs_canceled',
  'sub_recipes_total',
  'sub_recipes_completed',
] as const;
export type RecipeCounters = Readonly<Record<(typeof recipeCounterNames)[number], number>>;

const closed = <P extends object>(properties: P, more: object = {}) =>
  ({
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties),
    properties,
    ...more,
  }) as const;
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] }) as const;

const counters = closed(Object.fromEntries(recipeCounterNames.map((name) => [name, count])));
const states = closed(Object.fromEntries(graphStates.map((state) => [state, count])), {
  required: [],
  description: 'How many runs stand where; states of none are left out.',
});

const node = {
  ...closed({
    name: text,
    node_type: { type: 'string', enum: ['job', 'recipe', 'condition'] },
    job_type: orNull(
      closed({ name: text, version: text, revision_num: revision }, { description: 'What a job node runs.' }),
    ),
    recipe_type: orNull(
      closed({ name: text, revision_num: revision }, { description: 'What a recipe node runs.' }),
    ),
    state: { type: 'string', enum: graphStates },
    job_id: { type: ['integer', 'null'], description: 'Its job, where it has one.' },
    recipe_id: { type: ['integer', 'null'], description: 'Its sub-recipe, where it has one.' },
    dependencies: {
      type: 'array',
      items: closed({
        name: text,
        acceptance: { type: 'boolean', description: 'Of a condition: which verdict is needed.' },
      }),
    },
    started: time,
    ended: time,
    duration: {
      type: ['number', 'null'],
      minimum: 0,
      description: 'Seconds from start to end, or until now.',
    },
    accepted: { type: ['boolean', 'null'], description: 'The verdict of a condition.' },
    reason: { type: ['string', 'null'], description: 'Why it was skipped, or cannot go on.' },
    is_original: {
      type: 'boolean',
      description: 'false: taken over from the recipe that this one supersedes.',
    },
    jobs_reused: {
      ...count,
      description: 'How many of its jobs have what earlier executions made, in place of a container.',
    },
    items: orNull(
      closed(
        {
          total: { type: ['integer', 'null'], minimum: 0, description: 'null: not known yet.' },
          states,
          concurrency: { type: ['integer', 'null'], minimum: 1, description: 'Runs at once; null: all.' },
        },
        { description: 'The runs of a node with forEach; null for any other.' },
      ),
    ),
    counters: orNull({ ...counters, description: 'Of all its sub-recipes; null for any other node.' }),
  }),
};

/** What `GET recipes/{id}/graph/` answers. */
export const recipeGraphSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:recipe-graph',
  title: 'Graph of a recipe',
  description: 'The nodes of a recipe in the order of their definition, and where each stands.',
  ...closed({
    id,
    recipe_type: closed({ id, name: text, title: { type: ['string', 'null'] }, revision_num: revision }),
    is_completed: { type: 'boolean' },
    created: { type: 'string', format: 'date-time' },
    completed: time,
    counters,
    nodes: {
      type: 'array',
      items: {
        ...node,
        properties: {
          ...node.properties,
          graph: { type: 'object', description: 'With `expand`: the same, of its sub-recipe.' },
        },
      },
    },
  }),
} as const;

export interface RecipeGraphDocument {
  readonly id: number;
  readonly recipe_type: {
    readonly id: number;
    readonly name: string;
    readonly title: string | null;
    readonly revision_num: number;
  };
  readonly is_completed: boolean;
  /** Times are ISO 8601 in UTC. */
  readonly created: string;
  readonly completed: string | null;
  readonly counters: RecipeCounters;
  readonly nodes: readonly RecipeGraphNode[];
}

export interface RecipeGraphNode {
  readonly name: string;
  readonly node_type: 'job' | 'recipe' | 'condition';
  readonly job_type: {
    readonly name: string;
    readonly version: string;
    readonly revision_num: number;
  } | null;
  readonly recipe_type: { readonly name: string; readonly revision_num: number } | null;
  readonly state: GraphState;
  readonly job_id: number | null;
  readonly recipe_id: number | null;
  readonly dependencies: readonly { readonly name: string; readonly acceptance: boolean }[];
  readonly started: string | null;
  readonly ended: string | null;
  /** Seconds. */
  readonly duration: number | null;
  readonly accepted: boolean | null;
  readonly reason: string | null;
  readonly is_original: boolean;
  readonly jobs_reused: number;
  /** Of a node with forEach. */
  readonly items: {
    readonly total: number | null;
    readonly states: Readonly<Partial<Record<GraphState, number>>>;
    readonly concurrency: number | null;
  } | null;
  readonly counters: RecipeCounters | null;
  readonly graph?: RecipeGraphDocument;
}
