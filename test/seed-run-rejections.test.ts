import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { tree, writeFiles } from './support/cli-files.ts';
import { jobDirectory, jobImage, manifestOf } from './support/cli-jobs.ts';
import { testInstallation, resultIn } from './support/cli.ts';
import { isRoot } from './support/database-users.ts';
import { busyboxImage } from './support/engine.ts';

const opened = testInstallation();

/** A job that takes one of everything; nothing of it is ever built. */
const made = opened.then(async (seedbed) => {
  const directory = await jobDirectory(
    await seedbed.directory(),
    {
      name: 'seedbed-test-never-runs',
      files: [{ name: 'ONE' }, { name: 'MANY', multiple: true, required: false }],
      json: [
        { name: 'NUMBER', type: 'integer' },
        { name: 'LIST', type: 'array', required: false },
      ],
      mounts: [{ name: 'DATA', path: '/data' }],
      settings: [{ name: 'KEY', secret: true }],
      command: 'true "${LIST}${LIST}"',
    },
    { dockerfile: 'FROM scratch\nCOPY no-such-file /\n', files: { 'files/a': 'a', 'files/b': 'b' } },
  );
  const good = ['-i', `ONE=${directory}/files/a`, '-j', 'NUMBER=1', '-m', `DATA=${directory}/files`];
  await promisify(execFile)('mkfifo', [path.join(directory, 'pipe')]);
  return { directory, good };
});

