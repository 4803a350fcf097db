import { describe, expect, it } from '@jest/globals';
import { chmod, chown, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { outputOfRunning, tree, writeFiles } from './support/cli-files.ts';
import { jobImage } from './support/cli-jobs.ts';
import { Installation, testInstallation, resultIn, startCommand } from './support/cli.ts';
import { testHome } from './support/database.ts';
import { isRoot } from './support/database-users.ts';
import { testDocker } from './support/engine.ts';

const opened = testInstallation();

/** CHOWN, DAC_OVERRIDE, FOWNER, KILL, SETGID, SETUID. */
const capabilities = [0, 1, 3, 5, 6, 7].reduce((mask, bit) => mask | (1 << bit), 0);

describe('a container', () => {
  it.concurrent('has no network, no new privileges, six capabilities and nothing of the host', async () => {
    const seedbed = await opened;
    const inputs = await writeFiles(await seedbed.directory(), { a: 'a' });
    const image = await jobImage({
      name: 'looks-around',
      files: [{ name: 'A' }],
      outputs: [{ name: 'ALL', pattern: '*', multiple: true }],
      script: `cd $OUTPUT_DIR; cat /proc/self/status > status; cat /proc/net/dev > net; cat /proc/self/mountinfo > mounts
        find / -xdev -type s > sockets; ls /dev > devices; mount -t tmpfs none /mnt 2> mount; chroot / true 2>> mount
        unshare -n true 2>> mount; mknod dev b 8 0 2>> mount; ping -c 1 -W 1 127.0.0.1 >> mount 2>&1; true`,
    });
    const { document, out } = await seedbed.seedRun([image, '-i', `A=${inputs}/a`]);
    expect(document.error).toBeNull();
    const read = (name: string) => readFile(path.join(out, name), 'utf8');
    const status = await read('status');
    const mask = (name: string) => parseInt(new RegExp(`${name}:\\s*([0-9a-f]+)`).exec(status)![1]!, 16);
    expect([mask('CapEff'), mask('CapPrm'), mask('CapBnd')]).toEqual([
      capabilities,
      capabilities,
      capabilities,
    ]);
    expect(mask('NoNewPrivs')).toBe(1);
    expect((await read('net')).match(/^\s*\w+:/gm)!.map((name) => name.trim())).toEqual(['lo:']);
    const binds = (await read('mounts')).split('\n').filter((line) => / \/scale\//.test(line));
    expect(binds.map((line) => /\S* \S* \S* \S* (\S*) (\w\w)/.exec(line)!.slice(1))).toEqual(
      expect.arrayContaining([
        ['/scale/output_data', 'rw'],
        ['/scale/input_data/A/a', 'ro'],
        ['/scale/input_data/scale-input-metadata.json', 'ro'],
      ]),
    );
    expect(await read('mounts')).not.toMatch(/docker\.sock/);
    expect(await read('sockets')).toBe('');
    expect((await read('devices')).split('\n')).not.toContain('sda');
    expect((await read('mount')).match(/not permitted|denied/g)!.length).toBeGreaterThanOrEqual(4);
  });

  it.concurrent('gets the network that was asked for', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'asks-network',
      outputs: [{ name: 'NET', pattern: 'net' }],
      script: 'cat /proc/net/dev > $OUTPUT_DIR/net',
    });
    const { docker, close } = await testDocker();
    try {
      const name = `seedbed-test-${process.pid}`;
      const network = await docker.createNetwork({ Name: name, Internal: true });
      try {
        const { document, out } = await seedbed.seedRun([image, '--network', name]);
        expect(document.error).toBeNull();
        expect(await readFile(path.join(out, 'net'), 'utf8')).toMatch(/eth0:/);
      } finally {
        await network.remove();
      }
    } finally {
      close();
    }
  });

  it.concurrent('may not be given the engine’s socket, nor a directory that holds it', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'wants-socket',
      mounts: [{ name: 'M', path: '/m' }],
      script: 'true',
    });
    const socket = (process.env.DOCKER_HOST ?? '').replace(/^unix:\/\//, '') || '/var/run/docker.sock';
    for (const source of [socket, path.dirname(socket), '/']) {
      const { document, exit } = await seedbed.seedRun([image, '-m', `M=${source}`]);
      expect([exit, document.error?.name]).toEqual([2, 'mount-not-found']);
      expect(document.error?.message).toMatch(/socket/);
    }
  });
});

