import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../../../test/support/database.ts';
import { workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import { TestQueue } from '../../../test/support/queue.ts';
import { startTestRegistry, type TestRegistry } from '../../../test/support/registry.ts';
import { eventually } from '../../../test/support/scheduler.ts';
import { type PullPolicy, readConfig } from '../../config/index.ts';
import { connectLasting, type LastingDatabase } from '../../database/index.ts';
import { reportImage } from '../../jobs/index.ts';
import { createLogger } from '../../logging/index.ts';
import type { DrivenNode } from './driven-node.ts';
import { checkHealth } from './health.ts';
import { NodeImages } from './node-images.ts';

let db: LastingDatabase;
let registry: TestRegistry;
let bench: Workbench;
let queue: TestQueue;
let end: () => Promise<void>;
const names = new Set<string>();

beforeAll(async () => {
  const test = await testDatabase();
  db = await connectLasting({ home: '', databaseUrl: test.url });
  registry = await startTestRegistry();
  bench = await workbench();
  end = async () => {
    for (const name of names) await bench.engine.untagImage(name).catch(() => undefined);
    await bench.close();
    await registry.stop();
    await db.close();
    await test.drop();
  };
});
afterAll(() => end());
beforeEach(async () => {
  queue = await new TestQueue(db).open();
});

/** An image of the registry that the engine lacks. */
async function published(rest: string): Promise<string> {
  const name = `${registry.host}/seedbed-test/${rest}`;
  names.add(name);
  await bench.engine.tagImage(bench.image, name);
  await bench.engine.pushImage(name);
  await bench.engine.untagImage(name);
  return name;
}

async function nodeWith(policy: PullPolicy, dataRoot: string): Promise<DrivenNode> {
  const { engine } = bench;
  const images = new NodeImages(
    engine,
    policy,
    (image, state) => reportImage(db, queue.nodeId, image, state),
    () => undefined,
  );
  const machine = { ...(await engine.capabilities()), dataRoot };
  const networks = engine.prepareNetworks(db.installation, db.presence.runtime);
  return { id: queue.nodeId, name: queue.name, engine, machine, images, networks, isReady: true };
}

async function fetched({ images }: DrivenNode, image: string): Promise<void> {
  await eventually(`${image} to be there`, () => images.isReady(image));
  await eventually('its row', async () => (await rows()).includes(image));
}

async function rows(): Promise<string[]> {
  const found = await db.query<{ image: string }>(
    `select image from node_image where node_id = $1 and state = 'READY' order by image`,
    [queue.nodeId],
  );
  return found.map(({ image }) => image);
}

async function check(node: DrivenNode, home = '/'): Promise<string[]> {
  const config = readConfig({ SEED_HOME: home });
  const text = await checkHealth(db, node, config, createLogger('silent'), new Map());
  return (JSON.parse(text) as { name: string }[]).map(({ name }) => name);
}

const there = async (image: string) => (await bench.engine.inspectImage(image)) !== undefined;
/** A file system on which nothing is ever free. */
const full = '/proc';

describe('an engine whose disk is full', () => {
  it('loses the images that we pulled and that nobody needs, and takes no jobs while that is not enough', async () => {
    const [unused, needed, theirs] = [
      await published('unused:1'),
      await published('needed:1'),
      await published('theirs:1'),
    ];
    await bench.engine.pullImage(theirs);
    const node = await nodeWith('always', full);
    for (const image of [unused, needed, theirs]) await fetched(node, image);
    await queue.submit(await queue.type(undefined, needed), {});
    expect(await check(node)).toContain('LOW_DOCKER_SPACE');
    expect(node.isReady).toBe(false);
    expect([await there(unused), await there(needed), await there(theirs)]).toEqual([false, true, true]);
    expect(await rows()).toEqual([needed, theirs]);
    expect(node.images.isReady(unused)).toBe(false);
    await fetched(node, unused);
    const roomy = { ...node, machine: { ...node.machine, dataRoot: '/' } };
    expect(await check(roomy)).not.toContain('LOW_DOCKER_SPACE');
    expect(roomy.isReady).toBe(true);
  });

  it('keeps them where only the disk of SEED_HOME is full, which that would not help', async () => {
    const unused = await published('kept:1');
    const node = await nodeWith('missing', '/');
    await fetched(node, unused);
    expect(await check(node, full)).toContain('LOW_DOCKER_SPACE');
    expect(await there(unused)).toBe(true);
  });
});

describe('the policy of pulls', () => {
  it('`never` says that the image is missing, and fetches nothing', async () => {
    const image = await published('never:1');
    const node = await nodeWith('never', '/');
    expect(node.images.isReady(image)).toBe(false);
    await eventually('the reason', async () => {
      const [row] = await db.query<{ error: { name: string } | null }>(
        'select error from node_image where node_id = $1',
        [queue.nodeId],
      );
      return row?.error?.name === 'target-not-found';
    });
    expect(await there(image)).toBe(false);
  });
});
