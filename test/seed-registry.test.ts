import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { imagesValidator, type ImagesDocument } from '../seed-schema/index.ts';
import { jobDirectory, jobImage, manifestOf } from './support/cli-jobs.ts';
import { writeFiles } from './support/cli-files.ts';
import { commandLine, startCommand, testInstallation } from './support/cli.ts';
import { imagesNamed, removeImages } from './support/engine.ts';
import { startTestRegistry, testLogin, type TestRegistry } from './support/registry.ts';
import { startService } from './support/service.ts';
import { startTestServer } from './support/registry-server.ts';

const opened = testInstallation();
const label = 'com.ngageoint.seed.manifest';

let open: TestRegistry;
let closed: TestRegistry;
beforeAll(async () => {
  [open, closed] = await Promise.all([
    startTestRegistry({ deletion: true }),
    startTestRegistry({ login: true }),
  ]);
});
afterAll(async () => {
  await removeImages(open.host, closed.host, 'registry-test-');
  await Promise.all([open.stop(), closed.stop()]);
});

/** A job directory whose image this test file may publish. */
async function job(name: string, version = '1.0.0'): Promise<{ directory: string; image: string }> {
  const directory = await (await opened).directory();
  await jobDirectory(directory, { name: `registry-test-${name}`, script: 'true' });
  const image = `registry-test-${name}-${version}-seed:1.0.0`;
  const { exit, stderr } = await (await opened).run(['build', directory, '-q']);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: expect.not.stringContaining('rror') });
  return { directory, image };
}

const seed = async (args: string[], options?: { env?: NodeJS.ProcessEnv; cwd?: string }) =>
  (await opened).run(args, options);

describe('seed publish', () => {
  it('pushes under the name in the registry and the organisation, and leaves no such name behind', async () => {
    const { image } = await job('plain');
    const { exit, stdout } = await seed(['publish', '-in', image, '-r', open.host, '-O', 'team', '-q']);
    expect({ exit, stdout }).toEqual({
      exit: 0,
      stdout: expect.stringMatching(
        new RegExp(`^✔ ${open.host}/team/${image} published\n {2}sha256:[0-9a-f]{64}\n$`),
      ),
    });
    expect(await imagesNamed(open.host)).toEqual([]);
    expect(await imagesNamed(image)).toEqual([image]);
  });

  it('does nothing where the same image is published, and refuses to overwrite another one', async () => {
    const { directory, image } = await job('again');
    const publish = (...more: string[]) => seed(['publish', image, '-r', open.host, '-q', ...more]);
    expect((await publish()).exit).toBe(0);
    expect(await publish()).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('was published already'),
    });
    await writeFiles(directory, {
      'seed.manifest.json': JSON.stringify(manifestOf({ name: 'registry-test-again', timeout: 99 })),
    });
    await seed(['build', directory, '-q']);
    const refused = await publish();
    expect(refused).toMatchObject({ exit: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /is published already, and it is another image; raise a version with -pp, .*\(SB1080\)/,
    );
    expect(await publish('-f')).toMatchObject({ exit: 0, stdout: expect.stringContaining(' published\n') });
    expect(await publish()).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('was published already'),
    });
  });

  it('raises versions in the manifest, past those that are published, builds and pushes', async () => {
    const { directory, image } = await job('raised');
    const file = path.join(directory, 'seed.manifest.json');
    const before = await readFile(file, 'utf8');
    const versions = async () =>
      [...(await readFile(file, 'utf8')).matchAll(/Version": "([^"]+)"/g)].map(([, version]) => version);
    const publish = (...more: string[]) =>
      seed(['publish', '-in', image, '-r', open.host, '-q', ...more], { cwd: directory });
    for (const tag of ['1.0.1', '1.0.2'])
      await open.putImage('registry-test-raised-1.0.0-seed', tag, { labels: {} });

    expect((await publish('-pp')).exit).toBe(0);
    expect(await versions()).toEqual(['1.0.0', '1.0.0', '1.0.0']);
    const patched = await publish('-pp');
    expect(patched.stdout).toContain('registry-test-raised-1.0.0-seed:1.0.3 published');
    expect(await versions()).toEqual(['1.0.0', '1.0.0', '1.0.3']);
    expect(await readFile(file, 'utf8')).toBe(
      before.replace('"packageVersion": "1.0.0"', '"packageVersion": "1.0.3"'),
    );
    const both = await publish('-jm', '-P', '-d', directory);
    expect(both.stdout).toContain('registry-test-raised-1.1.0-seed:2.0.0 published');
    const pulled = await seed([
      'pull',
      '-in',
      'registry-test-raised-1.1.0-seed:2.0.0',
      '-r',
      open.host,
      '-q',
    ]);
    expect(pulled.exit).toBe(0);
    expect(
      await seed(['validate', 'registry-test-raised-1.1.0-seed:2.0.0', '--pull', 'never']),
    ).toMatchObject({
      exit: 0,
    });
  });

  it('leaves the manifest as it was when the new version cannot be built', async () => {
    const { directory, image } = await job('unbuildable');
    await seed(['publish', image, '-r', open.host, '-q']);
    const before = await readFile(path.join(directory, 'seed.manifest.json'), 'utf8');
    await writeFiles(directory, { Dockerfile: 'FROM scratch\nCOPY nowhere /\n' });
    const { exit, stderr } = await seed(['publish', image, '-r', open.host, '-pp', '-d', directory, '-q']);
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('(SB1019)') });
    expect(await readFile(path.join(directory, 'seed.manifest.json'), 'utf8')).toBe(before);
  });

  it('refuses to raise the version of another job', async () => {
    const { image } = await job('one');
    const { directory } = await job('two');
    await seed(['publish', image, '-r', open.host, '-q']);
    const { exit, stderr } = await seed(['publish', image, '-r', open.host, '-pp', '-d', directory]);
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: expect.stringContaining('is the manifest of registry-test-two, not of registry-test-one'),
    });
  });

  it('takes the image from the manifest, and is part of a build', async () => {
    const { directory, image } = await job('named');
    expect((await seed(['publish', '-r', open.host, '-q'], { cwd: directory })).stdout).toContain(
      `${open.host}/${image} published`,
    );
    const built = await seed(['build', '-d', directory, '-publish', '-r', open.host, '-pm', '-q']);
    expect(built.stdout).toContain('registry-test-named-1.0.0-seed:1.1.0 published');
  });

  it.each([
    [['no-such-image-seed:1'], 'the engine has no image'],
    [['x', '-in', 'y'], 'takes one image, and was given one as its argument and one with -in'],
    [['x', '-jm', '-J'], 'one part at a time, not by major and minor'],
    [['x', '-p', 'secret'], 'A password needs -u NAME'],
  ])('refuses %j', async (args, message) => {
    const { exit, stderr } = await seed(['publish', ...args, '-r', open.host]);
    expect({ exit, stderr: stderr.toLowerCase() }).toEqual({
      exit: 2,
      stderr: expect.stringContaining(message.toLowerCase()),
    });
  });
});

