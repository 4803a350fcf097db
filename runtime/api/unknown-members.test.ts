import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '../../test/support/api.ts';
import { scan, strike, withIngestWorld } from '../../test/support/ingest-world.ts';
import { manifestDocument } from '../../test/support/manifest.ts';
import { call } from '../../test/support/http.ts';
import type { OpenApiDocument, Schema } from './openapi/index.ts';

let api: TestApi;
withIngestWorld((world) => ({ api } = world));

const told = (names: string) => `299 seedbed "unknown members are ignored: ${names}"`;
const send = async (method: string, path: string, body: object) => {
  const answer = await api.send(method, path, body);
  const { status, headers } = answer;
  return { status, warning: headers.warning, ...(status === 400 && { detail: answer.json.detail }) };
};

describe("members of a body that are not known, on Scale's routes", () => {
  it("are ignored and named, as those that Scale's web client sends", async () => {
    const job_types = [{ name: 'x', version: '1.0.0', title: 'X' }];
    expect(await send('POST', 'jobs/requeue/', { job_ids: [3], url: '/api/v6/jobs/requeue/' })).toMatchObject(
      {
        status: 202,
        warning: told('url'),
      },
    );
    expect(await send('POST', 'jobs/cancel/', { job_types, 'ü"': 1, __proto: 1 })).toMatchObject({
      status: 202,
      warning: told('job_types%5B0%5D.title, %5B%22%C3%BC%5C%22%22%5D, __proto'),
    });
    expect(await send('POST', 'jobs/requeue/', { job_ids: [3] })).toMatchObject({
      status: 202,
      warning: undefined,
    });
  });

  it('do not make up for what is missing, and are named then too', async () => {
    expect(await send('POST', 'job-types/', { docker_imag: 'x:1' })).toEqual({
      status: 400,
      warning: told('docker_imag'),
      detail: expect.stringContaining('docker_image is missing'),
    });
    expect(await send('POST', 'jobs/cancel/', { url: 'x' })).toMatchObject({ status: 400 });
  });

  it.each(['strikes', 'scans'])('let the body of one of the %s be sent back', async (kind) => {
    const configuration = kind === 'strikes' ? strike() : scan();
    const { json } = await api.send('POST', `${kind}/`, { title: 'Mine', configuration });
    const answer = await send('PATCH', `${kind}/${json.id}/`, { ...json, title: 'Yours' });
    expect(answer).toMatchObject({ status: 204, warning: expect.stringContaining('ignored: id, name, ') });
    expect((await api.get(`${kind}/${json.id}/`)).json).toMatchObject({ title: 'Yours', configuration });
  });

  it('are refused where they misspell a filter of what is changed', async () => {
    for (const route of ['jobs/cancel/', 'jobs/requeue/'])
      expect(await send('POST', route, { status: 'FAILED', job_id: [3] })).toEqual({
        status: 400,
        warning: undefined,
        detail: expect.stringContaining('`job_id` is not a member of the filter; did you mean `job_ids`?'),
      });
  });

  it('are refused in documents that have rules of their own', async () => {
    const type = { docker_image: 'x:1', manifest: manifestDocument(), configuration: { mount: {} } };
    const answer = await api.send('POST', 'job-types/', { ...type, id: 5 });
    expect([answer.status, answer.headers.warning]).toEqual([400, told('id')]);
    expect(answer.json.errors).toMatchObject([{ name: 'INVALID_CONFIGURATION' }]);
    const odd = scan({ recursiv: false });
    const judged = await api.send('POST', 'scans/validation/', { title: 'X', configuration: odd });
    expect(judged.json.errors).toMatchObject([{ name: 'INVALID_CONFIGURATION' }]);
  });

  it('are refused when there are thousands', async () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`z${i}`, 1]));
    expect(await send('POST', 'jobs/requeue/', { job_ids: [3], ...many })).toMatchObject({
      status: 400,
      detail: expect.stringContaining('`z1000` is not a member'),
    });
  });

  it('and parameters may be cut off within a character', async () => {
    const name = `${'x'.repeat(99)}😀`;
    const cut = `${'x'.repeat(99)}%EF%BF%BD`;
    expect((await api.get(`jobs/?${encodeURIComponent(name)}=1`)).headers.warning).toContain(cut);
    expect((await send('POST', 'jobs/requeue/', { job_ids: [3], [`${'x'.repeat(99)}-😀`]: 1 })).status).toBe(
      202,
    );
  });
});

it("Scale's web client says resursive for recursive", async () => {
  const { recursive: _, ...rest } = scan();
  const configuration = { ...rest, resursive: false };
  const made = await api.send('POST', 'scans/', { title: 'Flat', configuration });
  expect([made.status, made.json.configuration]).toEqual([201, { ...rest, recursive: false }]);
});

describe('members of a body that are not known, on our own routes', () => {
  it('are an error', async () => {
    const answer = await api.send('POST', 'projects/', { name: 'x', url: 'y' });
    expect([answer.status, answer.headers['content-type'], answer.headers.warning]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
      undefined,
    ]);
    expect(answer.json.detail).toContain('`url` is not a member');
  });
});

describe('the OpenAPI document', () => {
  let schemas: Readonly<Record<string, Schema>>;
  beforeAll(async () => {
    const { json } = await call(api.port, 'GET', '/openapi.json');
    schemas = (json as unknown as OpenApiDocument).components.schemas;
  });

  it("leaves bodies of Scale's routes open, and none of our own", () => {
    expect(schemas.ProjectBody).toMatchObject({ additionalProperties: false });
    expect(JSON.stringify(schemas.JobRequeueBody)).not.toContain('additionalProperties');
    expect(JSON.stringify(schemas.BatchPostBody)).not.toContain('"additionalProperties":false');
  });
});
