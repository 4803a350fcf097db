import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Config } from '../../config/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import type { Engine } from '../../engine/index.ts';
import { registerNode, reportImage } from '../../jobs/index.ts';
import { capacityOf, slotsOf } from './capacity.ts';
import type { DrivenNode } from './driven-node.ts';
import { NodeImages } from './node-images.ts';

/** An engine to be driven, and the name that its node has. */
export interface NamedEngine {
  readonly name: string;
  readonly engine: Engine;
}

/**
 * Makes the nodes of these engines known, with what they have to give.
 * @param wake called when an image has become ready on one of them
 * @throws engine-unreachable when one of them does not answer
 */
export async function openNodes(
  db: LastingDatabase,
  engines: readonly NamedEngine[],
  config: Config,
  wake: () => void,
): Promise<DrivenNode[]> {
  return Promise.all(
    engines.map(async ({ name, engine }) => {
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
    }),
  );
}

/** Free space where a directory is, or would be made, MiB. */
export async function freeMiB(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return (bavail * bsize) / 2 ** 20;
}
