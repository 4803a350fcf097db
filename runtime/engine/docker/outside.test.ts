import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAll, workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import type { Staged } from '../engine.ts';

/** Where the container finds the programs of this machine. */
const programs = ['/usr', '/bin', '/lib', '/lib64', '/etc/ssl', path.dirname(process.execPath)].filter(
  existsSync,
);

describe('a runtime in a container, with the socket of the engine outside', () => {
  let bench: Workbench;
  beforeAll(async () => (bench = await workbench()));
  afterAll(() => bench.close());

  it('binds what it sees of the disk outside under another path, and copies what only it has', async () => {
    const shared = path.join(bench.directory, 'shared');
    await mkdir(shared);
    const mount = (source: string, target: string, mode: 'ro' | 'rw'): Staged => ({
      source,
      target,
      mode,
      name: target,
    });
    const within = new Set(
      programs.filter((file) => !programs.some((other) => file.startsWith(`${other}/`))),
    );
    const spec = await bench.job(
      [
        process.execPath,
        '--import',
        '/app/node_modules/tsx/dist/esm/index.mjs',
        '/app/test/support/engine-inside.ts',
        '/mounted/deep',
        '/tmp/own',
      ],
      {
        staged: [
          ...[...within].map((file) => mount(file, file, 'ro')),
          mount(process.cwd(), '/app', 'ro'),
          mount(shared, '/mounted', 'rw'),
          mount('/var/run/docker.sock', '/var/run/docker.sock', 'rw'),
        ],
        environment: { HOME: '/tmp', PATH: '/usr/bin:/bin' },
        limits: { cpus: 2, mem: 1024, pids: 512 },
      },
    );
    const key = bench.key();
    await bench.engine.launch(spec, key, 'test');
    const { stdout, stderr } = await readAll(bench.engine, key);
    expect(stderr).toBe('');
    const result = (directory: string, staging: string) => {
      const content = `input in ${directory}`;
      return { directory, stdout: content, exitCode: 0, copy: content, staging };
    };
    expect(JSON.parse(stdout)).toEqual([result('/mounted/deep', 'bind'), result('/tmp/own', 'archive')]);
    expect(existsSync('/mounted')).toBe(false);
    expect(await readdir(shared)).toEqual([]);
  });
});
