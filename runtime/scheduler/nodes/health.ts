import { existsSync } from 'node:fs';
import type { Config } from '../../config/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import type { Engine } from '../../engine/index.ts';
import { toSeedbedError } from '../../errors/index.ts';
import { forgetImage, type NodeProblem, reportNode, unusedImages } from '../../jobs/index.ts';
import type { Logger } from '../../logging/index.ts';
import type { DrivenNode } from './driven-node.ts';
import { freeMiB } from './open-node.ts';
import { refreshDisk } from './refresh-disk.ts';

/** MiB below which an engine's disk takes no more jobs, as on Scale. */
const leastDiskMiB = 1024;

/**
 * Looks at the engine of a node, and says so where something changed: an engine that does not answer or whose disk is
 * full is offered no jobs until it is well again.
 */
export async function checkHealth(
  db: LastingDatabase,
  node: DrivenNode,
  config: Config,
  logger: Logger,
  known: ReadonlyMap<number, string>,
): Promise<string> {
  const problems = await problemsOf(db, node, config);
  const was = node.isReady;
  node.isReady = !problems.some(({ warning }) => !warning);
  const text = JSON.stringify(problems);
  if (known.get(node.id) === text && was === node.isReady) return text;
  await reportNode(db, node.id, problems);
  for (const { name, description } of problems) logger.warn({ node: node.name, problem: name }, description);
  return text;
}

async function problemsOf(db: LastingDatabase, node: DrivenNode, config: Config): Promise<NodeProblem[]> {
  const { machine } = node;
  try {
    await node.engine.list(db.installation);
  } catch (thrown) {
    const description = toSeedbedError(thrown).sentence;
    return [{ name: 'BAD_DAEMON', title: 'The engine does not answer', description, warning: false }];
  }
  const problems: NodeProblem[] = [];
  if (!machine.enforcesLimits)
    problems.push({
      name: 'LIMITS_NOT_ENFORCED',
      title: 'Limits are not enforced',
      description: machine.limitsProblem ?? 'The engine does not enforce limits of memory and CPU.',
      warning: true,
    });
  if (config.node.gpus > 0 && !machine.gpus)
    problems.push({
      name: 'NO_GPUS',
      title: 'There are no GPUs',
      description: 'SEED_NODE_GPUS promises GPUs, and the engine cannot give any to a container.',
      warning: true,
    });
  await refreshDisk(db, node, config);
  const full = await fullDisk(db, node, config);
  return full ? [...problems, full] : problems;
}

/**
 * Where the engine's own disk is short, images that we pulled and that nobody needs go first; only then the node is out of
 * room.
 */
async function fullDisk(
  db: LastingDatabase,
  { id, engine, machine, images }: DrivenNode,
  { home }: Config,
): Promise<NodeProblem | undefined> {
  const isShort = async (place: string | undefined) =>
    place !== undefined && existsSync(place) && (await freeMiB(place)) < leastDiskMiB;
  if (await isShort(machine.dataRoot))
    for (const image of await unusedImages(db, id)) {
      if (!(await removed(engine, image))) continue;
      images.forget(image);
      await forgetImage(db, id, image);
      if (!(await isShort(machine.dataRoot))) break;
    }
  const place = (await isShort(machine.dataRoot))
    ? machine.dataRoot
    : (await isShort(home))
      ? home
      : undefined;
  if (place === undefined) return undefined;
  return {
    name: 'LOW_DOCKER_SPACE',
    title: 'The disk is nearly full',
    description: `Less than ${leastDiskMiB} MiB are free at ${place}; no job is started until there are more.`,
    warning: false,
  };
}

/** @returns whether it is gone; one that a container uses stays */
async function removed(engine: Engine, image: string): Promise<boolean> {
  try {
    await engine.untagImage(image);
    return true;
  } catch (thrown) {
    return toSeedbedError(thrown).error === 'image-not-found';
  }
}
