import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import { startTestRegistry, type TestRegistry, testLogin } from '../../../test/support/registry.ts';

describe('images move between the engine and a registry', () => {
  let open: TestRegistry;
  let closed: TestRegistry;
  let bench: Workbench;
  const names = new Set<string>();

  beforeAll(async () => {
    [open, closed] = await Promise.all([startTestRegistry(), startTestRegistry({ login: true })]);
    // Without the logins of whoever runs the tests.
    bench = await workbench({ ...process.env, DOCKER_CONFIG: '/nonexistent' });
  });
  afterAll(async () => {
    for (const name of names) await bench.engine.untagImage(name).catch(() => {});
    await bench?.close();
    await Promise.all([open?.stop(), closed?.stop()]);
  });

  /** The test image under a name of this registry. */
  async function named(host: string, rest: string): Promise<string> {
    const name = `${host}/seedbed-test/${rest}`;
    await bench.engine.tagImage(bench.image, name);
    names.add(name);
    return name;
  }

  it('and back, by the digest that the push gave', async () => {
    const name = await named(open.host, 'moved:1');
    const lines: string[] = [];
    const { digest } = await bench.engine.pushImage(name, { progress: (line) => lines.push(line) });
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(lines).toContainEqual(expect.stringMatching(/^\w+: Pushed$/));
    expect(lines.filter((line) => line.includes('MB'))).toEqual([]);
    const { repoDigests } = (await bench.engine.inspectImage(name))!;
    expect(repoDigests).toContain(`${open.host}/seedbed-test/moved@${digest}`);

    const before = (await bench.engine.inspectImage(name))!.id;
    await bench.engine.untagImage(name);
    expect(await bench.engine.inspectImage(name)).toBeUndefined();
    await bench.engine.pullImage(name, { progress: (line) => lines.push(line) });
    expect((await bench.engine.inspectImage(name))!.id).toBe(before);
    expect(lines.at(-1)).toContain(name);
  });

  it('with the login that is given, and not without or with a wrong one', async () => {
    const name = await named(closed.host, 'guarded:1');
    const { engine } = bench;
    const wrong = { username: 'seeder', password: 'wrong' };
    const needed = { error: 'image-login-needed', message: expect.stringContaining(closed.host) };
    const refused = { error: 'image-login-refused', message: expect.stringContaining('seeder') };
    await expect(engine.pushImage(name)).rejects.toMatchObject(needed);
    await expect(engine.pushImage(name, { login: wrong })).rejects.toMatchObject(refused);
    await engine.pushImage(name, { login: testLogin });
    await engine.untagImage(name);
    await expect(engine.pullImage(name)).rejects.toMatchObject(needed);
    await expect(engine.pullImage(name, { login: wrong })).rejects.toMatchObject(refused);
    await engine.pullImage(name, { login: testLogin });
    expect(await engine.inspectImage(name)).toBeDefined();
  });

  it('with the login that was stored', async () => {
    const name = await named(closed.host, 'stored:1');
    const auth = Buffer.from(`${testLogin.username}:${testLogin.password}`).toString('base64');
    const directory = path.join(bench.directory, 'login');
    await mkdir(directory);
    await writeFile(
      path.join(directory, 'config.json'),
      JSON.stringify({ auths: { [`http://${closed.host}/v2/`]: { auth } } }),
    );
    const { engine, close } = await workbench({ ...process.env, DOCKER_CONFIG: directory });
    try {
      const { digest } = await engine.pushImage(name);
      await engine.untagImage(name);
      await engine.pullImage(name);
      const { repoDigests } = (await engine.inspectImage(name))!;
      expect(repoDigests).toContain(`${closed.host}/seedbed-test/stored@${digest}`);
    } finally {
      await close();
    }
  });

  it('not when there is no such image, no such name, or no such registry', async () => {
    const { engine } = bench;
    await expect(engine.pushImage(`${open.host}/seedbed-test/absent:1`)).rejects.toMatchObject({
      error: 'image-not-found',
    });
    await expect(engine.pushImage('No/Name')).rejects.toMatchObject({ error: 'invalid-image-name' });
    const nowhere = await named('127.0.0.1:9', 'nowhere:1');
    await expect(engine.pushImage(nowhere)).rejects.toMatchObject({
      error: 'push-unreachable',
      message: expect.stringMatching(/127\.0\.0\.1:9.*connection refused/),
    });
  });
});
