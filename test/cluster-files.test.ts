import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { settings } from '../runtime/config/index.ts';
import { until } from './support/cli-files.ts';
import { freePort } from './support/ports.ts';

const root = path.join(import.meta.dirname, '..');
const text = (name: string) => readFile(path.join(root, name), 'utf8');

/** What can be seen without an engine; `npm run test:cluster` starts it all. */
describe('Dockerfile and docker-compose.yml', () => {
  it('name files that are there and that the build is given', async () => {
    const copied = [...(await text('Dockerfile')).matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, names]) => names!.split(' '),
    );
    const given = [...(await text('.dockerignore')).matchAll(/^!(.+)$/gm)].map(([, name]) => name!);
    expect(copied.length).toBeGreaterThan(5);
    for (const name of copied) {
      expect([name, existsSync(path.join(root, name))]).toEqual([name, true]);
      expect(given).toContain(name.split('/')[0]);
    }
    const imported = [...(await text('scripts/image/fill.mjs')).matchAll(/from '\.\.\/(.+)'/g)];
    for (const [, name] of imported) expect(existsSync(path.join(root, 'scripts', name!))).toBe(true);
  });

  it('set what is a setting, and say in docs/cluster.md what can be set', async () => {
    const compose = await text('docker-compose.yml');
    const set = [...compose.matchAll(/^ {2,6}((?:SEED|DATABASE)_\w+):/gm)].map(([, name]) => name!);
    expect(set.filter((name) => name !== 'SEED_AS_OWNER_OF' && !(name in settings))).toEqual([]);
    const page = await text('docs/cluster.md');
    const variables = [...compose.matchAll(/\$\{(\w+):-([^}]*)\}/g)];
    expect(variables.length).toBeGreaterThan(10);
    for (const [, name] of variables) expect(page).toContain(`\`${name}\``);
    const defaults = variables.filter(
      ([, name, value]) => value && value !== 'secrets' && !(name! in settings),
    );
    for (const [, , value] of defaults) expect(page).toContain(`\`${value}\``);
  });

  it('can be scaled, and listen on this machine only', async () => {
    const compose = await text('docker-compose.yml');
    expect(compose).not.toContain('container_name');
    const ports = [...compose.matchAll(/^ *ports:\n((?: *- .*\n)+)/gm)].map(([, lines]) => lines!.trim());
    expect(ports).toEqual([expect.stringMatching(/^- 127\.0\.0\.1:[^\n]*:8420$/)]);
  });
});

describe('the gateway', () => {
  const clear: (() => unknown)[] = [];
  afterEach(() => Promise.all(clear.splice(0).map((end) => end())));

  async function service(port: number): Promise<Server> {
    const server = createServer((request, response) => request.pipe(response)).listen(port, '127.0.0.1');
    clear.push(() => server.close().closeAllConnections());
    return server;
  }

  it('waits for a runtime, and leads to it what comes and back what it answers', async () => {
    const port = await freePort();
    const gateway = spawn(process.execPath, [
      path.join(root, 'scripts/image/gateway.mjs'),
      'localhost',
      `${port}`,
      '0',
    ]);
    clear.push(() => gateway.kill());
    let said = '';
    gateway.stdout.on('data', (data) => (said += data));
    const address = await until('the gateway', () => /port (\d+) leads/.exec(said)?.[1]);
    // A connection for each: one that is kept is cut when its runtime goes.
    const ask = async (body: string) => {
      const options = { method: 'POST', headers: { Connection: 'close' }, body };
      return (await fetch(`http://127.0.0.1:${address}/`, options)).text();
    };

    const early = ask('before there is a runtime');
    await service(port);
    expect(await early).toBe('before there is a runtime');

    const large = 'x'.repeat(1_000_000);
    const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => ask(`${index}${large}`)));
    expect(answers.map((answer) => answer.length - large.length)).toEqual(
      Array.from({ length: 5 }, (_, index) => `${index}`.length),
    );

    clear[1]!();
    const between = ask('while it restarts');
    await service(port);
    expect(await between).toBe('while it restarts');
  });
});
