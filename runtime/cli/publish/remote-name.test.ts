import { describe, expect, it } from '@jest/globals';
import { remoteName } from './remote-name.ts';

const image = 'job-1.0.0-seed:2.0.0';

describe('the name of an image in a registry', () => {
  it.each([
    [image, {}, 'docker.io', image],
    [image, { org: '' }, 'docker.io', image],
    [image, { org: 'geoint' }, 'docker.io', `geoint/${image}`],
    [image, { registry: 'docker.io', org: 'geoint' }, 'docker.io', `geoint/${image}`],
    [image, { registry: 'https://hub.docker.com/v2', org: 'geoint' }, 'docker.io', `geoint/${image}`],
    [image, { registry: 'localhost:5000' }, 'localhost:5000', `localhost:5000/${image}`],
    [
      image,
      { registry: 'http://10.0.0.1:5000/', org: '/a/b/' },
      '10.0.0.1:5000',
      `10.0.0.1:5000/a/b/${image}`,
    ],
    [`localhost:5000/a/${image}`, {}, 'localhost:5000', `localhost:5000/a/${image}`],
    [`old.example/a/${image}`, { registry: 'new.example' }, 'new.example', `new.example/a/${image}`],
    [
      `old.example/a/${image}`,
      { registry: 'new.example', org: 'b' },
      'new.example',
      `new.example/b/${image}`,
    ],
    ['job', { registry: 'new.example' }, 'new.example', 'new.example/job:latest'],
  ])('%s with %j', (name, options, host, reference) => {
    expect(remoteName(name, options)).toMatchObject({ host, reference });
  });

  it('is parted as the API of registries wants it', () => {
    expect(remoteName(`localhost:5000/a/${image}`, {})).toMatchObject({
      repository: 'a/job-1.0.0-seed',
      tag: '2.0.0',
    });
  });

  it.each(['job@sha256:0123', '', ':tag', 'a:b:c'])('%j is none', (name) => {
    expect(() => remoteName(name, {})).toThrow(/is not the name of an image/);
  });
});
