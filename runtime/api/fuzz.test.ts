import { readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { call } from '../../test/support/http.ts';
import { type FuzzRequest, fuzzRequests } from '../../test/support/fuzz-requests.ts';
import { encode, nasty } from '../../test/support/fuzz-values.ts';
import { manifestDocument } from '../../test/support/manifest.ts';
import { managedWorkspace } from '../catalog/index.ts';
import type { OpenApiDocument } from './openapi/index.ts';

let api: TestApi;
withApi((started) => (api = started), { SEED_PULL: 'never' });

const routes = [
  'jobs/',
  'jobs/cancel/',
  'jobs/requeue/',
  'job-types/',
  'job-types/validation/',
  'job-types/test-job/1.0.0/',
  'nodes/1/',
  'scheduler/',
  'files/',
  'files/uploads/',
  'accounts/users/',
  'accounts/users/1/',
  'accounts/tokens/',
  'projects/',
  'projects/1/',
  '/api-token-auth/',
];

const names = fc.constantFrom(
  ...['input', 'job_type_id', 'job_type', 'configuration', 'job_ids', 'status', 'started', 'priority'],
  ...['docker_image', 'manifest', 'max_scheduled', 'icon_code', 'is_paused', 'queue_mode', 'pause_reason'],
  ...[
    'files',
    'json',
    'version',
    'settings',
    'mounts',
    'name',
    'username',
    'password',
    'role',
    'user_id',
    'expires',
    '__proto__',
    'constructor',
    '',
  ],
);

const bodies = fc.oneof(
  fc.dictionary(names, nasty, { maxKeys: 5 }),
  fc.dictionary(names, fc.dictionary(names, nasty, { maxKeys: 3 }), { maxKeys: 3 }),
  nasty,
);

const parameters = fc.constantFrom(
  ...['page', 'page_size', 'order', 'status', 'job_id', 'started', 'ended', 'keyword', 'id', 'is_active'],
  ...[
    'error_category',
    'error_id',
    'source_sensor',
    'file_name',
    'job_type_name',
    'batch_id',
    'name',
    'user_id',
    'outcome',
    'actor',
  ],
);

/** The same cases each time; another seed with SEEDBED_TEST_SEED. */
const seed = Number(process.env.SEEDBED_TEST_SEED ?? 4);
const settings = { numRuns: 100, seed };
/** Requests that are made of the OpenAPI document. */
const requests = Number(process.env.SEEDBED_FUZZ_REQUESTS ?? 1500);
const atOnce = 6;
const patienceMs = 20_000;

describe('whatever is sent', () => {
  it('is never answered with a 5xx, and always in words', async () => {
    await api.send('POST', 'job-types/', { docker_image: 'x:1', manifest: manifestDocument() });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        fc.constantFrom('POST', 'PATCH'),
        bodies,
        async (route, method, body) => {
          const text = JSON.stringify(body) ?? '';
          const answer = await api.send(method, route, text, { 'Content-Type': 'application/json' });
          expect([text, answer.status, answer.status < 500]).toEqual([text, answer.status, true]);
          expect(answer.body.toString()).not.toMatch(/node_modules|\.ts:\d/);
        },
      ),
      settings,
    );
  });

  it('may also be in an address', async () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({ maxLength: 30 }),
      fc.integer().map(String),
      fc.constantFrom('%', '%00', '%ff', '..', '-', '9'.repeat(30), 'PT1H', 'P99999D', '-id', 'true'),
    );
    const lists = [
      'jobs',
      'job-types',
      'job-type-names',
      'nodes',
      'files',
      'load',
      'queue/status',
      'jobs/1/executions',
      'accounts/users',
      'accounts/tokens',
      'projects',
      'audit',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...lists),
        fc.array(fc.tuple(parameters, odd), { maxLength: 4 }),
        odd,
        async (list, query, segment) => {
          const search = query.map(([name, value]) => `${name}=${encode(value)}`).join('&');
          for (const path of [`${list}/?${search}`, `${list}/${encode(segment)}/?${search}`]) {
            const { status } = await api.get(path);
            expect([path, status, status < 500]).toEqual([path, status, true]);
          }
        },
      ),
      settings,
    );
  });
});

describe('what the OpenAPI document allows, and what it nearly allows', () => {
  it(
    'is answered as it says, soon, never with a 5xx of our own, and leaves nothing behind',
    async () => {
      const document = (await call(api.port, 'GET', '/openapi.json')).json as unknown as OpenApiDocument;
      const send = async ({ method, address, headers, body }: FuzzRequest) => {
        const late = new AbortController();
        const answer = await Promise.race([
          api.send(method, address, body, headers),
          delay(patienceMs, undefined, { signal: late.signal, ref: false }),
        ]).finally(() => late.abort());
        if (!answer) throw new Error(`${method} ${address} hangs`);
        const isLater = answer.status === 501;
        if (answer.status >= 500 && !isLater && !address.startsWith('/readyz'))
          throw new Error(`${method} ${address} ${String(body)} → ${answer.status} ${answer.body}`);
      };
      await fc.assert(
        fc.asyncProperty(
          fc.array(fuzzRequests(document), { minLength: atOnce, maxLength: atOnce }),
          async (some) => {
            await Promise.all(some.map(send));
          },
        ),
        { numRuns: Math.ceil(requests / atOnce), seed },
      );
      expect(await left()).toEqual({ sessions: [], files: [], uploads: [] });
    },
    20 * 60_000,
  );
});

/** What requests that are over must not leave: sessions at work, files that are open, parts of files without an upload. */
async function left() {
  const sessions = await api.db.query<{ state: string; query: string }>(
    `select state, query from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'`,
  );
  const open = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  const directory = path.join(await homeOfFiles(), '.uploads');
  const begun = await readdir(directory).catch(() => []);
  for (const upload of begun) await api.send('DELETE', `files/uploads/${upload}/`);
  return {
    sessions,
    files: open.filter((file) => file.startsWith(api.home)),
    uploads: await readdir(directory).catch(() => []),
  };
}

async function homeOfFiles(): Promise<string> {
  return (await managedWorkspace(api.db, api.home)).hostPath('');
}
