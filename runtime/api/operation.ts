import type { TSchema } from '@sinclair/typebox';
import type { Request, Response } from 'express';
import type { Validator } from '../../seed-schema/index.ts';
import type { Principal, Role } from '../auth/index.ts';
import type { Parameters, Values } from './request/parameters.ts';
import type { Query } from './request/query.ts';

/** What a handler answers; a handler that has sent its answer itself returns nothing. */
export interface Answer {
  /** Default 200; 204 without a body. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

export { type Role, roles } from '../auth/index.ts';

/** Who may do it; `anyone`: also without a token. */
export type Need = Role | 'anyone';

/** One request, read and judged as the operation declares it. */
export interface Call<Q extends Parameters = Parameters, Body = unknown> {
  readonly request: Request;
  readonly response: Response;
  /** The declared parameters of the query, by their names. */
  readonly query: Values<Q>;
  /** All of the query, for the links of pages. */
  readonly parameters: Query;
  readonly body: Body;
  /** Who asks; `actor` is what events, jobs and job types call them. */
  readonly principal: Principal;
}

/** An answer that is no JSON, or not always: its media types, with the schema of what is JSON among them. */
export interface OtherAnswer {
  readonly words: string;
  readonly types?: readonly string[];
  readonly schema?: TSchema;
}

/** What one status is answered with: a schema of JSON, or what it is instead. */
export type AnswerSpec = TSchema | OtherAnswer;

/** What can be done at an address: all that the OpenAPI document says of it, and what does it. */
export interface Operation {
  /** A line in the imperative, e.g. `List jobs`. */
  readonly summary: string;
  /** More, where the line does not say it all; Markdown. */
  readonly description?: string;
  readonly role: Need;
  readonly query: Parameters;
  /** Headers of the request that it reads, with what each is for. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a JSON body. */
  readonly body?: Validator<unknown>;
  /** The body may also be a form (`application/x-www-form-urlencoded`), whose members are texts. */
  readonly form?: boolean;
  /**
   * The body chooses what is changed: on one of Scale's routes, too, a member is refused that misspells one of them, for
   * without it more would be changed than was meant.
   */
  readonly selects?: boolean;
  /** Media types of a body that is not JSON, which the handler reads itself. */
  readonly stream?: readonly string[];
  /** Its answer holds a secret: it is not kept, and the same `Idempotency-Key` once more is a 409. */
  readonly confidential?: boolean;
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerSpec>>;
  /**
   * Statuses of its failures besides those that go without saying: 400, 401, 403, 5XX; 404 with a parameter in the path or
   * with pages; 413 and 415 with a body; 409 and 422 of a POST, whose Idempotency-Key may be of another one; 412 of what
   * changes or removes, with If-Match.
   */
  readonly failures?: readonly number[];
  readonly handle: (call: Call) => Promise<Answer | undefined>;
}

interface Declared<Q extends Parameters, Body> extends Omit<Operation, 'query' | 'body' | 'handle'> {
  readonly query?: Q;
  readonly body?: Validator<Body>;
  readonly handle: (call: Call<Q, Body>) => Promise<Answer | undefined>;
}

/** Declares an operation; its handler gets the query and the body in the types that they are declared with. */
export function operation<Q extends Parameters = Record<never, never>, Body = undefined>(
  declared: Declared<Q, Body>,
): Operation {
  return { query: {}, ...declared } as unknown as Operation;
}
