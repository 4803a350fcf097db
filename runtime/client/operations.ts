import type { Operations, Schemas } from './api-types.ts';
import type { Persistence } from './retries.ts';

/** A method and address as the OpenAPI document has them, e.g. `GET /jobs/{id}`. */
export type OperationName = keyof Operations;

/** What an operation is answered with: what its JSON holds; undefined without a body; of other content, the answer itself. */
export type Answer<Name extends OperationName> = Operations[Name]['answer'];
/** What it takes as its body, sent as JSON. */
export type Body<Name extends OperationName> = Operations[Name]['body'];
/** Parameters of its address. */
export type Query<Name extends OperationName> = Operations[Name]['query'];

/** A document by the name that it has in the OpenAPI document. */
export type Document<Name extends keyof Schemas> = Schemas[Name];

/** A row of a list. */
export type Row<Name extends OperationName> =
  Answer<Name> extends { readonly results: readonly (infer One)[] } ? One : never;

/** Operations that list something, page by page. */
export type ListName = {
  [Name in OperationName]: [Row<Name>] extends [never] ? never : Name;
}[OperationName];

type PathPart<Path> = keyof Path extends never ? { readonly path?: undefined } : { readonly path: Path };
type BodyPart<Sent> = undefined extends Sent ? { readonly body?: Sent } : { readonly body: Sent };

/** How a request is sent. */
export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The same key again is the same request: it is carried out once (header Idempotency-Key), and may be repeated. */
  readonly idempotencyKey?: string | undefined;
  /** Whether sending it twice does what once does; default: for GET and HEAD, and with a key. */
  readonly repeatable?: boolean | undefined;
  /** Sent again, with growing pauses, also where the service says that it cannot now; see `persistent`. */
  readonly persistence?: Persistence | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What an operation takes. */
export type CallOptions<Name extends OperationName> = PathPart<Operations[Name]['path']> &
  BodyPart<Body<Name>> &
  SendOptions & { readonly query?: Query<Name> | undefined };

/** The options may be left out where nothing in them must be there. */
export type CallArguments<Name extends OperationName> =
  Record<never, never> extends CallOptions<Name>
    ? [options?: CallOptions<Name>]
    : [options: CallOptions<Name>];
