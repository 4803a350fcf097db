import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { createClient } from '../runtime/engine/docker/client.ts';
import { doctorValidator, type DoctorCheck, type DoctorDocument } from '../seed-schema/index.ts';
import { writeFiles } from './support/cli-files.ts';
import { type CommandOptions, testInstallation } from './support/cli.ts';
import { isRoot } from './support/database-users.ts';
import { testDatabase, testHome, testServer } from './support/database.ts';
import { busyboxImage } from './support/engine.ts';
import { canStartPrivateEngine, privateEngine } from './support/engine-private.ts';

const opened = testInstallation();
const describeAsRoot = isRoot && process.platform === 'linux' ? describe : describe.skip;
const describeWithEngine = canStartPrivateEngine ? describe : describe.skip;

/** What `seed doctor --format json` finds, by the name of the check. */
async function doctor(options: CommandOptions = {}) {
  const { exit, stdout, stderr } = await (await opened).run(['doctor', '--format', 'json'], options);
  expect(stderr).toBe('');
  const document = JSON.parse(stdout) as DoctorDocument;
  expect(doctorValidator.problems(document)).toEqual([]);
  expect(exit).toBe(document.is_well ? 0 : 1);
  const checks = Object.fromEntries(document.checks.map((check) => [check.name, check]));
  return { exit, stdout, checks: checks as Record<string, DoctorCheck> };
}

const says = (status: string, found: RegExp) => ({ status, found: expect.stringMatching(found) });

/** An address of the machine's that nobody uses. */
const nowhere = { DOCKER_HOST: 'unix:///no/such.sock', DATABASE_URL: 'postgres://ada:s3cret@127.0.0.1:1/x' };

