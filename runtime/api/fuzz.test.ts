import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { manifestDocument } from '../../test/support/manifest.ts';

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

/** Values that have broken services before. */
const nasty = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(
    2 ** 53,
    -(2 ** 63),
    1e308,
    -0,
    0.1,
    '',
    '\u0000',
    '\ud800',
    '%00',
    "'; drop table job; --",
    '../../etc/passwd',
    'infinity',
    '0000-00-00T00:00:00Z',
    '294277-01-01T00:00:00Z',
    'x'.repeat(3000),
    [],
    {},
    [[[[[]]]]],
    { __proto__: null, constructor: 1, toString: 2 },
  ),
);

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
const settings = { numRuns: 250, seed: Number(process.env.SEEDBED_TEST_SEED ?? 4) };

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

/** As clients encode, but for what is an escape already. */
function encode(text: string): string {
  if (/^%[0-9a-f]{0,2}$/i.test(text)) return text;
  try {
    return encodeURIComponent(text);
  } catch {
    return '%ed%a0%80';
  }
}