describe('a registry with a login', () => {
  const login = ['-u', testLogin.username, '-p', testLogin.password];

  it('is entered with -u and -p, with a password on standard input, or as docker login left it', async () => {
    const { image } = await job('secret');
    const name = `${closed.host}/${image}`;
    const anonymous = await seed(['publish', image, '-r', closed.host]);
    expect({ exit: anonymous.exit, stderr: anonymous.stderr }).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/login/),
    });
    const wrong = await seed(['publish', image, '-r', closed.host, '-u', 'seeder', '-p', 'wrong']);
    expect({ exit: wrong.exit, stderr: wrong.stderr }).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/did not let seeder/),
    });
    expect((await seed(['publish', image, '-r', closed.host, ...login, '-q'])).stdout).toContain(
      `${name} published`,
    );
    const piped = await startCommand(
      ['sh', '-c', 'echo "$0" | "$@"', testLogin.password].concat(
        commandLine(['search', '-r', closed.host, '-u', testLogin.username, '--password-stdin']),
      ),
      { env: (await opened).env },
    ).ended;
    expect(piped.stdout).toContain(name);
    const auth = Buffer.from(`${testLogin.username}:${testLogin.password}`).toString('base64');
    const config = await writeFiles(await (await opened).directory(), {
      'config.json': JSON.stringify({ auths: { [closed.host]: { auth } } }),
    });
    const stored = { env: { DOCKER_CONFIG: config } };
    expect((await seed(['publish', image, '-r', closed.host], stored)).stdout).toContain('already');
    expect((await seed(['pull', image, '-r', closed.host], stored)).exit).toBe(0);
    expect((await seed(['run', '-in', name, '--pull', 'always', '--dry-run'], stored)).exit).toBe(0);
    expect((await seed(['inspect', name, '--pull', 'always'], stored)).exit).toBe(0);
    expect((await seed(['search', '-r', closed.host], stored)).stdout).toContain(name);
    expect((await seed(['search', '-r', closed.host])).exit).toBe(2);
  });
});