describe('seed doctor', () => {
  it.concurrent('finds nothing wrong with an installation that runs jobs', async () => {
    await busyboxImage();
    const { exit, checks } = await doctor();
    expect([exit, Object.values(checks).filter(({ status }) => status === 'failure')]).toEqual([0, []]);
    expect(checks).toMatchObject({
      engine: says('ok', /^(Docker|Podman) \d.* at \S+/),
      sharing: says('ok', /^the engine sees \//),
      home: { status: 'ok', found: expect.stringContaining((await opened).home) },
      database: says('ok', /^Postgres \d+\.\d+ .*UTF8$/),
      migrations: says('ok', /^all \d+ applied$/),
      'clock-database': says('ok', /same time/),
      node: says('ok', /^Node\.js /),
    });
  });

  it.concurrent('prints a line for each check, and advice below what is not well', async () => {
    const { exit, stdout } = await (await opened).run(['doctor'], { env: nowhere });
    expect(exit).toBe(1);
    expect(stdout).toMatch(
      /^✘ engine {2,}No container engine answers at unix:\/\/\/no\/such\.sock.*\n {5,}Start Docker/m,
    );
    expect(stdout).toMatch(/^▲ limits {2,}not looked at, because that needs the engine\n {5,}\S/m);
    expect(stdout).toMatch(/^✔ node {2,}Node\.js [\d.]+\n[^ ]/m);
    expect(stdout).toMatch(/\nJobs cannot run \(failures: 2, warnings: \d+\)\n$/);
  });

  it.concurrent('names no password, whatever is wrong with the database', async () => {
    const unknownRole = testServer().replace(/\/\/[^@]*@/, '//nobody-here:s3cret@');
    for (const [url, found] of [
      [nowhere.DATABASE_URL, /postgres:\/\/ada@127\.0\.0\.1:1\/x cannot be used: .*ECONNREFUSED/],
      [unknownRole, /nobody-here/],
      ['postgres://ada:s3cret@127.0.0.1:no-port/x', /cannot be used/],
    ] as const) {
      const { exit, stdout, checks } = await doctor({ env: { DATABASE_URL: url } });
      expect([exit, checks.database]).toEqual([1, expect.objectContaining(says('failure', found))]);
      expect(stdout).not.toContain('s3cret');
    }
  });

  it.concurrent('finds a database of a newer program, and leaves an empty one as it is', async () => {
    const database = await testDatabase();
    const client = new pg.Client({ connectionString: database.url });
    try {
      await client.connect();
      await client.query(`insert into knex_migrations (name, batch) values ('9999_tomorrow', 1)`);
      expect(await doctor({ env: { DATABASE_URL: database.url } })).toMatchObject({
        exit: 1,
        checks: {
          database: { status: 'ok' },
          migrations: says('failure', /newer Seedbed \(9999_tomorrow\)/),
        },
      });
      await client.query('drop table knex_migrations');
      expect(await doctor({ env: { DATABASE_URL: database.url } })).toMatchObject({
        exit: 0,
        checks: { migrations: says('ok', /^0 applied, \d+ pending: the next run applies them$/) },
      });
      const { rows } = await client.query(`select to_regclass('knex_migrations') as found`);
      expect(rows).toEqual([{ found: null }]);
    } finally {
      await client.end();
      await database.drop();
    }
  });

  it.concurrent('makes neither SEED_HOME nor an embedded database', async () => {
    const { home, remove } = await testHome();
    const { exit, checks } = await doctor({ env: { SEED_HOME: home, DATABASE_URL: undefined } });
    expect([exit, checks.home, checks.database]).toMatchObject([
      0,
      says('ok', /which the next run makes$/),
      says('ok', /^embedded, in .*: the first run makes it$/),
    ]);
    await expect(rm(home)).rejects.toMatchObject({ code: 'ENOENT' });
    await remove();
  });

  it.concurrent('waits for nobody who does not answer', async () => {
    const directory = await (await opened).directory();
    const socket = path.join(directory, 's');
    const silent = [net.createServer(), net.createServer()] as const;
    await new Promise<void>((resolve) => silent[0].listen(socket, resolve));
    await new Promise<void>((resolve) => silent[1].listen(0, '127.0.0.1', resolve));
    const { port } = silent[1].address() as net.AddressInfo;
    const { exit, checks } = await doctor({
      env: { DOCKER_HOST: `unix://${socket}`, DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/x` },
    });
    for (const server of silent) server.close();
    expect([exit, checks.engine, checks.database]).toMatchObject([
      1,
      says('failure', /no answer within 5 s/),
      says('failure', /no answer within 5 s/),
    ]);
  });

  it.concurrent('names a variable that cannot be understood', async () => {
    const { exit, checks } = await doctor({ env: { SEED_MAX_JSON_MIB: 'many' } });
    expect([exit, checks.configuration]).toMatchObject([1, says('failure', /SEED_MAX_JSON_MIB.*"many"/)]);
  });

  it.concurrent('finds what is wrong with stored logins, and tells none', async () => {
    const seedbed = await opened;
    const login = Buffer.from('ada:s3cret').toString('base64');
    const programs = await writeFiles(await seedbed.directory(), {
      'docker-credential-good': '#!/bin/sh\necho "good v1"',
      'docker-credential-old': '#!/bin/sh\necho "Unknown credential action version" >&2; exit 1',
      'docker-credential-bad': '#!/bin/sh\necho s3cret; exit 127',
    });
    for (const helper of ['good', 'old', 'bad'])
      await chmod(`${programs}/docker-credential-${helper}`, 0o755);
    const auths = { 'registry.example': { auth: login } };
    for (const [text, status, found] of [
      [
        { auths, credsStore: 'good', credHelpers: { 'a.example': 'old' } },
        'ok',
        /^stored for registry\.example; /,
      ],
      [{ credHelpers: { 'a.example': 'none' } }, 'warning', /docker-credential-none is not installed/],
      [{ credsStore: 'bad' }, 'warning', /docker-credential-bad ends with 127/],
      [
        { auths: { ...auths, 'b.example': { auth: '!!!!' } } },
        'warning',
        /config\.json holds for b\.example what is no login/,
      ],
      ['{"auths": ', 'warning', /config\.json is not valid JSON/],
    ] as const) {
      const config = await writeFiles(await seedbed.directory(), {
        'config.json': typeof text === 'string' ? text : JSON.stringify(text),
      });
      const env = { DOCKER_CONFIG: config, PATH: `${programs}:${process.env.PATH}` };
      const { exit, stdout, checks } = await doctor({ env });
      expect([exit, checks.credentials]).toMatchObject([0, says(status, found)]);
      expect(stdout).not.toMatch(new RegExp(`s3cret|${login}`));
    }
  });
});

describeAsRoot('seed doctor, where root can prepare it', () => {
  it.concurrent('finds a SEED_HOME that is closed to the user', async () => {
    const seedbed = await opened;
    const home = path.join(await seedbed.directory(), 'closed');
    await mkdir(home, { mode: 0o755 });
    const { exit, checks } = await doctor({
      env: { SEED_HOME: home, HOME: '/nonexistent' },
      user: { uid: 65_534, gid: 65_534, groups: [] },
    });
    expect([exit, checks.home]).toMatchObject([
      1,
      says('failure', /closed cannot be written to: .*permission/),
    ]);
  });

  it.concurrent('finds disks that are full, of bytes or of files', async () => {
    const directory = await (await opened).directory();
    for (const [options, found] of [
      ['size=1m', /^1\.0 MiB/],
      ['size=100%,nr_inodes=20', / \d+ new files free in .* \(outputs\)$/],
    ] as const) {
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory]);
      try {
        const { exit, checks } = await doctor({ cwd: directory });
        expect([exit, checks['disk-outputs']]).toMatchObject([1, says('failure', found)]);
      } finally {
        execFileSync('umount', [directory]);
      }
    }
  });
});

describeWithEngine('seed doctor with an engine of its own', () => {
  it.concurrent('finds that it does not see a directory, and leaves nothing behind', async () => {
    const directory = await (await opened).directory();
    const engine = await privateEngine(`mount -t tmpfs tmpfs ${directory}`, [await busyboxImage()]);
    try {
      const env = { DOCKER_HOST: engine.host };
      const { exit, checks } = await doctor({ cwd: directory, env });
      expect([exit, checks.sharing, checks['disk-engine']]).toMatchObject([
        0,
        says('warning', new RegExp(`does not see ${directory}: files travel as archives`)),
        says('ok', /\/data \(images and containers\)$/),
      ]);
      expect(checks.engine?.found).toMatch(/from DOCKER_HOST/);
      const client = createClient({ kind: 'socket', path: engine.socket, where: engine.host });
      const left = await client.docker.listContainers({ all: true });
      client.close();
      expect(left).toEqual([]);
    } finally {
      await engine.close();
    }
  });
});
