import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestRegistry, type TestRegistry } from '../../test/support/registry.ts';
import { startTestServer, type TestServer } from '../../test/support/registry-server.ts';
import {
  findSeedImages,
  KeptConfigurations,
  openRegistry,
  type SeedImage,
  type UnknownImage,
} from './index.ts';

const label = 'com.ngageoint.seed.manifest';

let server: TestRegistry;
beforeAll(async () => {
  server = await startTestRegistry();
  for (let index = 0; index < 12; index++)
    await server.putImage(`many/job${index}-seed`, '1.0', { labels: { [label]: `{"n": ${index}}` } });
  await server.putImage('few/labelled', '1', { labels: { [label]: '{}' } });
  await server.putImage('few/labelled', '2');
  await server.putImage('few/named-seed', '1');
  await server.putImage('few/neither', '1');
});
afterAll(() => server.stop());

async function find(
  host: string,
  organization?: string,
  kept?: KeptConfigurations,
): Promise<(SeedImage | UnknownImage)[]> {
  const registry = openRegistry(host, { pageSize: 5, backoff: [0], ...(kept && { kept }) });
  try {
    const found = [];
    for await (const each of findSeedImages(registry, { label, organization })) found.push(each);
    return found.sort((a, b) => a.repository.localeCompare(b.repository, 'en'));
  } finally {
    registry.close();
  }
}

/** The registry, but for what `fault` answers. */
async function withFaults(fault: (path: string) => number | undefined): Promise<TestServer> {
  return startTestServer(({ path, headers }) => {
    const status = fault(path);
    if (status) return { status };
    return (response) => {
      const forwarded = http.get(
        `${server.url}${path}`,
        { headers: { ...headers, host: server.host } },
        (answer) => {
          response.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(response);
        },
      );
      forwarded.on('error', () => response.destroy());
    };
  });
}

describe('findSeedImages', () => {
  it('finds what is labelled, and what is called so', async () => {
    const found = await find(server.host, 'few');
    expect(found).toEqual([
      {
        repository: 'few/labelled',
        tag: '1',
        manifest: '{}',
        image: expect.objectContaining({ os: 'linux' }),
      },
      { repository: 'few/named-seed', tag: '1', manifest: undefined, image: expect.anything() },
    ]);
  });

  it('tells of those that it read and passed over', async () => {
    const registry = openRegistry(server.host);
    let others = 0;
    const query = { label, organization: 'few', passedOver: () => others++ };
    for await (const each of findSeedImages(registry, query)) expect(each).not.toHaveProperty('problem');
    registry.close();
    expect(others).toBe(2);
  });

  it('finds everything on all pages', async () => {
    const found = (await find(server.host)) as SeedImage[];
    const manifests = found
      .filter(({ repository }) => repository.startsWith('many/'))
      .map((each) => each.manifest);
    expect(found).toHaveLength(14);
    expect(manifests.sort()).toEqual(Array.from({ length: 12 }, (_, n) => `{"n": ${n}}`).sort());
  });

  it('fetches no configuration twice', async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
    const blobs: string[] = [];
    const counting = await withFaults((path) => void (path.includes('/blobs/') && blobs.push(path)));
    const search = async () => {
      const kept = new KeptConfigurations(home);
      const found = await find(counting.host, undefined, kept);
      await kept.save();
      return found;
    };
    try {
      const found = await search();
      expect(found).toHaveLength(14);
      expect(new Set(blobs.splice(0)).size).toBeGreaterThan(13);
      expect(await search()).toEqual(found);
      expect(blobs).toEqual([]);
    } finally {
      await counting.stop();
      await rm(home, { recursive: true });
    }
  });

  it('goes on past what fails, and says so', async () => {
    const faulty = await withFaults((path) => {
      if (path.includes('/job3-seed/tags/')) return 500;
      if (path.includes('/job4-seed/manifests/')) return 404;
      return path.includes('/neither/manifests/') ? 503 : undefined;
    });
    try {
      const found = await find(faulty.host);
      const problems = found.flatMap((each) =>
        'problem' in each ? [[each.repository, each.tag, each.problem.error]] : [],
      );
      expect(problems).toEqual([
        ['few/neither', '1', 'registry-error'],
        ['many/job3-seed', undefined, 'registry-error'],
        ['many/job4-seed', '1.0', 'image-not-in-registry'],
      ]);
      expect(found).toHaveLength(15);
    } finally {
      await faulty.stop();
    }
  });

  it('fails where the catalogue does, after what it has found', async () => {
    const faulty = await withFaults((path) => (/_catalog.*last=/.test(path) ? 500 : undefined));
    const registry = openRegistry(faulty.host, { pageSize: 5, backoff: [] });
    const seen: string[] = [];
    const search = async () => {
      for await (const each of findSeedImages(registry, { label })) seen.push(each.repository);
    };
    try {
      await expect(search()).rejects.toMatchObject({ error: 'registry-error' });
      expect(seen.length).toBeGreaterThan(0);
    } finally {
      registry.close();
      await faulty.stop();
    }
  });
});
