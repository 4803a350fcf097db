import { describe, expect, it } from '@jest/globals';
import { readAddress } from './address.ts';

describe('readAddress', () => {
  it.each([
    ['my.registry.address', 'my.registry.address', ['https://my.registry.address']],
    ['My.Registry:5000/', 'my.registry:5000', ['https://my.registry:5000']],
    ['my.registry:443', 'my.registry:443', ['https://my.registry']],
    ['https://my.registry/v2/', 'my.registry', ['https://my.registry']],
    ['http://my.registry', 'my.registry', ['http://my.registry']],
    ['http://my.registry:5000/v2', 'my.registry:5000', ['http://my.registry:5000']],
    ['localhost:5000', 'localhost:5000', ['http://localhost:5000', 'https://localhost:5000']],
    ['localhost:443', 'localhost:443', ['http://localhost:443', 'https://localhost']],
    ['127.1.2.3:5000', '127.1.2.3:5000', ['http://127.1.2.3:5000', 'https://127.1.2.3:5000']],
    ['[::1]:5000', '[::1]:5000', ['http://[::1]:5000', 'https://[::1]:5000']],
    ['127.0.0.1.example.com', '127.0.0.1.example.com', ['https://127.0.0.1.example.com']],
    ['https://localhost:5000', 'localhost:5000', ['https://localhost:5000']],
  ])('%s', (text, host, origins) => {
    expect(readAddress(text)).toMatchObject({ host, origins, hub: false });
  });

  it.each(['docker.io', 'hub.docker.com', 'https://hub.docker.com/v2', 'https://index.docker.io/v1/'])(
    '%s is Docker Hub',
    (text) => {
      expect(readAddress(text)).toMatchObject({ host: 'docker.io', hub: true });
    },
  );

  it('verifies no certificate of this machine, unless https was written', () => {
    const lenient = ['localhost:5000', 'https://localhost:5000', 'my.registry'].map(
      (text) => readAddress(text).lenient,
    );
    expect(lenient).toEqual([true, false, false]);
  });

  it.each(['', 'my.registry/geoint', 'ftp://my.registry', 'http://', 'a b', 'host:port', 'host?x', '//host'])(
    'refuses %p',
    (text) => {
      expect(() => readAddress(text)).toThrow(expect.objectContaining({ error: 'invalid-registry-address' }));
    },
  );

  it.each([
    'https://seeder:secret@my.registry',
    'seeder:secret@my.registry',
    'http://seeder:se/cret@secret@my.registry',
    'secret@',
  ])('keeps a password out of the error about %s', (text) => {
    expect(() => readAddress(text)).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/cret/) as unknown }),
    );
  });
});
