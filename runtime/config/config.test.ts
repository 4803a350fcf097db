import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SeedbedError } from '../errors/index.ts';
import { readConfig } from './index.ts';

function refusal(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env);
  } catch (thrown) {
    if (thrown instanceof SeedbedError && thrown.error === 'invalid-usage') return thrown.message;
  }
  throw new Error('it was taken');
}

describe('readConfig', () => {
  it('has a value for everything without any variable', () => {
    expect(readConfig({})).toMatchObject({
      home: path.join(homedir(), '.seedbed'),
      databaseUrl: undefined,
      defaults: { cpus: 0.25, mem: 128, disk: 0 },
      minimums: { cpus: 0, mem: 0, disk: 0 },
      logs: { capMiB: 64, retentionSeconds: 2_592_000 },
      hostRoots: [],
      secretKey: undefined,
      secretKeyFile: undefined,
      logLevel: 'warn',
    });
  });

  it('takes values, and an empty one as unset', () => {
    const env = {
      SEED_HOME: 'here',
      SEED_MIN_CPUS: '0.5',
      SEED_MAX_LOG_MIB: '',
      SEED_LOG_LEVEL: 'debug',
      SEED_ALLOWED_HOSTS: ' Seed.example,.lan, ',
      SEED_ALLOWED_ORIGINS: 'https://Maps.example.org, http://localhost:3000',
      SEED_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    };
    const config = readConfig(env);
    expect(config.home).toBe(path.resolve('here'));
    expect(config.minimums.cpus).toBe(0.5);
    expect(config.limits.logMiB).toBe(1024);
    expect(config.logLevel).toBe('debug');
    expect(config.service.allowedHosts).toEqual(['seed.example', '.lan']);
    expect(config.service.allowedOrigins).toEqual(['https://maps.example.org', 'http://localhost:3000']);
    expect(config.service.trustedProxies).toEqual(['10.0.0.0/8', '::1']);
  });

  it('takes several roots for mounts', () => {
    expect(readConfig({ SEED_HOST_ROOTS: '/data:/mnt/x/../y/:' }).hostRoots).toEqual(['/data', '/mnt/y/']);
  });

  it.each([
    [{ SEED_HOST_ROOTS: '/data:here' }, /SEED_HOST_ROOTS must be absolute paths .* not "here"/],
    [{ SEED_SECRET_KEY: 'a', SEED_SECRET_KEY_FILE: 'b' }, /SEED_SECRET_KEY_FILE exclude each other/],
    [{ SEED_MAX_LOG_MIB: 'much' }, /SEED_MAX_LOG_MIB must be a number, not "much"/],
    [{ SEED_DEFAULT_MEM: '-1' }, /SEED_DEFAULT_MEM must be a number/],
    [{ SEED_TOKEN: 'short' }, /SEED_TOKEN must have 16 to 512 printable ASCII characters/],
    [{ SEED_TOKEN: 'sixteen or more, with blanks' }, /SEED_TOKEN must have(?!.*blanks)/],
    [{ SEED_NODE_RESOURCES: 'license' }, /SEED_NODE_RESOURCES takes NAME=AMOUNT/],
    [{ SEED_NODE_RESOURCES: 'license=1,Mem=5' }, /Mem is found out or has a variable of its own/],
    [{ SEED_NODE_GPUS: '1.5' }, /SEED_NODE_GPUS must be a whole number, not "1.5"/],
    [{ SEED_SLOTS: '0.5' }, /SEED_SLOTS must be a whole number/],
    [{ SEED_LOG_CAP_MIB: 'all' }, /SEED_LOG_CAP_MIB must be a number/],
    [{ SEED_ALLOWED_ORIGINS: '*' }, /SEED_ALLOWED_ORIGINS takes origins as .* not "\*"/],
    [{ SEED_ALLOWED_ORIGINS: 'https://a.example/path' }, /not "https:\/\/a.example\/path"/],
    [{ SEED_TRUSTED_PROXIES: '10.0.0.0/33' }, /SEED_TRUSTED_PROXIES takes addresses and networks/],
    [{ SEED_AUDIT_DAYS: '0.5' }, /SEED_AUDIT_DAYS must be a whole number/],
    [{ SEED_LOG_LEVEL: 'loud' }, /SEED_LOG_LEVEL must be one of debug, info, .* not "loud"/],
  ])('refuses %j by name', (env, message) => {
    expect(refusal(env)).toMatch(message);
  });
});
