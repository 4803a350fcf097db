import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Config } from '../../config/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import type { Engine } from '../../engine/index.ts';
import { registerNode, reportImage } from '../../jobs/index.ts';
import { capacityOf, slotsOf } from './capacity.ts';
import type { DrivenNode } from './driven-node.ts';
import { NodeImages } from './node-images.ts';

/**
 * Makes the node of an engine known, with what it has to give.
 * @param wake called when an image has become ready on it
 * @throws engine-unreachable when it does not answer
 */
export async function openNode(
  db: LastingDatabase,
  name: string,
  engine: Engine,
  config: Config,
  wake: () => void,
): Promise<DrivenNode> {
  const machine = await engine.capabilities();
  const id = await registerNode(db, {
    name,
    hostname: hostname(),
    engine: machine.where ?? machine.kind,
    version: machine.version,
    capacity: capacityOf(machine, await freeMiB(config.home), config.node),
    slots: slotsOf(machine, config.node),
  });
  const images = new NodeImages(
    engine,
    config.pull,
    (image, state) => reportImage(db, id, image, state).catch(() => undefined),
    wake,
  );
  const networks = engine.prepareNetworks(db.installation, db.presence.runtime);
  return { id, name, engine, machine, images, networks, isReady: true };
}

/** Free space where a directory is, or would be made, MiB. */
export async function freeMiB(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return (bavail * bsize) / 2 ** 20;
}
