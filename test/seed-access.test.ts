import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandLine, type Ended, startCommand, testInstallation } from './support/cli.ts';
import { call } from './support/http.ts';
import { startService, type TestService } from './support/service.ts';

const opened = testInstallation();
let service: TestService;
beforeAll(async () => {
  service = await startService(await opened);
});
afterAll(() => service.stop());

async function seed(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return (await opened).run(args, { env: { ...service.env, ...env } });
}

describe('seed users and seed tokens', () => {
  it('make users, whose tokens may do what their roles may', async () => {
    expect((await seed(['users'])).stdout).toMatch(/no users/);
    const words = (text: string) => text.replaceAll(/ +/g, ' ').trim().split('\n').slice(1);
    expect(words((await seed(['users', '--add', 'jane', '--role', 'operator'])).stdout)).toEqual([
      'jane operator active no -',
    ]);
    const [program, ...args] = commandLine(['users', '--change', 'jane', '--password-stdin']);
    const piped = ['sh', '-c', 'echo "pass word one" | "$0" "$@"', program!, ...args];
    const env = { ...(await opened).env, ...service.env };
    expect((await startCommand(piped, { cwd: '/', env }).ended).stdout).toMatch(
      /jane +operator +active +yes/,
    );
    const credentials = JSON.stringify({ username: 'jane', password: 'pass word one' });
    const json = { 'Content-Type': 'application/json' };
    const login = await call(service.port, 'POST', '/api-token-auth/', json, credentials);
    expect(login.status).toBe(200);

    const made = await seed(['tokens', '--create', 'nightly', '--user', 'jane', '--days', '90']);
    expect(made).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^seedbed_[\w-]{43}\n$/) });
    const jane = { SEED_TOKEN: made.stdout.trim() };
    expect((await seed(['jobs'], jane)).exit).toBe(0);
    expect(await seed(['users'], jane)).toMatchObject({ exit: 2, stderr: expect.stringContaining('SB1150') });
    const list = words((await seed(['tokens'], jane)).stdout);
    expect(list).toEqual([
      expect.stringMatching(/^\d+ jane nightly operator until /),
      expect.stringMatching(/^\d+ jane login operator until /),
    ]);
    const [id] = list[0]!.split(' ');
    expect((await seed(['tokens', '--revoke', id!])).stdout).toMatch(/nightly +operator +revoked/);
    expect(await seed(['jobs'], jane)).toMatchObject({ exit: 2, stderr: expect.stringContaining('SB1141') });
    expect((await seed(['users', '--disable', 'jane'])).stdout).toMatch(/jane +operator +disabled/);
    expect((await seed(['users', '--remove', 'jane'])).stdout).toMatch(/no users/);
    expect((await seed(['users', '--enable', 'jane'])).stderr).toMatch(/jane/);
  });
});

describe('seed serve --insecure', () => {
  it('is the only way to be open to all, and says so', async () => {
    const refused = await (await opened).run(['serve', '--host', '0.0.0.0', '--port', '0']);
    expect(refused).toMatchObject({ exit: 2, stderr: expect.stringContaining('SEED_TOKEN') });
    const open = await startService(await opened, ['--host', '0.0.0.0', '--insecure']);
    try {
      expect(open.printed.stderr).toMatch(/WARNING: --insecure: .*no token/);
      const profile = await call(open.port, 'GET', '/v6/accounts/profile/');
      expect(profile.json).toMatchObject({ username: 'anonymous', role: 'admin' });
    } finally {
      expect(await open.stop()).toMatchObject({ exit: 0 });
    }
  });
});
