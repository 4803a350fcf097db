import type { HttpAnswer } from '../support/http.ts';
import type { ContractDocument, ContractOperation } from './document.ts';
import { ContractJudge } from './judge.ts';
import { type Prepared, requestsOf, valueOf } from './requests.ts';
import type { Service } from './service.ts';
import type { World } from './world.ts';

/** What an operation came to. */
export interface Verdict {
  /** Method and path. */
  readonly operation: string;
  readonly requests: number;
  readonly statuses: readonly number[];
  /** Nothing where all is well. */
  readonly problems: readonly string[];
}

/** Both versions, and below `/api` too, are the same. */
const prefixes = ['/v6', '/v7', '/api/v6', '/api/v7'];

/** Parameters of parts of Scale that are no more: they are named in a warning, as any that is not known. */
const gone = new Set(['GET /load/ job_type_category']);

/** Drives every operation of the document, and judges each answer by it. */
export async function driveAll(
  document: ContractDocument,
  service: Service,
  world: World,
): Promise<Verdict[]> {
  const judge = new ContractJudge(document);
  const prepared = requestsOf(world);
  const verdicts: Verdict[] = [];
  for (const [path, item] of Object.entries(document.paths))
    for (const method of ['get', 'post', 'patch']) {
      const operation = item[method];
      if (operation)
        verdicts.push(
          await drive(`${method.toUpperCase()} ${path}`, operation, { judge, prepared, service, world }),
        );
    }
  return verdicts;
}

interface Driven {
  readonly judge: ContractJudge;
  readonly prepared: Readonly<Record<string, readonly Prepared[]>>;
  readonly service: Service;
  readonly world: World;
}

async function drive(
  words: string,
  operation: ContractOperation,
  { judge, prepared, service, world }: Driven,
): Promise<Verdict> {
  const [method = '', path = ''] = words.split(' ');
  const needsMore = path.includes('{') || method !== 'GET';
  const given = prepared[words] ?? (needsMore ? undefined : [{}]);
  if (!given)
    return { operation: words, requests: 0, statuses: [], problems: ['nobody has prepared a request'] };
  const requests = [...given, ...withParameters(words, given[0]!, operation, world)];
  const statuses = new Set<number>();
  const problems: string[] = [];
  for (const [index, request] of requests.entries()) {
    const address = `${prefixes[index % prefixes.length]}${addressOf(path, request)}`;
    const answer = await service.send(method, address, request.body);
    statuses.add(answer.status);
    const found = [...judge.problems(operation, answer), ...warnings(words, answer)];
    problems.push(...found.map((problem) => `${address}: ${problem}`));
  }
  if (path.includes('{')) problems.push(...(await missing(method, path, given[0]!, service)));
  return { operation: words, requests: requests.length, statuses: [...statuses], problems };
}

/** The same request with each parameter of the query that the document names. */
function withParameters(
  words: string,
  base: Prepared,
  { parameters = [] }: ContractOperation,
  world: World,
): Prepared[] {
  return parameters
    .filter((one) => one.in === 'query')
    .map(({ name, schema }) => {
      const query = new URLSearchParams(base.query);
      if (schema.type !== 'array') query.delete(name);
      query.append(name, valueOf(words, name, schema.items?.type ?? schema.type, world));
      return { ...base, query: query.toString() };
    });
}

function addressOf(path: string, { path: values = {}, query }: Prepared): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? 1));
  return query === undefined ? filled : `${filled}?${query}`;
}

/** A parameter that the document names must be known. */
function warnings(words: string, { headers }: HttpAnswer): string[] {
  const [, names = ''] = /parameters are ignored: ([^"]*)/.exec(String(headers.warning)) ?? [];
  return names
    .split(', ')
    .filter((name) => name !== '' && !gone.has(`${words} ${name}`))
    .map((name) => `the parameter ${name} is ignored`);
}

/** Of what is not there, Scale says so in `detail`. */
async function missing(
  method: string,
  path: string,
  { path: values = {}, body }: Prepared,
  service: Service,
): Promise<string[]> {
  const first = /\{(\w+)\}/.exec(path)![1]!;
  const address = addressOf(path, { path: { ...values, [first]: 987_654_321 } });
  const answer = await service.send(method, `/v6${address}`, body);
  const isRight = answer.status === 404 && typeof answer.json.detail === 'string';
  return isRight ? [] : [`${address}: ${answer.status} in place of 404 with its detail`];
}