describe('the stored login and the pull policy', () => {
  it('hold for every command that needs an image', async () => {
    const seedbed = await opened;
    const { image } = await job('fetched');
    const name = `${closed.host}/${image}`;
    const login = ['-u', testLogin.username, '-p', testLogin.password];
    const published = await seed(['publish', image, '-r', closed.host, ...login, '-q']);
    const digest = /sha256:\w+/.exec(published.stdout)![0];
    const auth = Buffer.from(`${testLogin.username}:${testLogin.password}`).toString('base64');
    const config = await writeFiles(await seedbed.directory(), {
      'config.json': JSON.stringify({ auths: { [closed.host]: { auth } } }),
    });
    const stored = { DOCKER_CONFIG: config };
    const upon = await seedbed.directory();
    const draft = { name: 'registry-test-upon', script: 'true' };
    await jobDirectory(upon, draft, { dockerfile: `FROM ${name}\n` });
    const fresh = await seedbed.directory();
    const commands = [
      ['inspect', name],
      ['validate', name],
      ['convert', name, '--to', 'cwl'],
      ['run', '-in', name, '--dry-run'],
      ['build', upon, '-q'],
    ];
    const outcomes = async (env: NodeJS.ProcessEnv, more: string[] = []) => {
      const ended = [];
      for (const command of commands) {
        await removeImages(name);
        ended.push((await seed([...command, ...more], { env })).exit);
      }
      return ended;
    };
    expect(await outcomes({})).toEqual([2, 2, 2, 2, 2]);
    expect(await outcomes(stored)).toEqual([0, 0, 0, 0, 0]);
    expect(await outcomes({ ...stored, SEED_PULL: 'never' })).toEqual([2, 2, 2, 2, 2]);
    expect(await outcomes({ ...stored, SEED_PULL: 'never' }, ['--pull', 'missing'])).toEqual([0, 0, 0, 0, 0]);

    await removeImages(name);
    expect((await seed(['init', fresh, '--from', name], { env: stored })).exit).toBe(0);
    expect((await seed(['inspect', name, '--pull', 'never'])).stdout).toContain(`@${digest}\n`);
    await removeImages(name);
    expect((await seed(['build', upon, '-q', ...login])).exit).toBe(0);
    const cached = await seed(['build', upon, '-c', '127.0.0.1:9/none:1']);
    expect(cached).toMatchObject({
      exit: 0,
      stderr: expect.stringContaining('No cache from 127.0.0.1:9/none:1'),
    });
    const removal = await seed(['unpublish', image, '-r', closed.host], { env: stored });
    expect(removal.stderr).toContain('REGISTRY_STORAGE_DELETE_ENABLED');
  });
});

