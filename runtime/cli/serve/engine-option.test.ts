import { describe, expect, it } from '@jest/globals';
import { engineOptions } from './engine-option.ts';
import { addressOf, urlOf } from './listening.ts';

describe('an engine of the command line', () => {
  const env = {
    PATH: '/bin',
    DOCKER_HOST: 'unix:///other',
    DOCKER_CONTEXT: 'other',
    DOCKER_CERT_PATH: '/o',
    DOCKER_TLS_VERIFY: '1',
  };

  it('is all that its environment names', () => {
    expect(engineOptions(['a=unix:///run/a.sock', 'gpu-1.x=ssh://jane@gpu'], env)).toEqual([
      { name: 'a', env: { PATH: '/bin', DOCKER_HOST: 'unix:///run/a.sock' } },
      { name: 'gpu-1.x', env: { PATH: '/bin', DOCKER_HOST: 'ssh://jane@gpu' } },
    ]);
  });

  it('has certificates of its own', () => {
    const [engine] = engineOptions(['far=tcp://far:2376?cert=/tmp'], env);
    expect(engine).toEqual({
      name: 'far',
      env: { PATH: '/bin', DOCKER_HOST: 'tcp://far:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/tmp' },
    });
  });
});

describe('the address of a service', () => {
  const options = { port: '8420', engine: [] };

  it.each(['127.0.0.1', '127.9.9.9', 'localhost', '::1'])('may be %s without a chosen token', (host) => {
    expect(addressOf({ ...options, host }, undefined)).toEqual({ host, port: 8420 });
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'seedbed.example'])(
    'is %s only with one, or where it is said to be open to all',
    (host) => {
      expect(() => addressOf({ ...options, host }, undefined)).toThrow(/set SEED_TOKEN/);
      expect(addressOf({ ...options, host }, 'sixteen-letters!')).toEqual({ host, port: 8420 });
      expect(addressOf({ ...options, host, insecure: true }, undefined)).toEqual({ host, port: 8420 });
    },
  );

  it('is shown as clients write it', () => {
    expect(urlOf({ host: '::', port: 1 })).toBe('http://[::1]:1');
    expect(urlOf({ host: '0.0.0.0', port: 2 })).toBe('http://127.0.0.1:2');
    expect(urlOf({ host: 'seedbed', port: 3 })).toBe('http://seedbed:3');
  });
});
