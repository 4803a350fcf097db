import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import http from 'node:http';
import { readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { until, writeFiles } from './support/cli-files.ts';
import { jobDirectory } from './support/cli-jobs.ts';
import { type Ended, testInstallation } from './support/cli.ts';
import { busyboxImage, imagesNamed, removeImages, testDocker } from './support/engine.ts';
import { startTestRegistry, type TestRegistry } from './support/registry.ts';
import { startTestServer, type TestServer } from './support/registry-server.ts';

const opened = testInstallation();

let registry: TestRegistry;
/** A registry that takes a connection and never answers. */
let silent: TestServer;
beforeAll(async () => {
  registry = await startTestRegistry();
  silent = await startTestServer(() => () => undefined);
});
afterAll(async () => {
  await removeImages(registry.host, silent.host, 'publish-safety-');
  await Promise.all([registry.stop(), silent.stop()]);
});

async function tag(image: string, repo: string, name: string): Promise<void> {
  const { docker, close } = await testDocker();
  await docker.getImage(image).tag({ repo, tag: name });
  close();
}

const seed = async (args: string[]): Promise<Ended> => (await opened).run(args);

/** A job that is built, and published where that is wanted. */
async function job(name: string, isPublished = true) {
  const directory = await (await opened).directory();
  await jobDirectory(directory, { name: `publish-safety-${name}`, script: 'true' });
  const image = `publish-safety-${name}-1.0.0-seed:1.0.0`;
  expect((await seed(['build', directory, '-q'])).exit).toBe(0);
  if (isPublished) expect((await seed(['publish', image, '-r', registry.host, '-q'])).exit).toBe(0);
  const manifest = () => readFile(path.join(directory, 'seed.manifest.json'), 'utf8');
  return { directory, image, manifest, before: await manifest() };
}

/** Publishes an image, with its packaging version raised by a patch. */
function raising(image: string, directory: string): string[] {
  return ['publish', image, '-r', registry.host, '-pp', '-d', directory];
}

async function slowDockerfile(directory: string, seconds: number, then = ''): Promise<void> {
  await writeFiles(directory, {
    Dockerfile: `FROM ${await busyboxImage()}\nRUN echo ${directory} && sleep ${seconds} ${then}\n`,
  });
}

describe('seed publish that is stopped', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s in the build leaves the manifest as it was',
    async (signal) => {
      const { directory, image, manifest, before } = await job(`build-${signal.toLowerCase()}`);
      await slowDockerfile(directory, 60);
      const publish = (await opened).start(['publish', image, '-r', registry.host, '-pp', '-d', directory]);
      await until('the build', () => publish.printed.stderr.includes('Running in'));
      expect(await manifest()).not.toBe(before);
      publish.child.kill(signal);
      expect(await publish.ended).toMatchObject({ exit: null, signal });
      expect(await manifest()).toBe(before);
      expect((await readdir(directory)).sort()).toEqual(['Dockerfile', 'seed.manifest.json']);
    },
  );

  it('in the push leaves no name of the registry behind', async () => {
    const { image } = await job('push', false);
    const publish = (await opened).start(['publish', image, '-r', silent.host, '-f', '-q']);
    await until('the name', async () => (await imagesNamed(silent.host)).length > 0);
    publish.child.kill('SIGINT');
    expect(await publish.ended).toMatchObject({ exit: null, signal: 'SIGINT' });
    expect(await imagesNamed(silent.host)).toEqual([]);
    expect(await imagesNamed(image)).toEqual([image]);
  });
});

