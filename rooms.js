/**
 * The rooms of `runtime/` from the ground up, and the rooms that each may import.
 * `errors`, `config`, `logging` and `signals` are open to all. ESLint holds every import to this table.
 */
const ground = ['errors', 'config', 'logging', 'signals'];

/** room → what it may import besides the ground and itself. */
export const rooms = {
  errors: [],
  config: [],
  logging: [],
  signals: [],
  database: ['migrations'],
  manifest: ['seed-schema'],
  engine: [],
  workspace: [],
  catalog: ['seed-schema', 'database', 'workspace', 'secrets'],
  jobs: ['seed-schema', 'database', 'manifest', 'catalog'],
  execution: ['manifest', 'engine', 'workspace', 'catalog', 'seed-schema'],
  recipe: ['seed-schema'],
  recipes: ['seed-schema', 'database', 'manifest', 'catalog', 'jobs', 'execution', 'recipe', 'secrets'],
  ingest: ['seed-schema', 'database', 'workspace', 'catalog', 'jobs', 'recipe', 'recipes'],
  completion: ['jobs', 'catalog', 'recipes', 'execution', 'database', 'workspace'],
  logs: ['database'],
  secrets: ['database'],
  auth: ['database'],
  registry: ['database'],
  scheduler: [
    'seed-schema',
    'database',
    'manifest',
    'engine',
    'workspace',
    'catalog',
    'jobs',
    'execution',
    'recipe',
    'recipes',
    'ingest',
    'completion',
    'logs',
    'secrets',
    'registry',
  ],
  metrics: ['database', 'jobs', 'scheduler'],
  tracing: ['scheduler'],
  webhooks: ['database', 'jobs', 'secrets'],
  api: [
    'seed-schema',
    'database',
    'manifest',
    'engine',
    'workspace',
    'catalog',
    'jobs',
    'execution',
    'recipe',
    'recipes',
    'ingest',
    'logs',
    'secrets',
    'auth',
    'scheduler',
    'metrics',
    'tracing',
    'webhooks',
  ],
  client: ['seed-schema'],
  cli: [
    'seed-schema',
    'database',
    'manifest',
    'engine',
    'workspace',
    'catalog',
    'jobs',
    'execution',
    'recipe',
    'recipes',
    'ingest',
    'completion',
    'logs',
    'secrets',
    'registry',
    'auth',
    'scheduler',
    'metrics',
    'tracing',
    'webhooks',
    'api',
    'client',
  ],
};

/** Folders outside `runtime/` that rooms may name in the table above. */
export const outside = ['seed-schema', 'migrations'];

/** Every folder that `room` may import from, itself included. */
export function allowedImports(room) {
  return new Set([room, ...ground, ...rooms[room]]);
}
