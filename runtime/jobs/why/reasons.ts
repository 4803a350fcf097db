import { parentWords, type WaitParent } from './parents.ts';
import type { JobStatus } from '../state.ts';
import type { Resources } from '../resources.ts';
import { inWords, left, shortages } from './shortage.ts';

/** Why a job waits, for machines (`name` and the other members) and for people (`title`, `description`). */
export interface WaitReason {
  readonly name: WaitReasonName;
  readonly title: string;
  /** One sentence: what it waits for, and what to do where something can be done. */
  readonly description: string;
  readonly [detail: string]: unknown;
}

/** Every reason, with its title. `docs/scheduler.md` explains each. */
export const waitReasons = {
  'missing-configuration': 'Its job type lacks a setting or a mount',
  'parent-not-done': 'What it depends on is not done',
  'parent-failed': 'What it depends on has failed or was canceled',
  'scheduler-paused': 'The scheduler is paused',
  'job-type-paused': 'Its job type is paused',
  'job-type-inactive': 'Its job type is not active any more',
  'same-work': 'Another job does the same work',
  'retry-later': 'It is tried again after a pause',
  'limit-reached': 'As many jobs of its type run as may',
  'no-runtime': 'No service is at work',
  'node-paused': 'A node is paused',
  'node-offline': 'A node does not answer',
  'image-pulling': 'Its image is being fetched',
  'image-failed': 'Its image cannot be fetched',
  'resources-lacking': 'No node has that much',
  'resources-short': 'Not enough is free',
  'slots-taken': 'A node runs as many jobs as it may',
  'behind-others': 'Other jobs come first',
  canceling: 'It is being stopped',
  'runtime-lost': 'The service that ran it is gone',
} as const;

export type WaitReasonName = keyof typeof waitReasons;

/** What the database knows that can keep a job waiting. */
export interface WaitFacts {
  readonly status: JobStatus;
  readonly resources: Resources;
  /** UTC text. */
  readonly notBefore: string | null;
  readonly error: { readonly name?: string; readonly message?: string } | null;
  /** The execution of the same identity that it waits for. */
  readonly awaited?: { readonly jobExeId: number; readonly jobId: number | null } | null;
  /** Whether nodes before it in its recipe must complete first. */
  readonly awaitsInput: boolean;
  /** The nodes that it waits for, or that block it. */
  readonly parents: readonly WaitParent[];
  readonly canceling: boolean;
  readonly schedulerPaused: boolean;
  readonly type: {
    readonly name: string;
    readonly version: string;
    readonly paused: boolean;
    readonly active: boolean;
    readonly maxScheduled: number | null;
    readonly running: number;
  };
  readonly image: string;
  /** Settings and mounts that nobody has given. */
  readonly missing: readonly { readonly kind: string; readonly name: string }[];
  /** Jobs of the same queue that come first, counted up to a limit. */
  readonly ahead: number;
  readonly nodes: readonly WaitNode[];
  /** Of a job that runs: whether its runtime shows signs of life. */
  readonly runtimeLives: boolean | null;
  /** Of a job that runs: its node, where that one's engine does not answer. */
  readonly lostEngine?: { readonly node: string; readonly problem: string } | null;
}

/** A node as a waiting job sees it. */
export interface WaitNode {
  readonly name: string;
  readonly paused: boolean;
  /** Whether its engine answers and a living runtime drives it. */
  readonly online: boolean;
  readonly problems: readonly { readonly title: string; readonly description: string }[];
  readonly capacity: Resources;
  readonly promised: Resources;
  readonly freeSlots: number;
  readonly image: {
    readonly state: string;
    readonly since: string;
    readonly error: { message?: string } | null;
  } | null;
}

/**
 * Everything that a job waits for, the most decisive first; nothing for one that has ended or that runs well. Pure: it is
 * computed when somebody asks, and never stored.
 */
export function reasonsToWait(facts: WaitFacts): WaitReason[] {
  switch (facts.status) {
    case 'PENDING':
      return pending(facts);
    case 'BLOCKED':
      return blocked(facts);
    case 'QUEUED':
      return queued(facts);
    case 'RUNNING':
      return running(facts);
    default:
      return [];
  }
}

function blocked({ parents }: WaitFacts): WaitReason[] {
  if (parents.length === 0)
    return [
      reason('parent-failed', 'A job before it in its recipe failed or was canceled; requeue that one'),
    ];
  return parents.map((parent) => {
    const what = parent.jobId === null ? 'the jobs of it that failed' : `job ${parent.jobId}`;
    return reason('parent-failed', `The ${parentWords(parent)} cannot go on; requeue ${what}`, about(parent));
  });
}

function about({ node, state, jobId, recipeId }: WaitParent): Record<string, unknown> {
  return { recipe_node: node, state, job_id: jobId, recipe_id: recipeId };
}

function pending({ missing, type, awaitsInput, parents }: WaitFacts): WaitReason[] {
  const reasons = missing.map(({ kind, name }) =>
    reason(
      'missing-configuration',
      `The ${kind} ${name} has no value; give it in the configuration of the job type ${type.name} ${type.version}`,
      { kind, [kind]: name },
    ),
  );
  if (awaitsInput)
    reasons.push(
      ...parents.map((parent) =>
        reason('parent-not-done', `It waits for ${parentWords(parent)}`, about(parent)),
      ),
    );
  if (reasons.length > 0) return reasons;
  if (awaitsInput) return [reason('parent-not-done', 'A job before it in its recipe has not completed yet')];
  return [
    reason('missing-configuration', 'Its configuration is complete now; it is queued with the next change'),
  ];
}

