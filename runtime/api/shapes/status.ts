import type {
  JobTypeRow,
  NodeExecutions,
  NodeRow,
  SchedulerSettings,
  ServiceFacts,
} from '../../jobs/index.ts';
import { nodeStatus, resourceTotals } from './node.ts';

/** What `status/` is made of. */
export interface StatusParts {
  readonly settings: SchedulerSettings;
  readonly facts: ServiceFacts;
  readonly nodes: readonly NodeRow[];
  readonly executions: readonly NodeExecutions[];
  readonly types: readonly JobTypeRow[];
  /** Of the database, without a password. */
  readonly where: string;
  readonly installation: string;
}

/** Scale's `status/`. Of what there is no such thing here, it says so in words and is well. */
export function statusDocument(parts: StatusParts): Record<string, unknown> {
  const { settings, facts, nodes, executions, types, installation } = parts;
  const hostname = facts.hostname ?? nodes[0]?.hostname ?? null;
  const [started, ended] = [facts.started_per_sec, facts.ended_per_sec];
  return {
    timestamp: new Date().toISOString(),
    dependencies: dependenciesOf(parts),
    scheduler: {
      metrics: {
        task_updates_per_sec: started + ended,
        new_offers_per_sec: 0,
        jobs_finished_per_sec: ended,
        jobs_launched_per_sec: started,
        tasks_launched_per_sec: started,
        offers_launched_per_sec: 0,
        tasks_finished_per_sec: ended,
      },
      hostname,
      mesos: { framework_id: installation, master_hostname: hostname ?? '', master_port: 0 },
      state: schedulerState(settings.is_paused, nodes),
      warnings: [],
    },
    system: {
      database_update: { is_completed: true, completed: facts.migrated },
      services: [
        {
          name: 'runtime',
          title: 'Runtimes',
          description: 'Start jobs and take their results',
          actual_count: facts.runtimes,
          desired_count: facts.runtimes,
        },
      ],
    },
    vault: {
      status: 'Secrets Properly Configured',
      sealed: false,
      message: 'Secrets are kept in the database, encrypted.',
    },
    num_offers: 0,
    resources: resourceTotals(nodes),
    job_types: types.map(({ id, name, version, title, description, is_system, icon_code }) => ({
      id,
      name,
      version,
      title,
      description,
      is_system,
      icon_code,
    })),
    nodes: nodes.map((node) =>
      nodeStatus(
        node,
        executions.filter(({ node_id }) => node_id === node.id),
      ),
    ),
  };
}

function dependenciesOf({ settings, facts, nodes, where }: StatusParts): Record<string, unknown> {
  const offline = nodes.filter(({ state }) => state !== 'READY');
  const well = (msg: string, more: object = {}) => ({
    OK: true,
    detail: { msg, ...more },
    errors: [],
    warnings: [],
  });
  return {
    logs: well('Seedbed keeps the logs of jobs itself'),
    msg_queue: well('The queue is in the database', {
      num_message_handlers: settings.num_message_handlers,
      type: 'postgres',
      queue_name: 'job',
      queue_depth: facts.queued,
      region_name: '',
    }),
    database: well(`Connected to ${where}`),
    elasticsearch: well('Not needed: Seedbed keeps the logs of jobs itself'),
    idam: well('Not configured: Seedbed knows its users by tokens', { geoaxis_enabled: false, backends: [] }),
    silo: well('Not needed: job types are registered with the service'),
    nodes: {
      OK: offline.length === 0,
      detail: { msg: `${nodes.length - offline.length} of ${nodes.length} nodes are ready` },
      errors: offline.map(({ name }) => ({ NODES_OFFLINE: `node ${name} is offline` })),
      warnings: [],
    },
  };
}

function schedulerState(isPaused: boolean, nodes: readonly NodeRow[]): Record<string, string> {
  if (isPaused)
    return { name: 'PAUSED', title: 'Paused', description: 'Nothing new is started until it is resumed.' };
  if (!nodes.some(({ state }) => state === 'READY'))
    return { name: 'OFFLINE', title: 'Offline', description: 'No node is ready to run jobs.' };
  return { name: 'READY', title: 'Ready', description: 'Ready to run new jobs.' };
}
