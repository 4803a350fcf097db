import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { testDatabase } from '../../../test/support/database.ts';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { testDocker } from '../../../test/support/engine.ts';
import { workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import { TestQueue } from '../../../test/support/queue.ts';
import { startTestRegistry, type TestRegistry } from '../../../test/support/registry.ts';
import { eventually } from '../../../test/support/scheduler.ts';
import { type PullPolicy, readConfig } from '../../config/index.ts';
import { connectLasting, type LastingDatabase } from '../../database/index.ts';
import { reportImage, unusedImages } from '../../jobs/index.ts';
import { createLogger } from '../../logging/index.ts';
import type { DrivenNode } from './driven-node.ts';
import { checkHealth } from './health.ts';
import { NodeImages } from './node-images.ts';
import { freeMiB } from './open-node.ts';

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
    0,
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

async function check(
  node: DrivenNode,
  home = '/',
  more: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const config = readConfig({ SEED_HOME: home, ...more });
  const text = await checkHealth(db, node, config, createLogger('silent'), new Map());
  return (JSON.parse(text) as { name: string }[]).map(({ name }) => name);
}

/** What others may write at the same time, MiB. */
const tolerance = 250;

async function allocate(file: string, mib: number): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await promisify(execFile)('fallocate', ['-l', `${mib}M`, file]);
}

/** Another image under a name of the registry, while the engine has the old one. @returns its id */
async function changed(name: string): Promise<string> {
  const old = (await bench.engine.inspectImage(name))!;
  const { docker, close } = await testDocker();
  try {
    const container = await docker.createContainer({ Image: name, Cmd: ['true'] });
    const { Id } = (await container.commit({ comment: 'another' })) as { Id: string };
    await container.remove();
    await bench.engine.tagImage(Id, name);
    await bench.engine.pushImage(name);
    await bench.engine.tagImage(old.id, name);
    return Id;
  } finally {
    close();
  }
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

describe('images that are used', () => {
  it('are the last ones to go, however long ago they were fetched', async () => {
    const [first, second] = [await published('first:1'), await published('second:1')];
    const node = await nodeWith('missing', '/');
    for (const image of [first, second]) await fetched(node, image);
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      node.images.isReady(order[1]!);
      await eventually('the use', async () => (await unusedImages(db, node.id)).at(-1) === order[1]);
      expect(await unusedImages(db, node.id)).toEqual(order);
    }
  });
});

describe('the disk of a node', () => {
  it('is what is free now, and what promises have been used for', async () => {
    const home = await temporaryDirectory();
    try {
      const node = await nodeWith('missing', '/');
      const disk = async () => {
        await check(node, home);
        const [row] = await db.query<{ disk: number }>(
          `select (capacity ->> 'disk')::double precision as disk from node where id = $1`,
          [node.id],
        );
        return row!.disk;
      };
      const before = await disk();
      expect(Math.abs(before - (await freeMiB(home)))).toBeLessThan(tolerance);
      // A promise is taken off as a whole: what its job uses of it is not taken off once more.
      const resources = { cpus: 0, mem: 0, disk: 512 };
      const [job] = await queue.submit(await queue.type(), { resources });
      const [execution] = await queue.claim([job!]);
      await db.query('update job_exe set attempt_directory = $2 where id = $1', [
        execution!.id,
        `${home}/attempt`,
      ]);
      await allocate(`${home}/attempt/output/big`, 512);
      expect(Math.abs((await disk()) - before)).toBeLessThan(tolerance);
      await allocate(`${home}/other`, 512);
      expect(before - (await disk())).toBeGreaterThan(512 - tolerance);
      // When the job has ended, its products are there, and promised is nothing any more.
      await db.query(
        'update slot set job_exe_id = null, runtime = null, resources = null where node_id = $1',
        [node.id],
      );
      expect(before - (await disk())).toBeGreaterThan(1024 - tolerance);
      await rm(home, { recursive: true });
      await mkdir(home);
      expect(Math.abs((await disk()) - before)).toBeLessThan(tolerance);
    } finally {
      await rm(home, { recursive: true });
    }
  });
});

describe('GPUs that are promised', () => {
  it('and that the engine has not are a problem of the node, which takes other jobs', async () => {
    const node = await nodeWith('never', '/');
    const without = { ...node, machine: { ...node.machine, gpus: false } };
    expect(await check(without, '/', { SEED_NODE_GPUS: '2' })).toContain('NO_GPUS');
    expect(without.isReady).toBe(true);
    expect(await check(without)).not.toContain('NO_GPUS');
    const having = { ...node, machine: { ...node.machine, gpus: true } };
    expect(await check(having, '/', { SEED_NODE_GPUS: '2' })).not.toContain('NO_GPUS');
  });
});

describe('the policy of pulls', () => {
  it('`always` asks for each job, and is told of a new image, or that there is none any more', async () => {
    const image = await published('always:1');
    const node = await nodeWith('always', '/');
    await fetched(node, image);
    const { id } = await node.images.details(image);
    const other = await changed(image);
    expect(other).not.toBe(id);
    // The engine has the old one under that name still; those that come together get the new one, too.
    const idNow = async () => (await node.images.details(image)).id;
    await eventually('the new image', async () => (await idNow()) === other);
    expect(await Promise.all([idNow(), idNow(), idNow()])).toEqual([other, other, other]);
    await registry.stop();
    try {
      await eventually('the refusal', async () =>
        node.images.details(image).then(
          () => false,
          (thrown: { error: string }) => thrown.error === 'target-not-found',
        ),
      );
      expect(node.images.isReady(image)).toBe(false);
      expect(await rows()).toEqual([]);
    } finally {
      registry = await startTestRegistry();
    }
  });

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