function running({ canceling, runtimeLives, lostEngine }: WaitFacts): WaitReason[] {
  if (runtimeLives === false)
    return [
      reason(
        'runtime-lost',
        'The service that ran it shows no sign of life; another one that drives the same node takes it over',
      ),
    ];
  const reasons = canceling ? [reason('canceling', 'It was told to stop, and has not ended yet')] : [];
  if (lostEngine)
    reasons.push(
      reason(
        'node-offline',
        `The node ${lostEngine.node}, where it runs, does not answer: ${lostEngine.problem}`,
        { node: lostEngine.node },
      ),
    );
  return reasons;
}

function queued(facts: WaitFacts): WaitReason[] {
  const { type, notBefore, error, awaited = null, schedulerPaused, nodes, ahead } = facts;
  const reasons: WaitReason[] = [];
  if (schedulerPaused)
    reasons.push(reason('scheduler-paused', 'Nothing is started until the scheduler is resumed'));
  if (!type.active)
    reasons.push(
      reason('job-type-inactive', `The job type ${type.name} ${type.version} is not active any more`),
    );
  if (type.paused)
    reasons.push(reason('job-type-paused', `The job type ${type.name} ${type.version} is paused; resume it`));
  if (awaited)
    reasons.push(
      reason(
        'same-work',
        `Job ${awaited.jobId ?? '(gone)'} does the same work; what it makes will be taken`,
        {
          job_id: awaited.jobId,
          job_exe_id: awaited.jobExeId,
        },
      ),
    );
  else if (notBefore !== null)
    reasons.push(
      reason(
        'retry-later',
        `It failed (${error?.message ?? error?.name ?? 'unknown'}) and is tried again at ${notBefore}`,
        {
          not_before: notBefore,
          error: error?.name ?? null,
        },
      ),
    );
  if (type.maxScheduled !== null && type.running >= type.maxScheduled)
    reasons.push(
      reason(
        'limit-reached',
        `${type.running} jobs of its type run, and ${type.maxScheduled} may (max_scheduled)`,
        {
          running: type.running,
          max_scheduled: type.maxScheduled,
        },
      ),
    );
  const online = nodes.filter((node) => node.online);
  if (online.length === 0 && !nodes.some(({ paused }) => paused))
    reasons.push(
      reason('no-runtime', 'No node is online; start a service with `seed serve`, or see `seed nodes`'),
    );
  const perNode = nodes.map((node) => onNode(facts, node));
  if (!perNode.some((found) => found === undefined))
    reasons.push(...inOrder(perNode.flatMap((found) => found ?? [])));
  else if (reasons.length === 0)
    reasons.push(
      reason('behind-others', `It is its turn soon; ${ahead} jobs of the queue come first`, { ahead }),
    );
  return reasons;
}

/** What keeps a job from one node; undefined: nothing does. */
function onNode({ resources, image }: WaitFacts, node: WaitNode): WaitReason | undefined {
  const at = { node: node.name };
  if (node.paused) return reason('node-paused', `The node ${node.name} is paused; resume it`, at);
  if (!node.online) {
    const [problem] = node.problems;
    const why = problem ? `: ${problem.description}` : '; no service drives it';
    return reason('node-offline', `The node ${node.name} takes no jobs${why}`, at);
  }
  const lacking = shortages(resources, node.capacity);
  if (lacking.length > 0)
    return reason('resources-lacking', `On ${node.name} ${inWords(lacking, 'are all there is')}`, {
      ...at,
      short: lacking,
    });
  if (node.image?.state === 'FAILED')
    return reason(
      'image-failed',
      `${node.name} could not fetch ${image}: ${node.image.error?.message ?? ''}`,
      {
        ...at,
        image,
        error: node.image.error,
      },
    );
  if (node.image?.state === 'PULLING')
    return reason('image-pulling', `${node.name} has been fetching ${image} since ${node.image.since}`, {
      ...at,
      image,
      since: node.image.since,
    });
  const short = shortages(resources, left(node.capacity, node.promised));
  if (short.length > 0)
    return reason('resources-short', `On ${node.name} ${inWords(short, 'are free')}`, { ...at, short });
  if (node.freeSlots === 0)
    return reason('slots-taken', `${node.name} runs as many jobs at once as it has slots (SEED_SLOTS)`, at);
  return undefined;
}

/** What will not pass by itself comes first. */
const decisive: readonly WaitReasonName[] = [
  'resources-lacking',
  'image-failed',
  'image-pulling',
  'resources-short',
  'slots-taken',
  'node-paused',
  'node-offline',
];

function inOrder(found: readonly WaitReason[]): WaitReason[] {
  return [...found].sort((a, b) => decisive.indexOf(a.name) - decisive.indexOf(b.name));
}

function reason(name: WaitReasonName, sentence: string, details: Record<string, unknown> = {}): WaitReason {
  const description = sentence.endsWith('.') ? sentence : `${sentence}.`;
  return { name, title: waitReasons[name], description, ...details };
}
