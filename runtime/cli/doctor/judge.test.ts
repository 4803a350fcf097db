import { describe, expect, it } from '@jest/globals';
import type { DatabaseLook } from '../../database/index.ts';
import type { EngineCapabilities } from '../../engine/index.ts';
import { check, inTime } from './check.ts';
import { aheadOf, judgeClock } from './clock.ts';
import { loginsIn } from './credentials.ts';
import { judgeDatabase, judgeMigrations } from './database.ts';
import { judgeSpace } from './disk.ts';
import { describeEngine, judgeLimits, judgeSharing } from './engine.ts';
import { judgeNode } from './node.ts';

const MiB = 2 ** 20;
const GiB = 2 ** 30;

describe('free space', () => {
  it.each([
    [{ bytes: 6 * GiB, files: undefined }, 'ok'],
    [{ bytes: 6 * GiB, files: 1e6 }, 'ok'],
    [{ bytes: 4 * GiB, files: 1e6 }, 'warning'],
    [{ bytes: 6 * GiB, files: 5000 }, 'warning'],
    [{ bytes: 99 * MiB, files: 1e6 }, 'failure'],
    [{ bytes: 6 * GiB, files: 0 }, 'failure'],
  ])('%j is %s', (space, status) => {
    const verdict = judgeSpace('/d (outputs)', space);
    expect(verdict).toMatchObject({ status, found: expect.stringMatching(/ free in \/d \(outputs\)$/) });
    expect(verdict.advice === null).toBe(status === 'ok');
  });
});

describe('clocks', () => {
  const noon = Date.parse('2026-01-01T12:00:00Z');
  it.each([
    ['2026-01-01T12:00:00.100Z', 0, 0],
    ['2026-01-01T12:00:00.000001Z', 0, 0],
    ['2026-01-01T12:00:05Z', 0, 4800],
    ['2026-01-01T11:59:50.000000Z', 0, -10_000],
    ['2026-01-01T12:00:05Z', 10_000, 0],
  ])('%s, asked at noon with an answer %d ms late, is ahead by %d ms', (time, late, ahead) => {
    expect(aheadOf({ time, asked: noon, answered: noon + 200 + late })).toBe(ahead);
  });

  it.each([
    [0, 'ok', /the same time as the engine/],
    [-2000, 'ok', /the same time/],
    [2001, 'warning', /the engine is 2\.0 s ahead of this machine$/],
    [-61_000, 'warning', /61\.0 s behind this machine, so that/],
  ])('%d ms ahead is %s', (ahead, status, found) => {
    expect(judgeClock('the engine', ahead)).toMatchObject({ status, found: expect.stringMatching(found) });
  });
});

describe('a database', () => {
  const look: DatabaseLook = {
    where: 'postgres://a@h/d',
    version: '16.2',
    encoding: 'UTF8',
    mayCreate: true,
    readOnly: false,
    migrations: { applied: ['a', 'b'], pending: [], unknown: [] },
    clock: { time: '', asked: 0, answered: 0 },
  };
  it.each([
    [{}, 'ok', /Postgres 16\.2 \(DATABASE_URL, postgres:\/\/a@h\/d\), UTF8$/],
    [{ encoding: 'LATIN1' }, 'warning', /LATIN1/],
    [{ mayCreate: false }, 'failure', /may not create tables/],
    [{ readOnly: true }, 'failure', /nothing may be written/],
  ])('with %j is %s', (more, status, found) => {
    expect(judgeDatabase({ ...look, ...more }, false)).toMatchObject({
      status,
      found: expect.stringMatching(found),
    });
  });

  it.each([
    [{}, 'ok', /all 2 applied/],
    [{ pending: ['c'] }, 'ok', /1 pending: the next run/],
    [{ unknown: ['z'] }, 'failure', /newer Seedbed \(z\)/],
  ])('with the migrations %j is %s', (more, status, found) => {
    expect(judgeMigrations({ ...look.migrations, ...more })).toMatchObject({
      status,
      found: expect.stringMatching(found),
    });
  });
});

describe('an engine', () => {
  const engine: EngineCapabilities = {
    kind: 'docker',
    version: 'Docker 27.0',
    cpus: 2,
    mem: 1000,
    gpus: false,
    enforcesLimits: true,
    where: 'unix:///run/x.sock',
  };
  it('is described with its address, whence that comes, and its user', () => {
    expect(describeEngine(engine, { DOCKER_HOST: 'x' }).found).toBe(
      'Docker 27.0 at unix:///run/x.sock, from DOCKER_HOST, as root; 2 CPUs, 1000 MiB',
    );
    expect(describeEngine({ ...engine, rootless: true }, {}).found).toMatch(/\.sock, rootless;/);
  });

  it('that enforces no limits is a warning', () => {
    expect(judgeLimits(engine).status).toBe('ok');
    const problem = { enforcesLimits: false, limitsProblem: 'rootless on cgroup v1' };
    expect(judgeLimits({ ...engine, ...problem })).toMatchObject({
      status: 'warning',
      found: 'rootless on cgroup v1',
    });
  });

  it('that does not see a directory makes files travel', () => {
    expect(judgeSharing(new Map([['/a', true]]))).toMatchObject({ status: 'ok' });
    expect(judgeSharing(new Map([['/a', undefined]]))).toMatchObject({ status: 'ok' });
    expect(
      judgeSharing(
        new Map([
          ['/a', true as boolean | undefined],
          ['/b', false],
        ]),
      ),
    ).toMatchObject({
      status: 'warning',
      found: expect.stringMatching(/does not see \/b: files travel as archives/),
    });
  });
});

describe('Node.js', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['22.1.0', 'ok'],
    ['20.18.3', 'failure'],
    ['18.20.0', 'failure'],
  ])('%s is %s', (version, status) => expect(judgeNode(version).status).toBe(status));
});

describe('stored logins', () => {
  it('are told without their secrets', () => {
    const configuration = {
      auths: {
        'a.example': { auth: 'YTpzZWNyZXQ=' },
        'b.example': {},
        'c.example': { identitytoken: 't' },
        'no-base64.example': { auth: '!!!!' },
        'no-pair.example': { auth: 'c2VjcmV0' },
      },
      credHelpers: { 'd.example': 'gcloud', 'e.example': 'gcloud' },
      credsStore: 'desktop',
    };
    expect(loginsIn(JSON.stringify(configuration))).toEqual({
      stored: ['a.example', 'c.example'],
      broken: ['no-base64.example', 'no-pair.example'],
      helpers: new Map([
        ['gcloud', ['d.example', 'e.example']],
        ['desktop', ['all others']],
      ]),
    });
    expect(loginsIn('{"auths": [], "credsStore": 5}')).toEqual({
      stored: [],
      broken: [],
      helpers: new Map(),
    });
    expect([loginsIn('{'), loginsIn('[]')]).toEqual(['is not valid JSON', 'is no JSON object']);
  });
});

describe('a check that cannot be made', () => {
  it('says so, and never throws', async () => {
    const never = () => new Promise<never>(() => undefined);
    await expect(inTime(never(), 1)).rejects.toThrow('no answer within 0.001 s');
    expect(
      await check('x', () => {
        throw Object.assign(new Error("EACCES: permission denied, stat '/x'"), { code: 'EACCES' });
      }),
    ).toMatchObject({ name: 'x', status: 'warning', found: expect.stringMatching(/could not be looked at/) });
  });
});
