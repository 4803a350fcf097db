import { SeedbedError } from '../../errors/index.ts';
import { pageAnswer } from '../answer/page.ts';
import { anyObject, pageOf } from '../documents/schema.ts';
import { operation, type Operation } from '../operation.ts';
import { missing, textOf } from '../request/ids.ts';
import { numbers, paging, type Parameters, texts, timeRange } from '../request/parameters.ts';
import type { Route } from '../route.ts';

/**
 * What Scale has and this version has none of: lists answer an empty page, what is looked for is not found, and nothing can
 * be made. Scale's web client asks for all of them when it starts.
 */
interface Kind {
  /** As in `recipe type`; with `s` for several. */
  readonly what: string;
  readonly path: string;
  /** Filters of the list. */
  readonly query: Parameters;
  /** Below the list: addresses with what can be asked there; `GET` answers that there is no such thing. */
  readonly below: Readonly<Record<string, string>>;
  /** What can be done at the list besides `GET`. */
  readonly methods: string;
}

const modified = timeRange('when it was last modified');
const order = { order: texts('By which members it is sorted; `-` before one reverses it.') };

const kinds: readonly Kind[] = [
  {
    what: 'dataset',
    path: '/datasets',
    query: {
      ...modified,
      dataset_id: numbers('Only these.'),
      keyword: texts('In title or description.'),
      ...order,
    },
    below: {
      '/validation': 'POST',
      '/members/:id': 'GET',
      '/:id': 'GET POST',
      '/:id/members': 'GET',
    },
    methods: 'POST',
  },
];

const empty = { count: 0, rows: [] };
const comesLater = '**Not in this version; it comes later.**';

/** Empty answers in Scale's shapes for what later versions have. */
export function laterRoutes(): Route[] {
  return [
    ...kinds.flatMap(({ what, path, query, below, methods }) => [
      { path, methods: { GET: list(plural(what), query), ...refusals(what, methods) } },
      ...Object.entries(below).map(([rest, names]) => ({
        path: `${path}${rest}`,
        methods: refusals(what, names),
      })),
    ]),
  ];
}

function list(what: string, query: Parameters): Operation {
  return operation({
    summary: `List ${what}`,
    description: `${comesLater} The page is empty.`,
    role: 'viewer',
    query: { ...query, ...paging },
    answers: { 200: pageOf(anyObject) },
    handle: ({ request, parameters }) => pageAnswer(request, parameters, empty, (row) => row),
  });
}

/** @param names of methods, separated by spaces */
function refusals(what: string, names: string): Route['methods'] {
  return Object.fromEntries(
    names
      .split(' ')
      .filter(Boolean)
      .map((name) => [name, name === 'GET' ? absent(what) : refusal(what)]),
  );
}

function absent(what: string): Operation {
  return operation({
    summary: `Show a ${what}, or what belongs to it`,
    description: `${comesLater} There is none, so that the answer is 404.`,
    role: 'viewer',
    answers: { 404: { words: `There is no such ${what}.`, types: ['application/json'] } },
    handle: async ({ request }) => {
      const [name = ''] = Object.keys(request.params);
      throw missing(what, textOf(request, name));
    },
  });
}

function refusal(what: string): Operation {
  return operation({
    summary: `Make or change a ${what}`,
    description: `${comesLater} The answer is 501.`,
    role: 'operator',
    answers: { 501: { words: 'Not in this version.', types: ['application/json'] } },
    handle: async () => {
      const several = plural(what);
      throw new SeedbedError('not-in-this-version', {
        what: several.charAt(0).toUpperCase() + several.slice(1),
      });
    },
  });
}

function plural(what: string): string {
  return `${what}s`;
}