describe('seed publish', () => {
  it('keeps the names that the engine has had before', async () => {
    const { image } = await job('names', false);
    await tag(image, `${registry.host}/publish-safety-names-1.0.0-seed`, '1.0.0');
    await tag(image, `${registry.host}/publish-safety-latest`, 'latest');
    expect((await seed(['publish', image, '-r', registry.host, '-q'])).exit).toBe(0);
    expect((await seed(['publish', `${registry.host}/publish-safety-latest`, '-q'])).exit).toBe(0);
    expect((await imagesNamed(registry.host)).sort()).toEqual([
      `${registry.host}/publish-safety-latest:latest`,
      `${registry.host}/publish-safety-names-1.0.0-seed:1.0.0`,
    ]);
  });

  it('takes an image by its name only', async () => {
    const { image } = await job('id', false);
    const { docker, close } = await testDocker();
    const { Id } = await docker.getImage(image).inspect();
    close();
    for (const id of [Id, Id.slice(7), Id.slice(7, 19)]) {
      const { exit, stderr } = await seed(['publish', id, '-r', registry.host]);
      expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('is the id of an image') });
    }
  });

  it('overwrites no version that somebody else publishes during the build', async () => {
    const { directory, image, manifest, before } = await job('meanwhile');
    await slowDockerfile(directory, 2);
    const publish = (await opened).start([...raising(image, directory), '-q']);
    await until('the new version', async () => (await manifest()) !== before);
    publish.child.kill('SIGSTOP');
    await registry.putImage(image.split(':')[0]!, '1.0.1', { labels: {} });
    publish.child.kill('SIGCONT');
    const { exit, stderr } = await publish.ended;
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('(SB1083)') });
    expect(await manifest()).toBe(before);
  });

  it('refuses a second one that would raise the same version meanwhile', async () => {
    const { directory, image, manifest, before } = await job('twice');
    await slowDockerfile(directory, 2);
    const publish = (await opened).start([...raising(image, directory), '-q']);
    await until('the new version', async () => (await manifest()) !== before);
    publish.child.kill('SIGSTOP');
    const raised = await manifest();
    const { exit, stderr } = await seed([...raising(image, directory), '-q']);
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('(SB1084)') });
    expect(await manifest()).toBe(raised);
    publish.child.kill('SIGCONT');
    expect((await publish.ended).exit).toBe(0);
    expect(await manifest()).toBe(raised);
  });

  it('leaves the manifest as it was where the registry takes nothing', async () => {
    const { directory, manifest, before } = await job('read-only');
    const readOnly = await startTestServer(({ method, path: asked, headers }) => {
      if (!['GET', 'HEAD'].includes(method))
        return { status: 405, body: { errors: [{ code: 'UNSUPPORTED' }] } };
      return (response) => {
        const options = { method, headers: { ...headers, host: registry.host } };
        const forwarded = http.request(`http://${registry.host}${asked}`, options, (answer) => {
          response.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(response);
        });
        forwarded.on('error', () => response.destroy()).end();
      };
    });
    // What was published is another image than this.
    await writeFiles(directory, { Dockerfile: `FROM ${await busyboxImage()}\nLABEL other=1\n` });
    const { exit, stderr } = await seed([
      'build',
      '-q',
      '-d',
      directory,
      '-publish',
      '-r',
      readOnly.host,
      '-pp',
    ]);
    await readOnly.stop();
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('(SB1064)') });
    expect(await manifest()).toBe(before);
    expect(await imagesNamed(readOnly.host)).toEqual([]);
  });

  it('takes back nothing that its author wrote while the build failed', async () => {
    const { directory, image, manifest, before } = await job('edited');
    await slowDockerfile(directory, 2, '&& false');
    const publish = (await opened).start(raising(image, directory));
    await until('the build', () => publish.printed.stderr.includes('Running in'));
    await writeFiles(directory, { 'seed.manifest.json': `${before}\n` });
    expect((await publish.ended).exit).toBe(2);
    expect(await manifest()).toBe(`${before}\n`);
  });

  it('says where a manifest cannot be written, and leaves it whole', async () => {
    const { directory, image, before } = await job('unwritable');
    // The longest name that there can be leaves no room for another file beside it.
    const file = path.join(directory, `${'m'.repeat(250)}.json`);
    await rename(path.join(directory, 'seed.manifest.json'), file);
    const { exit, stderr } = await seed([...raising(image, directory), '-M', file]);
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: expect.stringMatching(/m\.json cannot be written: name too long; .* \(SB1051\)\n$/),
    });
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('takes an empty organisation and login for none, as seed-cli did', async () => {
    const { image } = await job('empty', false);
    const { exit, stdout } = await seed([
      'publish',
      image,
      '-r',
      registry.host,
      '-O',
      '',
      '-u',
      '',
      '-p',
      '',
      '-q',
    ]);
    expect({ exit, stdout }).toEqual({
      exit: 0,
      stdout: expect.stringContaining(`${registry.host}/${image} `),
    });
    expect((await seed(['search', '-r', registry.host, '-O', '/', 'empty'])).stdout).toContain(image);
  });
});