describe('what is wrong before any container', () => {
  it.concurrent('is rejected by name with exit 2 and a document, and leaves no directory', async () => {
    const seedbed = await opened;
    const { directory, good } = await made;
    const one = `${directory}/files/a`;
    const out = path.join(await seedbed.directory(), 'not', 'made');
    const cases: [string, string[], RegExp][] = [
      ['missing-input', good.slice(2), /ONE was not given.*-i ONE=PATH/],
      [
        'missing-input',
        ['-i', `ONE=${one}`, '-m', `DATA=${directory}`],
        /NUMBER was not given.*-j NUMBER=VALUE/,
      ],
      ['unknown-name', [...good, '-i', `TWO=${one}`], /no file input called TWO; it has: ONE, MANY/],
      ['unknown-name', [...good, '-j', 'TWO=1'], /NUMBER, LIST/],
      ['unknown-name', [...good, '-e', 'TWO=1'], /KEY/],
      ['unknown-name', [...good, '-m', 'TWO=/'], /DATA/],
      ['unknown-name', [...good, '--resource', 'frobs=1'], /frobs/],
      ['multiple-files', [...good, '-i', `ONE=${directory}/files/b`], /takes one file and was given 2/],
      ['input-is-directory', ['-i', `ONE=${directory}/files`, ...good.slice(2)], /is a directory/],
      ['input-not-found', ['-i', 'ONE=/no/such\nfile', ...good.slice(2)], /there is no such file/],
      ['not-a-file', ['-i', `ONE=${directory}/pipe`, ...good.slice(2)], /pipe/],
      ['not-a-file', ['-i', 'ONE=/dev/null', ...good.slice(2)], /device/],
      ['invalid-json-input', [...good, '-j', 'NUMBER=1.5'], /integer/],
      ['invalid-json-input', [...good, '-j', 'LIST={}'], /array/],
      ['invalid-json-input', [...good, '-j', `LIST=${'['.repeat(100_000)}`], /nested/],
      ['missing-setting', [...good, '-e', 'KEY'], /KEY has no value/],
      ['missing-mount', good.slice(0, 4), /-m DATA=PATH/],
      ['mount-not-found', [...good, '-m', 'DATA=/no/such'], /\/no\/such/],
      ['invalid-usage', [...good, '-m', 'DATA='], /names no path/],
      ['invalid-usage', [...good, '-i', 'MANY='], /names no path/],
      ['invalid-usage', [...good, '-i', 'ONE'], /-i ONE=VALUE/],
      ['invalid-usage', [...good, '-j', '=1'], /NAME=VALUE/],
      ['invalid-usage', [...good, '--resource', 'cpus=many'], /number/],
      ['invalid-usage', [...good, '--resource', 'cpus=-1'], /negative/],
      ['resource-unavailable', ['--dry-run', ...good, '--resource', 'cpus=4000'], /--resource cpus=VALUE/],
      [
        'environment-value-too-long',
        ['--dry-run', ...good, '-j', `LIST=["${'x'.repeat(100_000)}"]`],
        /bytes long; the kernel takes at most 131071/,
      ],
      ['build-failed', good, /no-such-file/],
    ];
    for (const [name, args, message] of cases) {
      const { document, exit } = await seedbed.seedRun([directory, ...args, '-o', out]);
      expect({ args, exit, status: document.status, name: document.error?.name }).toEqual({
        args,
        exit: 2,
        status: 'rejected',
        name,
      });
      expect(document.error?.message).toMatch(message);
      expect(document.error?.message).not.toMatch(/\{\w+\}|undefined|Error:/);
      expect(document.exit_code).toBeNull();
    }
    expect(await readdir(path.dirname(path.dirname(out)))).toEqual([]);
  });

  it.concurrent('is rejected when the target is none', async () => {
    const seedbed = await opened;
    const { directory } = await made;
    const empty = await seedbed.directory();
    const broken = await writeFiles(await seedbed.directory(), {
      'seed.manifest.json': '{"seedVersion": "1.0.0",}',
    });
    const wrong = await writeFiles(await seedbed.directory(), {
      'seed.manifest.json': JSON.stringify({ ...manifestOf({}), extra: 1, seedVersion: '2' }),
    });
    const cases: [string, string, RegExp][] = [
      ['target-not-found', './no-such', /no such directory/],
      ['target-not-found', '', /empty/],
      ['target-not-found', 'Not An Image', /no image can be called that/],
      ['target-not-found', 'localhost:1/no-such-image:1', /can pull: (?!.HTTP code).*localhost:1/],
      ['target-not-found', `${directory}/Dockerfile`, /it is a file; name the directory/],
      ['target-not-found', `/${'x'.repeat(300)}`, /no such directory/],
      ['manifest-not-found', empty, /neither seed.manifest.json nor seed.json/],
      ['manifest-not-found', await busyboxImage(), /com.ngageoint.seed.manifest/],
      ['invalid-manifest', broken, /line 1, column 24/],
      ['invalid-manifest', wrong, /extra.*seedVersion|seedVersion.*extra/],
    ];
    for (const [name, target, message] of cases) {
      const { document, exit } = await seedbed.seedRun([target]);
      expect([target, exit, document.status, document.error?.name]).toEqual([target, 2, 'rejected', name]);
      expect(document.error?.message).toMatch(message);
    }
  });

  it.concurrent('is told in the document for a wrong command line too', async () => {
    const seedbed = await opened;
    const wrong = await seedbed.run(['--format', 'json', '--imputs', 'x', 'y']);
    expect([wrong.exit, wrong.stderr]).toEqual([2, '']);
    expect(resultIn(wrong)).toMatchObject({
      status: 'rejected',
      error: {
        name: 'invalid-usage',
        message: expect.stringMatching(/Unknown option --imputs \(did you mean --inputs?\?\)/),
      },
    });
    expect(resultIn(await seedbed.run(['run', '--format=json'])).error?.message).toMatch(
      /has no Seed manifest/,
    );
    expect(resultIn(await seedbed.run(['run', '-format', 'json', '-imputs', 'A=b'])).error?.name).toBe(
      'invalid-usage',
    );
    const plain = await seedbed.run(['job-dir', '--frobnicate']);
    expect([plain.exit, plain.stdout]).toEqual([2, '']);
    expect(plain.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^seed-run: Unknown option .*\(SB1001\)$/),
    ]);
    const configuration = await seedbed.seedRun(['x'], { env: { SEED_MAX_LOG_MIB: 'lots' } });
    expect([configuration.exit, configuration.document.error?.message]).toEqual([
      2,
      expect.stringMatching(/SEED_MAX_LOG_MIB must be a number/),
    ]);
  });

  it.concurrent('is rejected when the outputs have nowhere to go', async () => {
    const seedbed = await opened;
    const image = await jobImage({ script: 'true' });
    const files = await writeFiles(await seedbed.directory(), { 'a file': 'x' });
    const closed = await seedbed.directory();
    await chmod(closed, 0o555);
    for (const out of [
      `${files}/a file`,
      `${files}/a file/below`,
      '/proc/self/outputs',
      ...(isRoot ? [] : [closed]),
    ]) {
      const { document, exit } = await seedbed.seedRun([image, '-o', out]);
      expect([out, exit, document.error?.name]).toEqual([out, 2, 'output-directory-unusable']);
    }
    expect(await tree(files)).toEqual(['a file']);
    await chmod(closed, 0o755);
  });

  it.concurrent('shows all that a failed build said last, and nothing is left of it', async () => {
    const seedbed = await opened;
    const directory = await jobDirectory(
      await seedbed.directory(),
      { script: 'true' },
      {
        dockerfile: `FROM ${await busyboxImage()}\nRUN echo the reason why >&2 && exit 3\n`,
      },
    );
    const { document, exit } = await seedbed.seedRun([directory]);
    expect([exit, document.error]).toMatchObject([2, { name: 'build-failed', code: 'SB1019' }]);
    expect(document.error?.message).toMatch(/the reason why/);
    expect(document.steps.map(({ name }) => name)).toEqual(['validate', 'build']);
  });

  it.concurrent('is found by the engine alone: networks and programs that are not there', async () => {
    const seedbed = await opened;
    const image = await jobImage({ command: 'no-such-program' });
    const network = await seedbed.seedRun([image, '--network', 'seedbed-test-none']);
    expect([network.exit, network.document.status, network.document.error?.name]).toEqual([
      2,
      'rejected',
      'network-not-found',
    ]);
    const program = await seedbed.seedRun([image]);
    expect([program.exit, program.document.status, program.document.error?.name]).toEqual([
      1,
      'failed',
      'command-not-found',
    ]);
    expect(program.document.error?.message).toMatch(/no-such-program/);
    const own = await jobImage({}, ['CMD ["sh", "-c", "exit 7"]']);
    expect((await seedbed.seedRun([own])).document).toMatchObject({ status: 'failed', exit_code: 7 });
  });
});

