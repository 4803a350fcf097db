/** First words of addresses → the resource that they are of. */
const tags: Readonly<Record<string, string>> = {
  'job-types': 'What can be run: a Seed image with its manifest and configuration.',
  jobs: 'What is to be run, runs or ran, and its executions.',
  queue: 'What waits, and how much at which time.',
  files: 'The catalogue of files: sources and products.',
  nodes: 'Machines that run jobs.',
  scheduler: 'How jobs are placed.',
  workspaces: 'Where files live.',
  retention: 'What is kept for how long, and what is removed.',
  metrics: 'Figures of the past, by day.',
  errors: 'What can go wrong.',
  access: 'Who may do what: tokens, users and projects.',
  webhooks: 'Who is told when jobs end.',
  events: 'Changes, as they happen.',
  diagnostics: 'Jobs that prove that everything works.',
  recipes: 'Jobs that depend on each other.',
  batches: 'Many recipes at once.',
  tasks: 'What is to be run once each, in a batch or by itself.',
  datasets: 'Groups of files.',
  ingests: 'How files come into the catalogue.',
  schedules: 'What is begun at set times.',
  system: 'The service itself.',
};

const others: Readonly<Record<string, string>> = {
  'job-type-names': 'job-types',
  'job-executions': 'jobs',
  load: 'queue',
  'retention-rules': 'retention',
  removals: 'retention',
  purges: 'retention',
  timeline: 'metrics',
  'recipe-types': 'recipes',
  strikes: 'ingests',
  scans: 'ingests',
  accounts: 'access',
  'api-token-auth': 'access',
  tokens: 'access',
  users: 'access',
  projects: 'access',
  audit: 'access',
  links: 'files',
};

/** The resource that an address is of. */
export function tagOf(path: string): string {
  const [word = ''] = path.split('/').filter(Boolean);
  return Object.hasOwn(tags, word) ? word : (others[word] ?? 'system');
}

/** Those of some operations, in the order in which they are read. */
export function tagsOf(used: ReadonlySet<string>): { name: string; description: string }[] {
  return Object.entries(tags)
    .filter(([name]) => used.has(name))
    .map(([name, description]) => ({ name, description }));
}
