import { Finding } from '../documents/finding.ts';
import { string, Type } from '../documents/schema.ts';
import type { Shape } from '../answer/failure.ts';
import type { Components } from './components.ts';
import type { Reference, ResponseObject } from './types.ts';

const code = Type.String({ pattern: '^SB\\d{4}$', description: 'Of the error, see docs/errors.md.' });
const errors = Type.Optional(Type.Array(Finding, { description: 'What was found, one by one.' }));

/** What a failure on one of Scale's routes is answered with. */
export const FailureDocument = Type.Object({ detail: string, code, errors }, { $id: 'Failure' });

/** What a failure on one of our own routes is answered with (RFC 9457). */
export const ProblemDocument = Type.Object(
  {
    type: Type.String({ format: 'uri', description: '`urn:seedbed:error:` and the name of the error.' }),
    title: string,
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: string,
    code,
    errors,
  },
  { $id: 'Problem' },
);

const words: Readonly<Record<string, { readonly name: string; readonly description: string }>> = {
  400: { name: 'BadRequest', description: 'The request is wrong; `detail` says what of it.' },
  401: { name: 'Unauthorized', description: 'It carries no token that the service knows.' },
  403: { name: 'Forbidden', description: 'The role does not suffice, or the host or origin is refused.' },
  404: { name: 'NotFound', description: 'There is no such thing, or no such page.' },
  406: { name: 'NotAcceptable', description: 'The answer has no format that is accepted.' },
  409: { name: 'Conflict', description: 'It does not fit how things stand now.' },
  410: { name: 'Gone', description: 'It was there, and cannot be had any more.' },
  412: { name: 'PreconditionFailed', description: 'Another version is there than the sender knows.' },
  413: { name: 'TooLarge', description: 'The body, or the file that it is about, is too large.' },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body, or the file that it is about, is not of a type that is read.',
  },
  416: { name: 'RangeNotSatisfiable', description: 'The range lies outside the file.' },
  422: { name: 'Unprocessable', description: 'The same key was used for another request.' },
  429: {
    name: 'TooManyRequests',
    description: 'Too many requests; the header Retry-After says when to go on.',
  },
  501: { name: 'NotImplemented', description: 'What this needs is not installed with the service.' },
  '5XX': { name: 'ServerError', description: 'The service, or what it needs, has failed.' },
};

/** What may be refused before the route is known, whose shape is then Scale's everywhere. */
function isEarly(status: string): boolean {
  return ['400', '401', '403'].includes(status);
}

/** Collects the failures that operations can be answered with, so that each stands in the document once. */
export class Failures {
  readonly #responses = new Map<string, ResponseObject>();
  readonly #components: Components;

  constructor(components: Components) {
    this.#components = components;
  }

  /** @param status as OpenAPI writes it. @throws Error for a status that has no words here */
  use(status: string, shape: Shape): Reference {
    const known = words[status];
    if (!known) throw new Error(`runtime/api/openapi/failures.ts has no words for the status ${status}`);
    const { name: base, description } = known;
    const name = shape === 'scale' ? base : `${base}Problem`;
    const type = shape === 'scale' ? 'application/json' : 'application/problem+json';
    const schema = this.#components.use(shape === 'scale' ? FailureDocument : ProblemDocument);
    const early = isEarly(status) && {
      'application/json': { schema: this.#components.use(FailureDocument) },
    };
    this.#responses.set(name, { description, content: { ...early, [type]: { schema } } });
    return { $ref: `#/components/responses/${name}` };
  }

  responses(): Record<string, ResponseObject> {
    return Object.fromEntries([...this.#responses].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