describe('an engine or a database that cannot be used', () => {
  it.concurrent('is exit 3 with a document that says where', async () => {
    const seedbed = await opened;
    const image = await jobImage({ script: 'true' });
    const socket = path.join(await seedbed.directory(), 'socket');
    const silent = createServer((connection) => connection.end('what?'));
    await new Promise<void>((resolve) => silent.listen(socket, resolve));
    const blocked = await seedbed.directory();
    await writeFile(path.join(blocked, 'home'), 'a file');
    const cases: [string, NodeJS.ProcessEnv, RegExp][] = [
      [
        'engine-unreachable',
        { DOCKER_HOST: 'unix:///no/such.sock' },
        /unix:\/\/\/no\/such\.sock: no such socket/,
      ],
      ['engine-unreachable', { DOCKER_HOST: `unix://${socket}` }, /socket/],
      ['engine-unreachable', { DOCKER_HOST: 'gopher://x' }, /gopher/],
      [
        'database-unreachable',
        { DATABASE_URL: 'postgres://user:pass%77ord@127.0.0.1:1/db' },
        /127\.0\.0\.1:1/,
      ],
      [
        'home-unusable',
        { SEED_HOME: path.join(blocked, 'home'), DATABASE_URL: '' },
        /a file|ENOTDIR|not a directory/i,
      ],
    ];
    for (const [name, env, message] of cases) {
      const { document, exit, stdout } = await seedbed.seedRun([image], { env });
      expect([name, exit, document.status, document.error?.category]).toEqual([name, 3, 'failed', 'system']);
      expect(document.error).toMatchObject({ name, message: expect.stringMatching(message) });
      expect(stdout).not.toMatch(/password/);
    }
    silent.close();
    await mkdir(path.join(blocked, 'rest'));
    const text = await seedbed.run([image], { env: { DOCKER_HOST: 'unix:///no/such.sock' } });
    expect([text.exit, text.stdout]).toEqual([3, '']);
    expect(text.stderr.trim()).toMatch(
      /^✘ .*engine-unreachable.*start Docker or Podman, or set DOCKER_HOST/i,
    );
  });
});