describe('seed search', () => {
  const search = async (...args: string[]): Promise<ImagesDocument> => {
    const { stdout, exit } = await seed(['search', '-r', open.host, '--format', 'json', ...args]);
    expect(exit).toBe(0);
    const document: unknown = JSON.parse(stdout);
    expect(imagesValidator.problems(document)).toEqual([]);
    return document as ImagesDocument;
  };
  const labelled = (name: string, title: string, tags: string[] = []) => {
    const manifest = manifestOf({ name });
    return {
      labels: { [label]: JSON.stringify({ ...manifest, job: { ...(manifest.job as object), title, tags } }) },
    };
  };

  beforeAll(async () => {
    await open.putImage('ocean/waves-1.0.0-seed', '1.0.0', labelled('waves', 'Wave heights', ['sea']));
    await open.putImage('ocean/by-label', 'latest', labelled('by-label', 'No suffix'));
    await open.putImage('ocean/by-name-1.0.0-seed', '2.0.0', { labels: {} });
    await open.putImage('ocean/neither', '1', { labels: {} });
  });

  it('finds by suffix and by label, in an organisation, and says what has no manifest', async () => {
    const { images, problems } = await search('-O', 'ocean');
    expect(problems).toEqual([]);
    expect(images.map(({ image, title }) => [image.replace(`${open.host}/`, ''), title])).toEqual([
      ['ocean/by-label:latest', 'No suffix'],
      ['ocean/by-name-1.0.0-seed:2.0.0', null],
      ['ocean/waves-1.0.0-seed:1.0.0', 'Wave heights'],
    ]);
    expect(images[1]!.problem).toContain('has no Seed manifest');
  });

  it.each([
    ['in the title', 'HEIGHTS'],
    ['among the tags', 'sea'],
    ['in two places', 'waves sea'],
  ])('finds a keyword %s', async (_, keyword) => {
    expect((await search(keyword)).images.map(({ name }) => name)).toEqual(['waves']);
    expect((await search('-filter', keyword)).images).toHaveLength(1);
  });

  it('prints a table that names what can be pulled', async () => {
    const { stdout } = await seed(['search', 'waves', '-r', `http://${open.host}/`]);
    expect(stdout).toMatch(/^IMAGE +JOB +PACKAGE +TITLE +SIZE +INPUTS -> OUTPUTS\n/);
    expect(stdout).toContain(`${open.host}/ocean/waves-1.0.0-seed:1.0.0  1.0.0  1.0.0    Wave heights`);
    expect(await seed(['search', 'nothing like it', '-r', open.host])).toMatchObject({
      exit: 0,
      stdout: `No Seed images in ${open.host}.\n`,
    });
  });

  it.each([
    [403, 2],
    [400, 3],
  ])('fails where every repository is answered with %d', async (status, exit) => {
    const server = await startTestServer(({ path: asked }) =>
      asked.startsWith('/v2/_catalog')
        ? { body: { repositories: ['one-seed', 'two-seed'] } }
        : { status: asked === '/v2/' ? 200 : status },
    );
    const text = await seed(['search', '-r', server.host]);
    expect({ exit: text.exit, stdout: text.stdout }).toEqual({ exit, stdout: '' });
    expect(text.stderr).toMatch(/one-seed[^]*two-seed|two-seed[^]*one-seed/);
    const json = await seed(['search', '-r', server.host, '--format', 'json']);
    expect(json.exit).toBe(exit);
    expect(JSON.parse(json.stdout)).toMatchObject({
      images: [],
      problems: [{}, {}].map(() => expect.any(String)),
    });
    await server.stop();
  });

  it('names a registry that does not answer', async () => {
    const { exit, stderr } = await seed(['search', '-r', '127.0.0.1:9']);
    expect({ exit, stderr }).toEqual({ exit: 3, stderr: expect.stringContaining('127.0.0.1:9') });
  });
});

describe('seed pull and seed unpublish', () => {
  it('pull gives the image its plain name, and unpublish removes it from the registry alone', async () => {
    const { image } = await job('there-and-back');
    const remote = `${open.host}/deep/er/${image}`;
    await seed(['publish', image, '-r', open.host, '-O', 'deep/er', '-q']);
    await removeImages(image);
    const pulled = await seed(['pull', image, '-r', open.host, '-O', 'deep/er', '-q']);
    expect(pulled).toMatchObject({ exit: 0, stdout: `✔ ${remote} pulled\n  seed run -in ${image}\n` });
    expect(await imagesNamed(image)).toEqual([image]);
    const removed = await seed(['unpublish', '-in', image, '-r', open.host, '-O', 'deep/er']);
    expect(removed).toMatchObject({ exit: 0, stdout: `✔ ${remote} removed from ${open.host}\n` });
    const gone = await seed(['pull', '-in', image, '-r', open.host, '-O', 'deep/er']);
    expect(gone.exit).toBe(2);
    expect((await seed(['unpublish', image, '-r', open.host, '-O', 'deep/er'])).exit).toBe(2);
    expect(await imagesNamed(image)).toEqual([image]);
  });

  it('says what a registry needs that lets nothing be deleted', async () => {
    const image = await jobImage({ name: 'undeletable', script: 'true' });
    await seed([
      'publish',
      image,
      '-r',
      closed.host,
      '-u',
      testLogin.username,
      '-p',
      testLogin.password,
      '-q',
    ]);
    const { exit, stderr } = await seed([
      ...['unpublish', image, '-r', closed.host],
      ...['-u', testLogin.username, '-p', testLogin.password],
    ]);
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: expect.stringContaining('REGISTRY_STORAGE_DELETE_ENABLED'),
    });
  });
});

describe('seed submit', () => {
  it('of an image whose registry asks for a login says so, and not that the service knew no token', async () => {
    const service = await startService(await opened);
    const { exit, stderr } = await seed(['submit', `${closed.host}/there:1`], { env: service.env });
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: expect.stringContaining(`The registry ${closed.host} asks for a login`),
    });
    await service.stop();
  });
});