describe('a secret setting', () => {
  it.concurrent('appears in no log, label, message, table or argv', async () => {
    const seedbed = await opened;
    const secret = 'geheim-7f3a';
    const image = await jobImage({
      name: 'has-secret',
      settings: [{ name: 'KEY', secret: true }],
      errors: [{ code: 9, name: 'bad', description: 'KEY was refused' }],
      script: `echo "$KEY"; printf 'geheim'; sleep 0.3; printf '%s\\n' -7f3a; echo "key=$KEY." >&2; echo $KEY > $OUTPUT_DIR/own
        touch $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.1; done; exit 9`,
    });
    const out = path.join(await seedbed.directory(), 'out');
    const running = seedbed.start([image, '-e', 'KEY', '-o', out, '-v', '--format', 'json'], {
      env: { KEY: secret, SEED_LOG_LEVEL: 'debug' },
    });
    const ready = await outputOfRunning(out, 'ready');
    // The job itself does know it.
    expect(await readFile(path.join(path.dirname(ready), 'own'), 'utf8')).toBe(`${secret}\n`);
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name)))
      expect(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).not.toContain(secret);
    const { docker, close } = await testDocker();
    const containers = await docker.listContainers({
      filters: { label: [`seedbed.installation=${(await seedbed.database()).installation}`] },
    });
    close();
    expect(JSON.stringify(containers)).not.toContain(secret);
    expect(containers.some(({ Labels }) => Labels['scale-job-execution-id'] !== undefined)).toBe(true);
    await writeFile(path.join(path.dirname(ready), 'go'), '');
    const ended = await running.ended;
    const document = resultIn(ended);
    expect(document.error?.name).toBe('bad');
    expect(ended.stdout + ended.stderr).not.toContain(secret);
    expect(await readFile(document.logs.stdout!, 'utf8')).toBe('******\n******\n');
    expect(await readFile(document.logs.stderr!, 'utf8')).toBe('key=******.\n');
    const tables = await seedbed.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
    );
    expect(tables.length).toBeGreaterThan(10);
    for (const { name } of tables)
      expect([
        name,
        await seedbed.query(`select 1 from ${name} t where t::text like '%' || $1 || '%'`, [secret]),
      ]).toEqual([name, []]);
  });

  it.concurrent(
    'that the command itself expands is warned of, and masked where the engine quotes it',
    async () => {
      const seedbed = await opened;
      const image = await jobImage({
        name: 'shows-secret',
        settings: [{ name: 'KEY', secret: true }],
        command: '${KEY}',
      });
      const { document, stdout, stderr } = await seedbed.seedRun([image, '-e', 'KEY=geheim-8e4b', '-v'], {
        env: { SEED_LOG_LEVEL: 'debug' },
      });
      expect(document.error).toMatchObject({
        name: 'command-not-found',
        message: expect.stringContaining('******'),
      });
      expect(document.warnings).toContainEqual({
        name: expect.any(String),
        description: expect.stringMatching(/KEY/),
      });
      expect(stdout + stderr).not.toContain('geheim-8e4b');
      expect(await seedbed.query(`select 1 from job_exe t where t::text like '%geheim-8e4b%'`)).toEqual([]);
    },
  );
});

const nobody = 65_534;

const describeAsRoot = isRoot ? describe : describe.skip;

describeAsRoot('a caller who is not root', () => {
  const socket = (process.env.DOCKER_HOST ?? '').replace(/^unix:\/\//, '') || '/var/run/docker.sock';

  it('reads, moves and deletes what any user of an image leaves', async () => {
    const own = await Installation.open();
    const theirs = await testHome();
    try {
      const place = await own.directory();
      for (const directory of [place, path.dirname(theirs.home)]) await chown(directory, nobody, nobody);
      const inputs = await writeFiles(await own.directory(), { mine: 'only mine' });
      await chmod(path.join(inputs, 'mine'), 0o600);
      await chown(path.join(inputs, 'mine'), nobody, nobody);
      const user = { uid: nobody, gid: nobody, groups: [(await stat(socket)).gid] };
      // The socket of the tests' server is closed to others.
      const env = { SEED_HOME: theirs.home, HOME: place, DATABASE_URL: '' };
      for (const instruction of [[], ['USER 1234:1234']]) {
        const image = await jobImage(
          {
            name: 'leaves-foreign-files',
            files: [{ name: 'MINE' }],
            outputs: [
              { name: 'A', pattern: 'closed/a' },
              { name: 'ODD', pattern: 'odd*' },
            ],
            script: `umask 077; cd $OUTPUT_DIR; mkdir closed; cat $MINE > closed/a; chmod 000 closed/a; chmod 500 closed; echo x > odd; chmod 6711 odd; ln -s /etc/shadow link`,
          },
          instruction,
        );
        const out = path.join(place, 'out');
        const { document, exit } = await own.seedRun([image, '-i', `MINE=${inputs}/mine`, '-o', out], {
          user,
          env,
        });
        expect([exit, document.error]).toEqual([0, null]);
        const as = async (...command: string[]) => startCommand(command, { user, env }).ended;
        expect(await as('cat', path.join(out, 'closed/a'))).toMatchObject({ exit: 0, stdout: 'only mine' });
        expect((await stat(path.join(out, 'odd'))).mode & 0o7000).toBe(0);
        expect(await as('mv', path.join(out, 'closed'), path.join(out, 'moved'))).toMatchObject({
          exit: 0,
          stderr: '',
        });
        expect(await as('rm', '-r', out)).toMatchObject({ exit: 0, stderr: '' });
        expect(document.logs.stdout!.startsWith(env.SEED_HOME)).toBe(true);
      }
      const odd = await jobImage({ name: 'odd-bytes', script: 'touch "$OUTPUT_DIR/a$(printf "\\377")"' });
      const { document } = await own.seedRun([odd, '-o', path.join(place, 'odd')], { user, env });
      expect(document.error?.name).toBe('unreadable-output');
      const readOnly = await own.directory();
      const refused = await own.seedRun([odd, '-o', path.join(readOnly, 'x')], { user, env });
      expect(refused.document.error).toMatchObject({
        name: 'output-directory-unusable',
        message: expect.stringMatching(/permission denied/i),
      });
      const closed = await own.seedRun([odd], { user: { ...user, groups: [] }, env });
      expect([closed.exit, closed.document.error]).toMatchObject([
        3,
        { name: 'engine-unreachable', message: expect.stringMatching(/permission denied/) },
      ]);
      expect((await tree(place)).filter((name) => name.includes('.seedbed-'))).toEqual([]);
    } finally {
      await theirs.remove();
      await own.close();
    }
  });
});
