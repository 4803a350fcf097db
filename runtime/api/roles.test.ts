import { request as startRequest } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { covers, createToken, createUser, type Role, roles } from '../auth/index.ts';
import type { Need } from './operation.ts';
import type { Method } from './route.ts';

let api: TestApi;
withApi((started) => (api = started), { SEED_PULL: 'never' });

/** Every operation of the service, and who may do it. */
interface Endpoint {
  readonly method: Method;
  /** As the route has it. */
  readonly route: string;
  readonly need: Need;
  readonly isOpen: boolean;
}
let endpoints: Endpoint[];
const tokens = new Map<Role, string>();

beforeAll(async () => {
  endpoints = [true, false].flatMap((isOpen) =>
    (isOpen ? api.api.openRoutes : api.api.routes).flatMap(({ path: route, methods }) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method as Method,
        route,
        need: operation.role,
        isOpen,
      })),
    ),
  );
  for (const role of roles) {
    const { id: userId } = await createUser(api.db, `a-${role}`, { role });
    tokens.set(role, (await createToken(api.db, { userId, name: 'x', role, expires: null })).token);
  }
});

/** Status and code of an answer; what never ends is left as soon as it has begun. */
async function ask(
  { method, route, isOpen }: Endpoint,
  token?: string,
): Promise<[number, string | undefined]> {
  // Nothing has these ids, so that nothing of the service is changed by being asked for.
  const address = `${isOpen ? '' : '/v6'}${route.replaceAll(/:\w+/g, '999999')}/`;
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
  const headers = {
    ...(token !== undefined && { Authorization: `Token ${token}` }),
    ...(hasBody && { 'Content-Type': 'application/json' }),
  };
  return new Promise((resolve, reject) => {
    const sent = startRequest({
      host: '127.0.0.1',
      port: api.port,
      method,
      path: address,
      headers,
      agent: false,
    });
    sent.on('error', reject).on('response', (response) => {
      const status = response.statusCode!;
      if (status < 400) {
        response.destroy();
        return resolve([status, undefined]);
      }
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve([status, (JSON.parse(text || '{}') as { code?: string }).code]));
    });
    sent.end(hasBody ? '{}' : undefined);
  });
}

it('each endpoint is answered to the roles that may use it, and to no other', async () => {
  const wrong: unknown[] = [];
  const expectThat = (isRight: boolean, what: unknown) => isRight || wrong.push(what);
  for (const endpoint of endpoints) {
    const { method, route, need } = endpoint;
    const [nobody, ...answers] = await Promise.all(
      [undefined, ...roles].map((role) => ask(endpoint, role && tokens.get(role))),
    );
    expectThat((nobody![0] === 401) === (need !== 'anyone'), { method, route, need, nobody });
    for (const [index, role] of roles.entries()) {
      const [status, code] = answers[index]!;
      const isAllowed = need === 'anyone' || covers(role, need);
      // A link that is none is refused to everybody.
      const isNoLink = route === '/links/:token' && code === 'SB1202';
      const isRight = isAllowed
        ? isNoLink || (status !== 401 && status !== 403)
        : status === 403 && code === 'SB1150';
      // What later versions have is a 501; nothing runs jobs here, so that the service is not ready.
      expectThat(isRight && (status < 500 || status === 501 || route === '/readyz'), {
        method,
        route,
        need,
        role,
        status,
        code,
      });
    }
  }
  expect(wrong).toEqual([]);
  expect(endpoints.length).toBeGreaterThan(40);
  expect(new Set(endpoints.map(({ need }) => need))).toEqual(new Set(['anyone', ...roles]));
});

it('docs/security.md names what takes more than its method says', async () => {
  const page = await readFile(path.join(import.meta.dirname, '../../docs/security.md'), 'utf8');
  const told = [...page.matchAll(/^\| `([A-Z]+) (\S+)` \| (\w+) \|$/gm)].map(([, ...cells]) =>
    cells.join(' ').replace(/\/(?= \w+$)/, ''),
  );
  const usual = ({ method }: Endpoint) => (method === 'GET' || method === 'HEAD' ? 'viewer' : 'operator');
  const unusual = endpoints
    .filter((endpoint) => endpoint.need !== usual(endpoint))
    .map(({ method, route, need, isOpen }) => {
      const address = `${isOpen ? '/' : ''}${route.slice(1).replaceAll(/:(\w+)/g, '{$1}')}`;
      return `${method} ${address} ${need}`;
    });
  expect(told.sort()).toEqual(unusual.sort());
});
