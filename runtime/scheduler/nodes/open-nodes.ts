import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../../config/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import type { Engine } from '../../engine/index.ts';
import { toSeedbedError } from '../../errors/index.ts';
import { registerAbsentNode } from '../../jobs/index.ts';
import type { Logger } from '../../logging/index.ts';
import type { DrivenNode } from './driven-node.ts';
import { openNode } from './open-node.ts';

/** An engine to be driven, and the name that its node has. */
export interface NamedEngine {
  readonly name: string;
  /** One that answers, or the way to one that need not answer yet; it is tried until it does. */
  readonly engine: Engine | (() => Promise<Engine>);
}

export interface OpeningOptions {
  readonly db: LastingDatabase;
  readonly config: Config;
  readonly logger: Logger;
  readonly engines: readonly NamedEngine[];
  /** An image has become ready on one of them. */
  readonly wake: () => void;
  /** A node is there to be driven. */
  readonly onNode: (node: DrivenNode) => Promise<void>;
  /** Aborted when nothing more is to be opened. */
  readonly signal: AbortSignal;
}

/** Milliseconds until an engine that did not answer is tried again. */
const patienceMs = 5000;
/** Milliseconds that are waited for a first node: a network may swallow what is sent to an engine. */
const firstMs = 3000;

/**
 * Makes the nodes of engines known. One that does not answer keeps none of the others from working: its node is OFFLINE,
 * with the reason, until it does.
 * @returns when a first node is there, or every engine has been tried, or that takes long
 * @throws engine-unreachable when one that should answer does not
 */
export async function openNodes(options: OpeningOptions): Promise<void> {
  const { db, config, engines, wake, onNode } = options;
  const late: Promise<boolean>[] = [];
  for (const { name, engine } of engines)
    if (typeof engine === 'function') late.push(openLate(options, name, engine));
    else await onNode(await openNode(db, name, engine, config, wake));
  if (late.length === engines.length)
    await Promise.race([anyTrue(late), delay(firstMs, undefined, { signal: options.signal })]);
}

/** Tries until a node is there. @returns whether the first try made one */
function openLate(options: OpeningOptions, name: string, open: () => Promise<Engine>): Promise<boolean> {
  const { signal } = options;
  let known = '';
  const attempt = async () => {
    try {
      const engine = await open();
      if (signal.aborted) return false;
      await options.onNode(await openNode(options.db, name, engine, options.config, options.wake));
      return true;
    } catch (thrown) {
      if (!signal.aborted) known = await report(options, name, thrown, known);
      return false;
    }
  };
  const first = attempt();
  void first.then(async (there) => {
    while (!there && !signal.aborted) {
      await delay(patienceMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) there = await attempt();
    }
  });
  return first;
}

/** Says why there is no such node, once for each reason. @returns the reason */
async function report(
  { db, logger }: OpeningOptions,
  name: string,
  thrown: unknown,
  known: string,
): Promise<string> {
  const { sentence, parameters } = toSeedbedError(thrown);
  const where = 'where' in parameters ? String(parameters.where) : '';
  const problem = {
    name: 'BAD_DAEMON',
    title: 'The engine does not answer',
    description: sentence,
    warning: false,
  };
  try {
    await registerAbsentNode(db, { name, hostname: hostname(), engine: where, problem });
    if (sentence !== known) logger.warn({ node: name, problem: problem.name }, sentence);
    return sentence;
  } catch (err) {
    logger.warn({ err, node: name }, 'a node whose engine does not answer could not be reported');
    return known;
  }
}

/** Resolves at the first `true`, or when all are `false`. */
async function anyTrue(all: readonly Promise<boolean>[]): Promise<void> {
  await Promise.any(all.map(async (one) => ((await one) ? undefined : Promise.reject(new Error())))).catch(
    () => undefined,
  );
}
