import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { call, type HttpAnswer } from '../../test/support/http.ts';
import { makeJudge } from '../../test/support/judge.ts';
import type { OpenApiDocument } from './openapi/index.ts';

let api: TestApi;
withApi((started) => (api = started));

const fetchDocument = async () =>
  (await call(api.port, 'GET', '/openapi.json')).json as unknown as OpenApiDocument;

describe('GET /openapi.json', () => {
  it('is read without a token, says what the service is, and no linter finds an error in it', async () => {
    const document = await fetchDocument();
    expect(document).toMatchObject({
      openapi: '3.1.1',
      info: { version: '9.8.7' },
      servers: [{ url: '/v6' }, { url: '/v7' }],
    });
    const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-openapi-'));
    try {
      const file = path.join(directory, 'openapi.json');
      await writeFile(file, JSON.stringify(document));
      const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
      const lint = promisify(execFile)(
        process.execPath,
        ['node_modules/@redocly/cli/bin/cli.js', 'lint', file, '--format', 'json'],
        { env, maxBuffer: 2 ** 24 },
      );
      const { stdout } = await lint.catch((failed: { stdout: string }) => failed);
      const { totals, problems } = JSON.parse(stdout) as { totals: object; problems: { ruleId: string }[] };
      expect(totals).toMatchObject({ errors: 0 });
      // Scale's own addresses are so: /job-types/pending beside /job-types/{name}; and what comes later cannot succeed yet.
      const known = ['no-ambiguous-paths', 'operation-2xx-response'];
      expect(problems.filter(({ ruleId }) => !known.includes(ruleId))).toEqual([]);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe('the judge of the tests', () => {
  it('finds members too many and too few, wrong types, and statuses and addresses that are not in the document', async () => {
    const judge = makeJudge(await fetchDocument());
    const { headers, status, json: whole } = await api.get('version/');
    const judged = (json: object, path = '/v6/version/', code = status) =>
      judge('GET', path, { headers, status: code, body: Buffer.from(JSON.stringify(json)) } as HttpAnswer);
    expect(judged(whole)).toEqual([]);
    expect(judged(whole, '/api/v7/version?x=1')).toEqual([]);
    expect(judged({ ...whole, version: 1 })).toEqual([expect.stringContaining('must be string')]);
    expect(judged({ ...whole, version: undefined })).toEqual([expect.stringContaining('required')]);
    expect(judged({ ...whole, more: 1 })).toEqual([expect.stringContaining('additional')]);
    expect(judged(whole, '/v6/version/', 202)).toEqual(['the status 202 is not in the document']);
    expect(judged(whole, '/v6/no-such/')).toEqual(['200 where no operation is']);
    expect(judged({ detail: 'x', code: 'SB1123' }, '/v6/version/', 400)).toEqual([]);
    expect(judged({ detail: 'x' }, '/v6/version/', 500)).toEqual([expect.stringContaining('required')]);
  });
});

describe('GET /docs', () => {
  it('is one page for people, with every operation and document, that may load and run nothing', async () => {
    const document = await fetchDocument();
    const { headers, body } = await call(api.port, 'GET', '/docs');
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/,
    );
    const page = body.toString();
    expect(page).not.toMatch(/<script|<link|<img|src=|style="|url\(|undefined|\[object/);
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.filter((id) => !ids.has(id))).toEqual([]);
    for (const name of Object.keys(document.components.schemas)) expect(ids).toContain(`schema-${name}`);
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    const operationIds = operations.flatMap((one) => ('operationId' in one ? [one.operationId] : []));
    expect(operationIds.filter((id) => !ids.has(id as string))).toEqual([]);
  });
});
